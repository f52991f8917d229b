namespace VppManager.Api.Graph.Wire;

[Beta]
internal sealed class IosDdmVppAppAssignmentSettings : MobileAppAssignmentSettings
{
    public DeviceAppUpdateBehavior AllowDownloadsOverCellular { get; set; }
    public List<string> AssociatedDomains { get; set; } = [];
    public bool AssociatedDomainsDirectDownloadAllowed { get; set; }
    public DeviceAppUpdateBehavior AutomaticAppUpdates { get; set; }
    public string? CellularSliceConfigurationId { get; set; }
    public string? ContentFilterConfigurationId { get; set; }
    public string? DnsProxyConfigurationId { get; set; }
    public bool PreventManagedAppBackup { get; set; }
    public string? RelayConfigurationId { get; set; }
    public bool TapToPayScreenLockEnabled { get; set; }
    public bool UseDeviceLicensing { get; set; }
    public int? Version { get; set; }
    public string? VpnConfigurationId { get; set; }
}

[Beta]
internal sealed class MacOsDdmVppAppAssignmentSettings : MobileAppAssignmentSettings
{
    public DeviceAppUpdateBehavior AutomaticAppUpdates { get; set; }
    public bool IsIosApp { get; set; }
    public bool UseDeviceLicensing { get; set; }
    public int? Version { get; set; }
}

[Beta]
internal enum DeviceAppUpdateBehavior
{
    StoreSettings,
    AlwaysOn,
    AlwaysOff,
}
