namespace VppManager.Api.Graph.Wire;

/// <summary>The two names without an s are older spellings that beta still carries.</summary>
internal sealed class VppLicensingType
{
    [Beta] public bool SupportDeviceLicensing { get; set; }
    public bool SupportsDeviceLicensing { get; set; }
    public bool SupportsUserLicensing { get; set; }
    [Beta] public bool SupportUserLicensing { get; set; }
}
