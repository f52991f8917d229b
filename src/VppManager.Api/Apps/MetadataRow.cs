using System.Text.Json;
using System.Text.Json.Serialization;
using VppManager.Apple.Apps;

namespace VppManager.Api.Apps;

/// <summary>What a store said of an item, as one app has it: as iOS app, macOS app or book. What it did not say is null.</summary>
internal sealed record MetadataRow(
    string AdamId, string Kind, string? Name, string? Publisher, string? Description, string? BundleId, string? AppStoreUrl, string? IconUrl,
    IReadOnlyList<string>? Genres, IReadOnlyList<string>? DeviceFamilies, string? MinimumOsVersion, DateTimeOffset? ReleaseDate,
    string? LatestVersion, DateTimeOffset? LatestVersionAt, bool? Ipad, bool? Iphone)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string ToJson(IEnumerable<AppMetadata> found) => JsonSerializer.Serialize(found.SelectMany(Of), Json);

    private static IEnumerable<MetadataRow> Of(AppMetadata item) =>
    [
        Of(item, "ios", item.Platforms.GetValueOrDefault(AppPlatform.Ios)),
        Of(item, "macOs", item.Platforms.GetValueOrDefault(AppPlatform.Mac)),
        Of(item, "book", null),
    ];

    private static MetadataRow Of(AppMetadata item, string kind, PlatformMetadata? own) => new(
        item.AdamId, kind, item.Name, item.ArtistName ?? own?.Seller ?? item.Seller, own?.Description ?? item.Description,
        own?.BundleId ?? item.BundleId, item.Url, own?.ArtworkUrl ?? item.ArtworkUrl,
        SomeOf(item.GenreNames), SomeOf(item.DeviceFamilies), own?.MinimumOsVersion ?? item.MinimumOsVersion, item.ReleaseDate,
        own?.LatestVersion ?? item.LatestVersion, own?.LatestVersionAt ?? item.LatestVersionAt,
        RunsOn(item, "ipad"), RunsOn(item, "iphone") ?? RunsOn(item, "ipod"));

    private static IReadOnlyList<string>? SomeOf(IReadOnlyList<string> texts) => texts.Count == 0 ? null : texts;

    private static bool? RunsOn(AppMetadata item, string family) =>
        item.DeviceFamilies.Count == 0 ? null : item.DeviceFamilies.Contains(family, StringComparer.OrdinalIgnoreCase);
}
