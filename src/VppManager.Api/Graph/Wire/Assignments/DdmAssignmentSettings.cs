using System.Text.Json.Serialization;

namespace VppManager.Api.Graph.Wire;

[Beta]
internal sealed class IosDdmVppAppAssignmentSettings : MobileAppAssignmentSettings
{
    [JsonPropertyName("allowDownloadsOverCellular")] public DeviceAppUpdateBehavior AllowDownloadsOverCellular { get; set; }
    [JsonPropertyName("associatedDomains")] public List<string> AssociatedDomains { get; set; } = [];
    [JsonPropertyName("associatedDomainsDirectDownloadAllowed")] public bool AssociatedDomainsDirectDownloadAllowed { get; set; }
    [JsonPropertyName("automaticAppUpdates")] public DeviceAppUpdateBehavior AutomaticAppUpdates { get; set; }
    [JsonPropertyName("cellularSliceConfigurationId")] public string? CellularSliceConfigurationId { get; set; }
    [JsonPropertyName("contentFilterConfigurationId")] public string? ContentFilterConfigurationId { get; set; }
    [JsonPropertyName("dnsProxyConfigurationId")] public string? DnsProxyConfigurationId { get; set; }
    [JsonPropertyName("preventManagedAppBackup")] public bool PreventManagedAppBackup { get; set; }
    [JsonPropertyName("relayConfigurationId")] public string? RelayConfigurationId { get; set; }
    [JsonPropertyName("tapToPayScreenLockEnabled")] public bool TapToPayScreenLockEnabled { get; set; }
    [JsonPropertyName("useDeviceLicensing")] public bool UseDeviceLicensing { get; set; }
    [JsonPropertyName("version")] public int? Version { get; set; }
    [JsonPropertyName("vpnConfigurationId")] public string? VpnConfigurationId { get; set; }
}

[Beta]
internal sealed class MacOsDdmVppAppAssignmentSettings : MobileAppAssignmentSettings
{
    [JsonPropertyName("automaticAppUpdates")] public DeviceAppUpdateBehavior AutomaticAppUpdates { get; set; }
    [JsonPropertyName("isIosApp")] public bool IsIosApp { get; set; }
    [JsonPropertyName("useDeviceLicensing")] public bool UseDeviceLicensing { get; set; }
    [JsonPropertyName("version")] public int? Version { get; set; }
}

[Beta]
internal enum DeviceAppUpdateBehavior
{
    StoreSettings,
    AlwaysOn,
    AlwaysOff,
}
