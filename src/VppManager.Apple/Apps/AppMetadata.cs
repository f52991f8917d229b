namespace VppManager.Apple.Apps;

/// <summary>
/// What the store says about an app or book. Every member but the id may be missing.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/getting-app-and-book-information-legacy"/>.
/// </summary>
public sealed record AppMetadata
{
    /// <summary>The store's number, as text.</summary>
    public required string AdamId { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>The app's bundle id.</summary>
    public string? BundleId { get; init; }

    /// <summary>Such as <c>iosSoftware</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Who made it.</summary>
    public string? ArtistName { get; init; }

    /// <summary>Who sells it.</summary>
    public string? Seller { get; init; }

    /// <summary>The store's description.</summary>
    public string? Description { get; init; }

    /// <summary>Its page in the store.</summary>
    public string? Url { get; init; }

    /// <summary>An address of its icon, 512 pixels wide where the store lets one choose.</summary>
    public string? ArtworkUrl { get; init; }

    /// <summary>Its genres' names.</summary>
    public IReadOnlyList<string> GenreNames { get; init; } = [];

    /// <summary>Such as <c>iphone</c>, <c>ipad</c>, <c>mac</c>, <c>tvos</c>.</summary>
    public IReadOnlyList<string> DeviceFamilies { get; init; } = [];

    /// <summary>The oldest system it runs on.</summary>
    public string? MinimumOsVersion { get; init; }

    /// <summary>When it first came out, if the store gives a date.</summary>
    public DateTimeOffset? ReleaseDate { get; init; }

    /// <summary>Its latest version. Free text, not always numbers.</summary>
    public string? LatestVersion { get; init; }

    /// <summary>When the latest version came out, if the store says so.</summary>
    public DateTimeOffset? LatestVersionAt { get; init; }

    /// <summary>What differs from platform to platform, by <see cref="AppPlatform"/>; only the catalogue tells.</summary>
    public IReadOnlyDictionary<string, PlatformMetadata> Platforms { get; init; } = new Dictionary<string, PlatformMetadata>();

    /// <summary>Whether it is a custom app, visible to the organisations it was made for alone.</summary>
    public bool IsCustomApp { get; init; }

    /// <summary>Whether devices may hold it, if the store says so.</summary>
    public bool? IsDeviceBasedLicensingEnabled { get; init; }
}
