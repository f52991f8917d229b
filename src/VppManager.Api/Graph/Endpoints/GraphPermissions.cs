namespace VppManager.Api.Graph.Endpoints;

/// <summary>
/// Which permissions each kind of address asks for, least privileged first; one of them is enough. As Graph documents them, and where its
/// pages differ, what any of them allows.
/// </summary>
internal static class GraphPermissions
{
    private const string AppsRead = "DeviceManagementApps.Read.All";
    private const string AppsWrite = "DeviceManagementApps.ReadWrite.All";
    private const string ConfigurationRead = "DeviceManagementConfiguration.Read.All";
    private const string ConfigurationWrite = "DeviceManagementConfiguration.ReadWrite.All";
    private const string DevicesRead = "DeviceManagementManagedDevices.Read.All";
    private const string DevicesWrite = "DeviceManagementManagedDevices.ReadWrite.All";
    private const string DirectoryRead = "Directory.Read.All";
    private const string DirectoryWrite = "Directory.ReadWrite.All";
    private const string ServiceRead = "DeviceManagementServiceConfig.Read.All";
    private const string ServiceWrite = "DeviceManagementServiceConfig.ReadWrite.All";

    public static readonly string[] ReadTokens = [ServiceRead, ServiceWrite, ConfigurationRead, ConfigurationWrite];
    public static readonly string[] WriteTokens = [ServiceWrite, ConfigurationWrite, AppsWrite];
    public static readonly string[] ReadApps = [AppsRead, AppsWrite];
    public static readonly string[] WriteApps = [AppsWrite];
    public static readonly string[] ReadLicenses = [AppsRead, AppsWrite, ConfigurationRead, ConfigurationWrite];
    public static readonly string[] ReadReports =
        [AppsRead, AppsWrite, ConfigurationRead, ConfigurationWrite, DevicesRead, DevicesWrite];
    public static readonly string[] ReadDevices = [DevicesRead, DevicesWrite, ConfigurationRead, ConfigurationWrite];
    public static readonly string[] WriteDevices = [DevicesWrite];
    public static readonly string[] ActOnDevices = ["DeviceManagementManagedDevices.PrivilegedOperations.All"];
    public static readonly string[] ReadUsers = ["User.Read.All", "User.ReadWrite.All", DirectoryRead, DirectoryWrite];
    public static readonly string[] WriteUsers = ["User.ReadWrite.All", DirectoryWrite];
    public static readonly string[] ReadMe = ["User.Read", .. ReadUsers];
    public static readonly string[] ReadGroups =
        ["GroupMember.Read.All", "Group.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All", DirectoryRead, DirectoryWrite];
    public static readonly string[] WriteGroups = ["Group.ReadWrite.All", DirectoryWrite];
    public static readonly string[] ReadMembers = ["GroupMember.ReadBasic.All", .. ReadGroups];
    public static readonly string[] WriteMembers = ["GroupMember.ReadWrite.All", .. WriteGroups];
    public static readonly string[] ReadObjects = ["Device.Read.All", "Device.ReadWrite.All", DirectoryRead, DirectoryWrite];
    public static readonly string[] ReadEither = [AppsRead, AppsWrite, ServiceRead, ServiceWrite, ConfigurationRead, ConfigurationWrite];
}
