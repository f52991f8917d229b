using System.Text.Json.Serialization;

namespace VppManager.Api.Graph.Wire;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(IosDdmVppAppAssignmentSettings), "#microsoft.graph.iosDdmVppAppAssignmentSettings")]
[JsonDerivedType(typeof(IosVppAppAssignmentSettings), "#microsoft.graph.iosVppAppAssignmentSettings")]
[JsonDerivedType(typeof(MacOsDdmVppAppAssignmentSettings), "#microsoft.graph.macOsDdmVppAppAssignmentSettings")]
[JsonDerivedType(typeof(MacOsVppAppAssignmentSettings), "#microsoft.graph.macOsVppAppAssignmentSettings")]
internal abstract class MobileAppAssignmentSettings;

internal sealed class IosVppAppAssignmentSettings : MobileAppAssignmentSettings
{
    [Beta, JsonPropertyName("isRemovable")] public bool? IsRemovable { get; set; }
    [Beta, JsonPropertyName("preventAutoAppUpdate")] public bool? PreventAutoAppUpdate { get; set; }
    [Beta, JsonPropertyName("preventManagedAppBackup")] public bool? PreventManagedAppBackup { get; set; }
    [Beta, JsonPropertyName("uninstallOnDeviceRemoval")] public bool? UninstallOnDeviceRemoval { get; set; }
    [JsonPropertyName("useDeviceLicensing")] public bool UseDeviceLicensing { get; set; }
    [JsonPropertyName("vpnConfigurationId")] public string? VpnConfigurationId { get; set; }
}

[Beta]
internal sealed class MacOsVppAppAssignmentSettings : MobileAppAssignmentSettings
{
    [JsonPropertyName("preventAutoAppUpdate")] public bool? PreventAutoAppUpdate { get; set; }
    [JsonPropertyName("preventManagedAppBackup")] public bool? PreventManagedAppBackup { get; set; }
    [JsonPropertyName("uninstallOnDeviceRemoval")] public bool? UninstallOnDeviceRemoval { get; set; }
    [JsonPropertyName("useDeviceLicensing")] public bool UseDeviceLicensing { get; set; }
}
