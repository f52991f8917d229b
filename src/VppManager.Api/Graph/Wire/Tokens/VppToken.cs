namespace VppManager.Api.Graph.Wire;

internal sealed class VppToken : Entity
{
    [Beta] public AppleDeviceDeliveryProtocol AppleDeviceAppDeliveryProtocolType { get; set; }
    public string? AppleId { get; set; }
    public bool AutomaticallyUpdateApps { get; set; }
    [Beta] public bool ClaimTokenManagementFromExternalMdm { get; set; }
    public string? CountryOrRegion { get; set; }
    [Beta] public bool DataSharingConsentGranted { get; set; }
    [Beta] public string? DisplayName { get; set; }
    public DateTimeOffset ExpirationDateTime { get; set; }
    public DateTimeOffset LastModifiedDateTime { get; set; }
    public DateTimeOffset LastSyncDateTime { get; set; }
    public VppTokenSyncStatus LastSyncStatus { get; set; }
    [Beta] public string? LocationName { get; set; }
    public string? OrganizationName { get; set; }
    [Beta] public List<string> RoleScopeTagIds { get; set; } = [];
    public VppTokenState State { get; set; }

    // Never read back: the secret goes in and does not come out.
    [NoColumn] public string? Token { get; set; }

    [Beta] public List<VppTokenActionResult> TokenActionResults { get; set; } = [];
    public VppTokenAccountType VppTokenAccountType { get; set; }
}
