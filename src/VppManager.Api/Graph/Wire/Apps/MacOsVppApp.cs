namespace VppManager.Api.Graph.Wire;

[Beta]
internal sealed class MacOsVppApp : MobileApp
{
    public string? AppStoreUrl { get; set; }
    public AppleDeviceDeliveryProtocol AppleDeviceAppDeliveryProtocolType { get; set; }
    public List<MacOsVppAppAssignedLicense> AssignedLicenses { get; set; } = [];
    public string? BundleId { get; set; }
    public VppLicensingType? LicensingType { get; set; }
    public DateTimeOffset? ReleaseDateTime { get; set; }
    public List<MacOsVppAppRevokeLicensesActionResult> RevokeLicenseActionResults { get; set; } = [];
    public int TotalLicenseCount { get; set; }
    public int UsedLicenseCount { get; set; }
    public VppTokenAccountType VppTokenAccountType { get; set; }
    public string? VppTokenAppleId { get; set; }
    public string? VppTokenDisplayName { get; set; }
    public string? VppTokenId { get; set; }
    public string? VppTokenOrganizationName { get; set; }
}
