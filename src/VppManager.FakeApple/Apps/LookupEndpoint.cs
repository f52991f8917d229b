using System.Text.Json.Nodes;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Apps;

/// <summary>The old content metadata look-up: always 200, and empty results for whatever reason.</summary>
internal sealed class LookupEndpoint(FakeAppleServer server)
{
    public const string Path = "/WebObjects/MZStorePlatform.woa/wa/lookup";

    public AppleAnswer Read(AppleRequest request)
    {
        var country = (request.Text("cc") ?? "us").ToLowerInvariant();
        var owner = Owner(request);
        var badCookie = Cookie(request) is not null && owner is not { State: TokenState.Valid or TokenState.ReadOnly or TokenState.Legacy };
        var results = new JsonObject();
        if (!badCookie)
        {
            foreach (var item in Items(request).Where(item => IsShown(item, country, owner)))
                results[item.AdamId] = StoreItemBody.Of(item, country, request.Origin, server.Settings);
        }

        return AppleAnswer.Of(new
        {
            results,
            version = 2,
            isAuthenticated = false,
            meta = new { storefront = new { id = "143441", cc = country }, language = new { tag = request.Text("l") ?? "en" } },
        });
    }

    public FakeToken? Owner(AppleRequest request) => Cookie(request) is { } file ? server.Tokens.FromFile(file) : null;

    private IEnumerable<StoreItem> Items(AppleRequest request) =>
        (request.Text("id") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct().Select(server.Store.Find).OfType<StoreItem>();

    internal static bool IsShown(StoreItem item, string country, FakeToken? owner)
    {
        if (item.Countries.Count > 0 && !item.Countries.Contains(country)) return false;

        return !(item.IsCustom || item.IsRemovedFromSale) || owner?.Location.Assets.Any(asset => asset.AdamId == item.AdamId) == true;
    }

    private static string? Cookie(AppleRequest request) => (request.Cookie ?? "")
        .Split(';', StringSplitOptions.TrimEntries)
        .Where(part => part.StartsWith("itvt=", StringComparison.Ordinal))
        .Select(part => Uri.UnescapeDataString(part[5..]))
        .FirstOrDefault();
}
