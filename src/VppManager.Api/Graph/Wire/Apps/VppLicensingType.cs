using System.Text.Json.Serialization;

namespace VppManager.Api.Graph.Wire;

/// <summary>The two names without an s are older spellings that beta still carries.</summary>
internal sealed class VppLicensingType
{
    [Beta, JsonPropertyName("supportDeviceLicensing")] public bool SupportDeviceLicensing { get; set; }
    [JsonPropertyName("supportsDeviceLicensing")] public bool SupportsDeviceLicensing { get; set; }
    [JsonPropertyName("supportsUserLicensing")] public bool SupportsUserLicensing { get; set; }
    [Beta, JsonPropertyName("supportUserLicensing")] public bool SupportUserLicensing { get; set; }
}
