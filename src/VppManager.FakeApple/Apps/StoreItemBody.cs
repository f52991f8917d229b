using System.Globalization;
using System.Text.Json.Nodes;

namespace VppManager.FakeApple.Apps;

/// <summary>A product in the words of the metadata look-up.</summary>
internal static class StoreItemBody
{
    private static readonly int[] ArtworkSizes = [60, 100, 512];

    public static JsonObject Of(StoreItem item, string country, string origin, FakeSettings settings)
    {
        var url = $"https://apps.apple.com/{country}/{(item.Kind == "ebook" ? "book" : "app")}/id{item.AdamId}";
        var body = new JsonObject
        {
            ["id"] = settings.NumericIds ? JsonValue.Create(long.Parse(item.AdamId, CultureInfo.InvariantCulture)) : JsonValue.Create(item.AdamId),
            ["name"] = item.Name,
            ["artistName"] = item.ArtistName,
            ["kind"] = item.Kind,
            ["url"] = url,
            ["shortUrl"] = url,
            ["artwork"] = settings.ArtworkAsArray ? Sizes(item, origin) : Template(item, origin),
            ["genreNames"] = Texts(item.Genres),
            ["genres"] = new JsonArray([.. item.Genres.Select((name, i) => new JsonObject { ["genreId"] = $"{6000 + i}", ["name"] = name })]),
            ["deviceFamilies"] = Texts(item.DeviceFamilies),
            ["description"] = new JsonObject { ["standard"] = item.Description },
            ["releaseDate"] = item.ReleaseDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["latestVersionReleaseDate"] = (item.VersionDate ?? item.ReleaseDate).ToString("MMM d, yyyy", CultureInfo.InvariantCulture),
            ["minimumOSVersion"] = item.MinimumOSVersion,
            ["isB2BCustomApp"] = item.IsCustom,
            ["isVppDeviceBasedLicensingEnabled"] = item.Kind != "ebook",
            ["softwareInfo"] = new JsonObject { ["seller"] = item.ArtistName },
            ["offers"] = new JsonArray(Offer(item)),
        };
        if (item.BundleId is not null) body["bundleId"] = item.BundleId;

        return body;
    }

    private static JsonObject Offer(StoreItem item) => new()
    {
        ["version"] = new JsonObject { ["display"] = item.Version, ["externalId"] = 870_000_001 },
        ["price"] = 0,
        ["assets"] = new JsonArray(new JsonObject { ["size"] = item.Size }),
    };

    private static JsonObject Template(StoreItem item, string origin) =>
        new() { ["url"] = $"{origin}/image/{item.AdamId}/{{w}}x{{h}}bb.{{f}}", ["width"] = 1024, ["height"] = 1024 };

    private static JsonArray Sizes(StoreItem item, string origin) => new([.. ArtworkSizes.Select(size =>
        new JsonObject { ["url"] = $"{origin}/image/{item.AdamId}/{size}x{size}bb.png", ["width"] = size, ["height"] = size })]);

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
