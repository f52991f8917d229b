namespace VppManager.Api.Graph.Wire;

/// <summary>What a user is to have on one device.</summary>
[Beta]
internal sealed class MobileAppIntentAndState : Entity
{
    public string? ManagedDeviceIdentifier { get; set; }

    public List<MobileAppIntentAndStateDetail> MobileAppList { get; set; } = [];

    public string? UserId { get; set; }
}

[Beta]
internal sealed class MobileAppIntentAndStateDetail
{
    public string? ApplicationId { get; set; }

    public string? DisplayName { get; set; }

    public string? DisplayVersion { get; set; }

    public ResultantAppState InstallState { get; set; }

    public MobileAppIntent MobileAppIntent { get; set; }

    public List<string> SupportedDeviceTypes { get; set; } = [];
}

[Beta]
internal enum MobileAppIntent
{
    Available,
    NotAvailable,
    RequiredInstall,
    RequiredUninstall,
    RequiredAndAvailableInstall,
    AvailableInstallWithoutEnrollment,
    Exclude,
}
