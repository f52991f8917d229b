using VppManager.Core.Assignments;

namespace VppManager.Api.Apps;

/// <summary>What an administrator sees: a pool through one token, as iOS app, macOS app or book.</summary>
internal sealed class App
{
    public Guid Id { get; init; }
    public Guid TokenId { get; init; }
    public Guid PoolId { get; init; }
    public AppKind Kind { get; init; }
    public string? DisplayName { get; set; }
    public string? Description { get; set; }
    public string? Publisher { get; set; }
    public string? Developer { get; set; }
    public string? Owner { get; set; }
    public string? Notes { get; set; }
    public string? InformationUrl { get; set; }
    public string? PrivacyInformationUrl { get; set; }
    public bool IsFeatured { get; set; }

    /// <summary>Null: those of its token.</summary>
    public string[]? RoleScopeTagIds { get; set; }

    /// <summary>Those that count, its own or its token's; kept by the database.</summary>
    public string[] ScopeTags { get; private set; } = [];

    /// <summary>Graph's word for how the app gets to devices.</summary>
    public string DeliveryProtocol { get; set; } = "default";

    public string? BundleId { get; set; }
    public string? AppStoreUrl { get; set; }
    public string? IconUrl { get; set; }
    public string[] Genres { get; set; } = [];
    public DateTimeOffset? ReleaseDate { get; set; }
    public bool Ipad { get; set; }
    public bool Iphone { get; set; }
    public string[] DeviceFamilies { get; set; } = [];
    public string? MinimumOsVersion { get; set; }
    public string? LatestVersion { get; set; }

    /// <summary>When <see cref="LatestVersion"/> came out, as far as the store tells.</summary>
    public DateTimeOffset? LatestVersionAt { get; set; }

    /// <summary>Graph's names of the properties that an administrator changed: what the store says of them is not written over them.</summary>
    public string[] Edited { get; set; } = [];

    /// <summary>The store of which country <see cref="DisplayName"/> and the rest were read from; null when never found.</summary>
    public string? MetadataCountry { get; set; }

    /// <summary>When a store was asked about it last.</summary>
    public DateTimeOffset? MetadataAt { get; set; }

    /// <summary>For which country of the token it was last looked for in all stores.</summary>
    public string? MetadataSought { get; set; }

    public DateTimeOffset? MetadataSoughtAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ModifiedAt { get; set; }
}
