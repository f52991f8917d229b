namespace VppManager.Api.Graph.Wire;

internal class RoleAssignment : Entity
{
    public string? Description { get; set; }

    public string? DisplayName { get; set; }

    public List<string> ResourceScopes { get; set; } = [];

    [Beta] public List<string> ScopeMembers { get; set; } = [];

    [Beta] public RoleAssignmentScopeType ScopeType { get; set; }

    public RoleDefinition? RoleDefinition { get; set; }
}

internal sealed class DeviceAndAppManagementRoleAssignment : RoleAssignment
{
    public List<string> Members { get; set; } = [];

    [Beta] public List<string> RoleScopeTagIds { get; set; } = [];

    [Beta, NoColumn] public List<RoleScopeTag> RoleScopeTags { get; set; } = [];
}

[Beta]
internal enum RoleAssignmentScopeType
{
    ResourceScope,
    AllDevices,
    AllLicensedUsers,
    AllDevicesAndLicensedUsers,
}

[Beta]
internal sealed class RoleScopeTag : Entity
{
    [NoColumn] public List<RoleScopeTagAutoAssignment> Assignments { get; set; } = [];

    public string? Description { get; set; }

    public string? DisplayName { get; set; }

    public bool IsBuiltIn { get; set; }

    /// <summary>Not Graph's: the groups as they are stored.</summary>
    internal string StoredAssignments { get; set; } = "[]";
}

[Beta]
internal sealed class RoleScopeTagAutoAssignment : Entity
{
    public DeviceAndAppManagementAssignmentTarget? Target { get; set; }
}
