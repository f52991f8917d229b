namespace VppManager.Api.Graph.Wire;

internal sealed class IosDeviceType
{
    public bool IPad { get; set; }
    public bool IPhoneAndIPod { get; set; }
}
