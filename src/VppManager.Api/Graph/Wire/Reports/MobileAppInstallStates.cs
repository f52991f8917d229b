namespace VppManager.Api.Graph.Wire;

/// <summary>Intune took the addresses of these three away in 2023; their types stayed. Scripts still ask.</summary>
[Beta]
internal sealed class MobileAppInstallStatus : Entity
{
    public string? DeviceId { get; set; }

    public string? DeviceName { get; set; }

    public string? DisplayVersion { get; set; }

    public int ErrorCode { get; set; }

    public ResultantAppState InstallState { get; set; }

    public ResultantAppStateDetail InstallStateDetail { get; set; }

    public DateTimeOffset LastSyncDateTime { get; set; }

    public ResultantAppState MobileAppInstallStatusValue { get; set; }

    public string? OsDescription { get; set; }

    public string? OsVersion { get; set; }

    public string? UserName { get; set; }

    public string? UserPrincipalName { get; set; }
}

[Beta]
internal sealed class UserAppInstallStatus : Entity
{
    public int FailedDeviceCount { get; set; }

    public int InstalledDeviceCount { get; set; }

    public int NotInstalledDeviceCount { get; set; }

    public string? UserName { get; set; }

    public string? UserPrincipalName { get; set; }
}

[Beta]
internal sealed class MobileAppInstallSummary : Entity
{
    public int FailedDeviceCount { get; set; }

    public int FailedUserCount { get; set; }

    public int InstalledDeviceCount { get; set; }

    public int InstalledUserCount { get; set; }

    public int NotApplicableDeviceCount { get; set; }

    public int NotApplicableUserCount { get; set; }

    public int NotInstalledDeviceCount { get; set; }

    public int NotInstalledUserCount { get; set; }

    public int PendingInstallDeviceCount { get; set; }

    public int PendingInstallUserCount { get; set; }
}
