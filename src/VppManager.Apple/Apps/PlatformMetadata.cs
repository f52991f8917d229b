namespace VppManager.Apple.Apps;

/// <summary>The catalogue's words for platforms.</summary>
public static class AppPlatform
{
    /// <summary>iPhone and iPad.</summary>
    public const string Ios = "ios";

    /// <summary>Mac.</summary>
    public const string Mac = "osx";
}

/// <summary>What the catalogue says of an app on one platform. Every member may be missing.</summary>
public sealed record PlatformMetadata
{
    /// <summary>The bundle id there; the same app may have another one elsewhere.</summary>
    public string? BundleId { get; init; }

    /// <summary>The oldest system it runs on there.</summary>
    public string? MinimumOsVersion { get; init; }

    /// <summary>Who sells it.</summary>
    public string? Seller { get; init; }

    /// <summary>The store's description.</summary>
    public string? Description { get; init; }

    /// <summary>An address of its icon, 512 pixels wide.</summary>
    public string? ArtworkUrl { get; init; }

    /// <summary>Its latest version there. Free text, not always numbers.</summary>
    public string? LatestVersion { get; init; }

    /// <summary>When that came out, if the store says so.</summary>
    public DateTimeOffset? LatestVersionAt { get; init; }
}
