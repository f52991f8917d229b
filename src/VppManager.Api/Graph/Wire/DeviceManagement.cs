namespace VppManager.Api.Graph.Wire;

/// <summary>The singleton that managed devices hang on.</summary>
internal sealed class DeviceManagement : Entity
{
    public List<ManagedDevice> ManagedDevices { get; set; } = [];
}
