using System.Text.Json.Serialization;

namespace VppManager.Api.Graph.Wire;

internal sealed class IosDeviceType
{
    [JsonPropertyName("iPad")] public bool IPad { get; set; }
    [JsonPropertyName("iPhoneAndIPod")] public bool IPhoneAndIPod { get; set; }
}
