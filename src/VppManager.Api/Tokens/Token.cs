using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>A location token: the right to license what one Apple location owns. Or a purchaser's from before there were locations.</summary>
internal sealed class Token
{
    public Guid Id { get; init; }
    public Guid? LocationId { get; set; }
    public string? DisplayName { get; set; }
    public string? LocationName { get; set; }
    public string? OrganizationName { get; set; }
    public string? AppleId { get; set; }
    public string? CountryOrRegion { get; set; }
    public TokenAccountType AccountType { get; set; }
    public bool AutomaticallyUpdateApps { get; set; }
    public bool DataSharingConsentGranted { get; set; }
    public bool ClaimFromExternalMdm { get; set; }
    public string[] RoleScopeTagIds { get; set; } = ["0"];

    /// <summary>Graph's word for how apps get to devices.</summary>
    public string DeliveryProtocol { get; set; } = "default";

    /// <summary>The file's content, protected; never read but to call Apple.</summary>
    public required string ProtectedSecret { get; set; }

    public TokenState State { get; set; }
    public string? StateCause { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>A purchaser's token of the old kind: can be read, and renewed with a location's (T11).</summary>
    public bool IsLegacy { get; set; }

    /// <summary>The last of the days before the expiry that was warned of (T15); null when none was.</summary>
    public int? ExpiryWarned { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ModifiedAt { get; set; }
    public DateTimeOffset? LastSyncAt { get; set; }
    public TokenSyncStatus LastSyncStatus { get; set; }
    public string? LastSyncError { get; set; }
}
