namespace VppManager.Api.Graph.Wire;

internal sealed class IosVppApp : MobileApp
{
    public string? AppStoreUrl { get; set; }
    [Beta] public AppleDeviceDeliveryProtocol AppleDeviceAppDeliveryProtocolType { get; set; }
    public IosDeviceType? ApplicableDeviceType { get; set; }
    [Beta] public List<IosVppAppAssignedLicense> AssignedLicenses { get; set; } = [];
    public string? BundleId { get; set; }
    public VppLicensingType? LicensingType { get; set; }
    public DateTimeOffset? ReleaseDateTime { get; set; }
    [Beta] public List<IosVppAppRevokeLicensesActionResult> RevokeLicenseActionResults { get; set; } = [];
    public int TotalLicenseCount { get; set; }
    public int UsedLicenseCount { get; set; }
    public VppTokenAccountType VppTokenAccountType { get; set; }
    public string? VppTokenAppleId { get; set; }
    [Beta] public string? VppTokenDisplayName { get; set; }
    [Beta] public string? VppTokenId { get; set; }
    public string? VppTokenOrganizationName { get; set; }
}
