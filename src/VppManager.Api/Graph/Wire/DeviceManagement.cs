namespace VppManager.Api.Graph.Wire;

/// <summary>The singleton that managed devices hang on.</summary>
internal sealed class DeviceManagement : Entity
{
    public List<AuditEvent> AuditEvents { get; set; } = [];

    public List<ManagedDevice> ManagedDevices { get; set; } = [];

    public List<MobileAppTroubleshootingEvent> MobileAppTroubleshootingEvents { get; set; } = [];

    public DeviceManagementReports? Reports { get; set; }

    public List<ResourceOperation> ResourceOperations { get; set; } = [];

    public List<DeviceAndAppManagementRoleAssignment> RoleAssignments { get; set; } = [];

    public List<RoleDefinition> RoleDefinitions { get; set; } = [];

    [Beta] public List<RoleScopeTag> RoleScopeTags { get; set; } = [];

    public List<DeviceManagementTroubleshootingEvent> TroubleshootingEvents { get; set; } = [];
}
