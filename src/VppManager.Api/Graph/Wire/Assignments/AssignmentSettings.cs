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
    [Beta] public bool? IsRemovable { get; set; }
    [Beta] public bool? PreventAutoAppUpdate { get; set; }
    [Beta] public bool? PreventManagedAppBackup { get; set; }
    [Beta] public bool? UninstallOnDeviceRemoval { get; set; }
    public bool UseDeviceLicensing { get; set; }
    public string? VpnConfigurationId { get; set; }
}

[Beta]
internal sealed class MacOsVppAppAssignmentSettings : MobileAppAssignmentSettings
{
    public bool? PreventAutoAppUpdate { get; set; }
    public bool? PreventManagedAppBackup { get; set; }
    public bool? UninstallOnDeviceRemoval { get; set; }
    public bool UseDeviceLicensing { get; set; }
}
