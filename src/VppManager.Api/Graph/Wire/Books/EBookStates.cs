namespace VppManager.Api.Graph.Wire;

internal sealed class EBookInstallSummary : Entity
{
    public int FailedDeviceCount { get; set; }

    public int FailedUserCount { get; set; }

    public int InstalledDeviceCount { get; set; }

    public int InstalledUserCount { get; set; }

    public int NotInstalledDeviceCount { get; set; }

    public int NotInstalledUserCount { get; set; }
}

internal sealed class DeviceInstallState : Entity
{
    public string? DeviceId { get; set; }

    public string? DeviceName { get; set; }

    public string? ErrorCode { get; set; }

    public InstallState InstallState { get; set; }

    public DateTimeOffset LastSyncDateTime { get; set; }

    public string? OsDescription { get; set; }

    public string? OsVersion { get; set; }

    public string? UserName { get; set; }
}

internal sealed class UserInstallStateSummary : Entity
{
    [NoColumn] public List<DeviceInstallState> DeviceStates { get; set; } = [];

    public int FailedDeviceCount { get; set; }

    public int InstalledDeviceCount { get; set; }

    public int NotInstalledDeviceCount { get; set; }

    public string? UserName { get; set; }
}

internal enum InstallState
{
    NotApplicable,
    Installed,
    Failed,
    NotInstalled,
    UninstallFailed,
    Unknown,
}
