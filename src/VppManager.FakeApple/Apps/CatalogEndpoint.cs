using System.Globalization;
using System.Text.Json.Nodes;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Apps;

/// <summary>The newer catalogue for organisations: a developer's token as bearer, the content token as cookie.</summary>
internal sealed class CatalogEndpoint(FakeAppleServer server, LookupEndpoint lookup)
{
    private const string Root = "/v1/catalog/";
    private const int MostIds = 100;

    public static bool Takes(string path) => path.StartsWith(Root, StringComparison.Ordinal);

    public AppleAnswer Read(AppleRequest request)
    {
        if (!server.Developers.Accepts(request.Authorization)) return Refused(401, "40100", "Unauthorized");
        if (server.Settings.CatalogRequestsLeft is { } left)
        {
            if (left <= 0) return Refused(429, "42900", "Too many requests") with { RetryAfter = "60" };
            server.Settings.CatalogRequestsLeft = left - 1;
        }

        if (request.Path[Root.Length..].Split('/') is not [var country, "stoken-authenticated-apps" or "stoken-authenticated-books"]) return Refused(404, "40400", "Not found");
        if (request.Text("platform") is null) return Refused(400, "40005", "Missing parameter: platform");

        var ids = (request.Text("ids") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        if (ids.Length > MostIds) return Refused(400, "40006", "Too many ids");
        if (ids.Length == 0 || lookup.Owner(request) is not { State: TokenState.Valid or TokenState.ReadOnly } owner)
            return Refused(403, "40300", "Invalid sToken or empty ids");

        return Found(request, country.ToLowerInvariant(), ids, owner);
    }

    private AppleAnswer Found(AppleRequest request, string country, string[] ids, FakeToken owner)
    {
        var books = request.Path.EndsWith("-books", StringComparison.Ordinal);
        var versions = request.Text("extend[apps]")?.Split(',').Contains("latestVersionInfo") == true;
        var items = ids.Distinct().Select(server.Store.Find).OfType<StoreItem>()
            .Where(item => item.Kind == "ebook" == books && LookupEndpoint.IsShown(item, country, owner));

        return AppleAnswer.Of(new JsonObject { ["data"] = new JsonArray([.. items.Select(item => Item(item, country, request.Origin, versions))]) });
    }

    private static JsonObject Item(StoreItem item, string country, string origin, bool versions) => new()
    {
        ["id"] = item.AdamId,
        ["type"] = item.Kind == "ebook" ? "books" : "apps",
        ["href"] = $"/v1/catalog/{country}/{(item.Kind == "ebook" ? "books" : "apps")}/{item.AdamId}",
        ["attributes"] = new JsonObject
        {
            ["name"] = $" {item.Name}",
            ["artistName"] = item.ArtistName,
            ["deviceFamilies"] = new JsonArray([.. item.DeviceFamilies.Select(family => JsonValue.Create(family))]),
            ["genreDisplayName"] = item.Genres.Count > 0 ? item.Genres[0] : null,
            ["isB2BCustomApp"] = item.IsCustom,
            ["isVppDeviceBasedLicensingEnabled"] = item.Kind != "ebook",
            ["url"] = $"https://apps.apple.com/{country}/{(item.Kind == "ebook" ? "book" : "app")}/id{item.AdamId}",
            ["releaseDate"] = item.ReleaseDate.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["platformAttributes"] = Platforms(item, origin, versions),
        },
    };

    private static JsonObject Platforms(StoreItem item, string origin, bool versions)
    {
        var platforms = new JsonObject();
        if (item.Kind == "ebook") return platforms;

        if (item.DeviceFamilies.Any(family => family is "iphone" or "ipad")) platforms["ios"] = Platform(item, origin, versions, item.BundleId);
        if (item.DeviceFamilies.Contains("mac")) platforms["osx"] = Platform(item, origin, versions, item.MacBundleId ?? item.BundleId);

        return platforms;
    }

    private static JsonObject Platform(StoreItem item, string origin, bool versions, string? bundleId)
    {
        var platform = new JsonObject
        {
            ["bundleId"] = bundleId,
            ["externalVersionId"] = 870_000_001,
            ["minimumOSVersion"] = item.MinimumOSVersion,
            ["seller"] = item.ArtistName,
            ["artwork"] = new JsonObject { ["url"] = $"{origin}/image/{item.AdamId}/{{w}}x{{h}}bb.{{f}}", ["width"] = 1024, ["height"] = 1024 },
        };
        if (versions) platform["latestVersionInfo"] = new JsonObject { ["versionDisplay"] = $" {item.Version}" };

        return platform;
    }

    private static AppleAnswer Refused(int status, string code, string title) =>
        AppleAnswer.Of(new { errors = new[] { new { id = Guid.NewGuid(), title, detail = title, status = status.ToString(CultureInfo.InvariantCulture), code } } }, status);
}
