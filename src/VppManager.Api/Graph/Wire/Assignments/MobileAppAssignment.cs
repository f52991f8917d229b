namespace VppManager.Api.Graph.Wire;

internal sealed class MobileAppAssignment : Entity
{
    public InstallIntent Intent { get; set; }
    public MobileAppAssignmentSettings? Settings { get; set; }
    [Beta] public DeviceAndAppManagementAssignmentSource Source { get; set; }
    [Beta] public string? SourceId { get; set; }
    public DeviceAndAppManagementAssignmentTarget? Target { get; set; }
}

internal enum InstallIntent
{
    Available,
    Required,
    Uninstall,
    AvailableWithoutEnrollment,
}

[Beta]
internal enum DeviceAndAppManagementAssignmentSource
{
    Direct,
    PolicySets,
}
