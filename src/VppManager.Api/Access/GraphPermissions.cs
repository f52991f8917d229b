namespace VppManager.Api.Access;

/// <summary>
/// What each kind of address asks for: one of the permissions, least privileged first, and one of the resource actions. As Graph and Intune
/// document them, and where their pages differ, what any of them allows. Users and groups are the directory's, for which Intune has no role.
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

    private const string RolesRead = "DeviceManagementRBAC.Read.All";
    private const string OfTheDirectory = "Users and groups are the directory's: Intune has no role for them.";
    private const string RolesWrite = "DeviceManagementRBAC.ReadWrite.All";

    public static readonly Guard ReadTokens =
        Guard.Of(ServiceRead, ServiceWrite, ConfigurationRead, ConfigurationWrite).For(ResourceActions.ReadTokens);

    public static readonly Guard CreateTokens = WriteTokens(ResourceActions.CreateTokens);
    public static readonly Guard UpdateTokens = WriteTokens(ResourceActions.UpdateTokens);
    public static readonly Guard DeleteTokens = WriteTokens(ResourceActions.DeleteTokens);
    public static readonly Guard ReadApps = Guard.Of(AppsRead, AppsWrite).For(ResourceActions.ReadApps);
    public static readonly Guard CreateApps = Guard.Of(AppsWrite).For(ResourceActions.CreateApps);
    public static readonly Guard UpdateApps = Guard.Of(AppsWrite).For(ResourceActions.UpdateApps);
    public static readonly Guard DeleteApps = Guard.Of(AppsWrite).For(ResourceActions.DeleteApps);
    public static readonly Guard AssignApps = Guard.Of(AppsWrite).For(ResourceActions.AssignApps);
    public static readonly Guard RelateApps = Guard.Of(AppsWrite).For(ResourceActions.RelateApps, ResourceActions.UpdateApps);
    public static readonly Guard ReadLicenses =
        Guard.Of(AppsRead, AppsWrite, ConfigurationRead, ConfigurationWrite).For(ResourceActions.ReadApps);

    public static readonly Guard ReadReports =
        Guard.Of(ConfigurationRead, ConfigurationWrite, AppsRead, AppsWrite, DevicesRead, DevicesWrite)
            .For(ResourceActions.ViewReports, ResourceActions.ReadApps);

    public static readonly Guard ReadDevices =
        Guard.Of(DevicesRead, DevicesWrite, ConfigurationRead, ConfigurationWrite).For(ResourceActions.ReadDevices);

    public static readonly Guard UpdateDevices = Guard.Of(DevicesWrite).For(ResourceActions.UpdateDevices);
    public static readonly Guard DeleteDevices = Guard.Of(DevicesWrite).For(ResourceActions.DeleteDevices);
    public static readonly Guard RetireDevices = ActOnDevices(ResourceActions.RetireDevice);
    public static readonly Guard WipeDevices = ActOnDevices(ResourceActions.WipeDevice);
    public static readonly Guard SyncDevices = ActOnDevices(ResourceActions.SyncDevice);
    public static readonly Guard RevokeFromDevices = ActOnDevices(ResourceActions.RevokeFromDevice);
    public static readonly Guard ReadAudit = Guard.Of(AppsRead, AppsWrite).For(ResourceActions.ReadAudit);
    public static readonly Guard ReadRoles =
        Guard.Of(RolesRead, RolesWrite, ConfigurationRead, ConfigurationWrite).For(ResourceActions.ReadRoles);

    public static readonly Guard CreateRoles = Guard.Of(RolesWrite).For(ResourceActions.CreateRoles);
    public static readonly Guard UpdateRoles = Guard.Of(RolesWrite).For(ResourceActions.UpdateRoles);
    public static readonly Guard DeleteRoles = Guard.Of(RolesWrite).For(ResourceActions.DeleteRoles);
    public static readonly Guard AssignRoles = Guard.Of(RolesWrite).For(ResourceActions.AssignRoles);
    public static readonly Guard ReadOwnPermissions = Guard.Of(RolesRead, RolesWrite, ConfigurationRead, ConfigurationWrite, AppsRead, AppsWrite)
        .WithoutRole("It says what the roles are.");

    public static readonly Guard ReadTags =
        Guard.Of(ConfigurationRead, ConfigurationWrite, RolesRead, RolesWrite).For(ResourceActions.ReadRoles);

    public static readonly Guard CreateTags = Guard.Of(ConfigurationWrite, RolesWrite).For(ResourceActions.CreateRoles);
    public static readonly Guard UpdateTags = Guard.Of(ConfigurationWrite, RolesWrite).For(ResourceActions.UpdateRoles);
    public static readonly Guard DeleteTags = Guard.Of(ConfigurationWrite, RolesWrite).For(ResourceActions.DeleteRoles);
    public static readonly Guard ReadUsers = Guard.Of("User.Read.All", "User.ReadWrite.All", DirectoryRead, DirectoryWrite).WithoutRole(OfTheDirectory);
    public static readonly Guard WriteUsers = Guard.Of("User.ReadWrite.All", DirectoryWrite).WithoutRole(OfTheDirectory);
    public static readonly Guard ReadMe = Guard.Of("User.Read", "User.Read.All", "User.ReadWrite.All", DirectoryRead, DirectoryWrite)
        .WithoutRole("What somebody reads of themselves.");

    public static readonly Guard ReadGroups = Guard.Of(
        "GroupMember.Read.All", "Group.Read.All", "GroupMember.ReadWrite.All", "Group.ReadWrite.All", DirectoryRead, DirectoryWrite).WithoutRole(OfTheDirectory);

    public static readonly Guard WriteGroups = Guard.Of("Group.ReadWrite.All", DirectoryWrite).WithoutRole(OfTheDirectory);
    public static readonly Guard ReadMembers = Guard.Of(["GroupMember.ReadBasic.All", .. ReadGroups.Permissions]).WithoutRole(OfTheDirectory);
    public static readonly Guard WriteMembers = Guard.Of("GroupMember.ReadWrite.All", "Group.ReadWrite.All", DirectoryWrite).WithoutRole(OfTheDirectory);
    public static readonly Guard ReadObjects = Guard.Of("Device.Read.All", "Device.ReadWrite.All", DirectoryRead, DirectoryWrite).WithoutRole(OfTheDirectory);
    public static readonly Guard ReadEither =
        Guard.Of(AppsRead, AppsWrite, ServiceRead, ServiceWrite, ConfigurationRead, ConfigurationWrite).For(ResourceActions.ReadTokens);

    private static Guard WriteTokens(string[] actions) => Guard.Of(ServiceWrite, ConfigurationWrite, AppsWrite).For(actions);

    private static Guard ActOnDevices(string action) => Guard.Of("DeviceManagementManagedDevices.PrivilegedOperations.All").For(action);
}
