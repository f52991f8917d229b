namespace VppManager.Api.Graph.Wire;

/// <summary>Graph calls the intent another name here than on apps.</summary>
internal class ManagedEBookAssignment : Entity
{
    public InstallIntent InstallIntent { get; set; }

    public DeviceAndAppManagementAssignmentTarget? Target { get; set; }
}

internal sealed class IosVppEBookAssignment : ManagedEBookAssignment;
