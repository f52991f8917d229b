using VppManager.Core.Apps;

namespace VppManager.Api.Apps;

/// <summary>What a device said of an app when it last checked in.</summary>
internal sealed class DeviceApp
{
    public Guid DeviceId { get; init; }
    public Guid AppId { get; init; }
    public DeviceAppState State { get; set; }

    /// <summary>As Intune numbers them; null where nothing went wrong.</summary>
    public int? ErrorCode { get; set; }

    /// <summary>The code of the closed list of faults.</summary>
    public string? Reason { get; set; }

    /// <summary>The device's own number for what went wrong.</summary>
    public int? DeviceError { get; set; }

    /// <summary>The device's own words for it.</summary>
    public string? DeviceErrorText { get; set; }

    public string? Version { get; set; }

    /// <summary>False for a copy that the user put there by themselves.</summary>
    public bool IsManaged { get; set; } = true;

    /// <summary>What the device was last told to do and has not done yet; told again at each check-in.</summary>
    public DeviceActionKind? Action { get; set; }

    /// <summary>The id of that, the same each time it is told.</summary>
    public Guid? ActionId { get; set; }

    public DateTimeOffset ChangedAt { get; set; }
}
