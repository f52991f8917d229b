namespace VppManager.Api.Access;

/// <summary>Intune's names of what a role can allow, as far as there is something to allow here.</summary>
internal static class ResourceActions
{
    private const string Prefix = "Microsoft.Intune_";

    public const string ReadApps = Prefix + "MobileApps_Read";
    public const string CreateApps = Prefix + "MobileApps_Create";
    public const string UpdateApps = Prefix + "MobileApps_Update";
    public const string DeleteApps = Prefix + "MobileApps_Delete";
    public const string AssignApps = Prefix + "MobileApps_Assign";
    public const string RelateApps = Prefix + "MobileApps_Relate";
    public const string ViewReports = Prefix + "MobileApps_ViewReports";
    public const string ReadDevices = Prefix + "ManagedDevices_Read";
    public const string UpdateDevices = Prefix + "ManagedDevices_Update";
    public const string DeleteDevices = Prefix + "ManagedDevices_Delete";
    public const string RevokeFromDevice = Prefix + "RemoteTasks_RevokeAppleVppLicenses";
    public const string SyncDevice = Prefix + "RemoteTasks_SyncDevice";
    public const string RetireDevice = Prefix + "RemoteTasks_Retire";
    public const string WipeDevice = Prefix + "RemoteTasks_Wipe";
    public const string ReadRoles = Prefix + "Roles_Read";
    public const string CreateRoles = Prefix + "Roles_Create";
    public const string UpdateRoles = Prefix + "Roles_Update";
    public const string DeleteRoles = Prefix + "Roles_Delete";
    public const string AssignRoles = Prefix + "Roles_Assign";
    public const string ReadAudit = Prefix + "Audit_Read";
    public const string ReadOrganization = Prefix + "Organization_Read";

    /// <summary>Tokens: Intune's pages name either family, so either does.</summary>
    public static readonly string[] ReadTokens = [Prefix + "ManagedApps_Read", ReadApps];

    public static readonly string[] CreateTokens = [Prefix + "ManagedApps_Create", CreateApps];
    public static readonly string[] UpdateTokens = [Prefix + "ManagedApps_Update", UpdateApps];
    public static readonly string[] DeleteTokens = [Prefix + "ManagedApps_Delete", DeleteApps];
}
