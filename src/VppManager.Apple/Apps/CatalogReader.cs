using System.Text.Json;

namespace VppManager.Apple.Apps;

/// <summary>Reads an answer of the catalogue: like the look-up's, nothing in it is taken for granted.</summary>
internal static class CatalogReader
{
    public static IReadOnlyList<AppMetadata> Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        if (AppMetadataReader.Member(json.RootElement, "data") is not { ValueKind: JsonValueKind.Array } data)
            throw new JsonException("The catalogue's answer has no data.");

        return [.. data.EnumerateArray().Select(ReadItem).OfType<AppMetadata>()];
    }

    private static AppMetadata? ReadItem(JsonElement item)
    {
        if (AppMetadataReader.Text(item, "id") is not { } id || AppMetadataReader.Member(item, "attributes") is not { ValueKind: JsonValueKind.Object } said)
            return null;

        var platforms = Platforms(said);
        return new AppMetadata
        {
            AdamId = id,
            Name = AppMetadataReader.Text(said, "name"),
            ArtistName = AppMetadataReader.Text(said, "artistName"),
            Url = AppMetadataReader.Text(said, "url"),
            ArtworkUrl = Artwork.AddressOf(AppMetadataReader.Member(said, "artwork")) ?? platforms.Values.Select(one => one.ArtworkUrl).FirstOrDefault(one => one is not null),
            Description = DescriptionOf(said),
            GenreNames = Genres(said),
            DeviceFamilies = AppMetadataReader.Texts(AppMetadataReader.Member(said, "deviceFamilies")),
            ReleaseDate = AppMetadataReader.Date(AppMetadataReader.Text(said, "releaseDate")),
            BundleId = Any(platforms, one => one.BundleId),
            Seller = Any(platforms, one => one.Seller),
            MinimumOsVersion = Any(platforms, one => one.MinimumOsVersion),
            LatestVersion = Any(platforms, one => one.LatestVersion),
            LatestVersionAt = platforms.Values.Select(one => one.LatestVersionAt).FirstOrDefault(one => one is not null),
            IsCustomApp = AppMetadataReader.Flag(said, "isB2BCustomApp") ?? false,
            IsDeviceBasedLicensingEnabled = AppMetadataReader.Flag(said, "isVppDeviceBasedLicensingEnabled"),
            Platforms = platforms,
        };
    }

    private static Dictionary<string, PlatformMetadata> Platforms(JsonElement said)
    {
        var platforms = new Dictionary<string, PlatformMetadata>(StringComparer.Ordinal);
        if (AppMetadataReader.Member(said, "platformAttributes") is not { ValueKind: JsonValueKind.Object } each) return platforms;

        // A member that is given twice counts as it was given last.
        foreach (var one in each.EnumerateObject().Where(one => one.Value.ValueKind is JsonValueKind.Object)) platforms[one.Name] = ReadPlatform(one.Value);
        return platforms;
    }

    private static PlatformMetadata ReadPlatform(JsonElement said)
    {
        var version = AppMetadataReader.Member(said, "latestVersionInfo");
        return new PlatformMetadata
        {
            BundleId = AppMetadataReader.Text(said, "bundleId"),
            MinimumOsVersion = AppMetadataReader.Text(said, "minimumOSVersion"),
            Seller = AppMetadataReader.Text(said, "seller"),
            Description = DescriptionOf(said),
            ArtworkUrl = Artwork.AddressOf(AppMetadataReader.Member(said, "artwork")),
            LatestVersion = AppMetadataReader.Text(version, "versionDisplay"),
            LatestVersionAt = AppMetadataReader.Date(AppMetadataReader.Text(version, "releaseDate")),
        };
    }

    private static string? DescriptionOf(JsonElement said) =>
        AppMetadataReader.Text(AppMetadataReader.Member(said, "description"), "standard") ?? AppMetadataReader.Text(said, "description");

    private static IReadOnlyList<string> Genres(JsonElement said) =>
        AppMetadataReader.Texts(AppMetadataReader.Member(said, "genreNames")) is { Count: > 0 } names ? names
        : AppMetadataReader.Text(said, "genreDisplayName") is { } one ? [one] : [];

    private static string? Any(Dictionary<string, PlatformMetadata> platforms, Func<PlatformMetadata, string?> member) =>
        platforms.OrderBy(one => one.Key is AppPlatform.Ios ? 0 : 1).Select(one => member(one.Value)).FirstOrDefault(one => one is not null);
}
