namespace VppManager.Api.Graph.Wire;

/// <summary>What one token owns of an app.</summary>
[Beta]
internal sealed class VppTokenLicenseSummary
{
    public string? AppleId { get; set; }
    public int AvailableLicenseCount { get; set; }
    public string? OrganizationName { get; set; }
    public int UsedLicenseCount { get; set; }
    public string? VppTokenId { get; set; }
}
