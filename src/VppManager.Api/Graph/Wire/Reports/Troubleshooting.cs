using System.Text.Json.Serialization;

namespace VppManager.Api.Graph.Wire;

internal sealed class MobileAppTroubleshootingEvent : Entity
{
    [NoColumn, AlwaysEmpty] public List<AppLogCollectionRequest> AppLogCollectionRequests { get; set; } = [];

    [Beta] public string? ApplicationId { get; set; }

    [Beta] public string? DeviceId { get; set; }

    [Beta] public List<MobileAppTroubleshootingHistoryItem> History { get; set; } = [];

    [Beta] public string? ManagedDeviceIdentifier { get; set; }

    [Beta] public string? UserId { get; set; }
}

/// <summary>Logs are collected by agents; there is none on Apple's devices.</summary>
internal sealed class AppLogCollectionRequest : Entity
{
    public DateTimeOffset? CompletedDateTime { get; set; }

    public List<string> CustomLogFolders { get; set; } = [];

    public string? ErrorMessage { get; set; }
}

[Beta]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(MobileAppTroubleshootingAppStateHistory), "#microsoft.graph.mobileAppTroubleshootingAppStateHistory")]
internal class MobileAppTroubleshootingHistoryItem
{
    public DateTimeOffset OccurrenceDateTime { get; set; }
}

[Beta]
internal sealed class MobileAppTroubleshootingAppStateHistory : MobileAppTroubleshootingHistoryItem
{
    public MobileAppActionType ActionType { get; set; }

    public string? ErrorCode { get; set; }

    public RunState RunState { get; set; }
}

[Beta]
internal enum MobileAppActionType
{
    Unknown,
    InstallCommandSent,
    Installed = 3,
    Uninstalled,
    UserRequestedInstall,
}

[Beta]
internal enum RunState
{
    Unknown,
    Success,
    Fail,
    ScriptError,
    Pending,
    NotApplicable,
}

internal class DeviceManagementTroubleshootingEvent : Entity
{
    public string? CorrelationId { get; set; }

    public DateTimeOffset EventDateTime { get; set; }
}

[Beta]
internal sealed class AppleVppTokenTroubleshootingEvent : DeviceManagementTroubleshootingEvent
{
    public string? TokenId { get; set; }
}
