namespace VppManager.Api.Graph.Wire;

/// <summary>The singleton that managed devices hang on.</summary>
internal sealed class DeviceManagement : Entity
{
    public List<AuditEvent> AuditEvents { get; set; } = [];

    public List<ManagedDevice> ManagedDevices { get; set; } = [];

    public List<MobileAppTroubleshootingEvent> MobileAppTroubleshootingEvents { get; set; } = [];

    public DeviceManagementReports? Reports { get; set; }

    public List<DeviceManagementTroubleshootingEvent> TroubleshootingEvents { get; set; } = [];
}
