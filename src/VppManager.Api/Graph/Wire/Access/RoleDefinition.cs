namespace VppManager.Api.Graph.Wire;

internal class RoleDefinition : Entity
{
    public string? Description { get; set; }

    public string? DisplayName { get; set; }

    public bool IsBuiltIn { get; set; }

    [Beta] public bool IsBuiltInRoleDefinition { get; set; }

    [Beta] public List<RolePermission> Permissions { get; set; } = [];

    public List<RolePermission> RolePermissions { get; set; } = [];

    [Beta] public List<string> RoleScopeTagIds { get; set; } = [];

    public List<RoleAssignment> RoleAssignments { get; set; } = [];
}

internal sealed class DeviceAndAppManagementRoleDefinition : RoleDefinition;

internal sealed class RolePermission
{
    [Beta] public List<string> Actions { get; set; } = [];

    public List<ResourceAction> ResourceActions { get; set; } = [];
}

internal sealed class ResourceAction
{
    public List<string> AllowedResourceActions { get; set; } = [];

    public List<string> NotAllowedResourceActions { get; set; } = [];
}

internal sealed class ResourceOperation : Entity
{
    public string? ActionName { get; set; }

    public string? Description { get; set; }

    [Beta] public bool EnabledForScopeValidation { get; set; }

    [Beta] public string? Resource { get; set; }

    public string? ResourceName { get; set; }
}
