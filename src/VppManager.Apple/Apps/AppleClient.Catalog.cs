using VppManager.Apple.Apps;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

public sealed partial class AppleClient
{
    private const int CatalogItemsPerRequest = 100;

    private static readonly Uri BusinessCatalog = new("https://api.ent.apple.com/v1");
    private static readonly Uri EducationCatalog = new("https://api.edu.apple.com/v1");

    /// <summary>Whether there is a developer's key, so that the newer catalogue can be asked.</summary>
    public bool HasCatalog => developer is not null;

    /// <summary>
    /// Looks apps or books up in the newer catalogue, which tells more than <see cref="LookUpAsync"/>, and differently for each platform. Items that
    /// are missing in the result are unknown, not sold in that country, or not visible to the organisation. Never tried again by itself: there is
    /// the old look-up to fall back on.
    /// See <see href="https://developer.apple.com/documentation/appsandbooksfororganizations"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="adamIds">The store's numbers; any count, split into requests of a hundred.</param>
    /// <param name="books">Whether they are books; the catalogue keeps them apart.</param>
    /// <param name="country">The country of the store, two letters.</param>
    /// <param name="platform">See <see cref="ClientConfig.DefaultPlatform"/>: says whether the organisation is a school.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>What was found, by the store's number.</returns>
    /// <exception cref="AppleException">
    /// The key or the token is refused, too many requests, or no readable answer; or <see cref="AppleErrorMeaning.TakenOver"/>: an answer to another call
    /// has stopped the token.
    /// </exception>
    /// <exception cref="InvalidOperationException">There is no developer's key.</exception>
    public async Task<IReadOnlyDictionary<string, AppMetadata>> LookUpInCatalogAsync(
        ContentToken token, IReadOnlyCollection<string> adamIds, bool books, string country, string platform, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentException.ThrowIfNullOrEmpty(country);
        if (developer is null) throw new InvalidOperationException("The catalogue needs a developer's key.");

        var found = new Dictionary<string, AppMetadata>(StringComparer.Ordinal);
        foreach (var some in adamIds.Distinct(StringComparer.Ordinal).Chunk(CatalogItemsPerRequest))
        {
            var call = new AppleCall("catalog", HttpMethod.Get, CatalogAddressOf(some, books, country, platform))
            {
                Token = token,
                TokenInCookie = true,
                DeveloperToken = developer.Token(),
                PermitsPerSecond = await PermitsAsync(ct),
                Once = true,
            };
            token.ThrowIfStopped();
            foreach (var item in await transport.SendAsync(call, CatalogReader.Read, ct)) found[item.AdamId] = item;
        }
        return found;
    }

    private Uri CatalogAddressOf(string[] adamIds, bool books, string country, string platform)
    {
        var query = new Query($"catalog/{Uri.EscapeDataString(country.ToLowerInvariant())}/stoken-authenticated-{(books ? "books" : "apps")}")
            .With("ids", string.Join(',', adamIds))
            .With("platform", "iphone")
            .With("additionalPlatforms", "ipad,mac,appletv")
            .With("extend[apps]", books ? null : "latestVersionInfo,description")
            .With("l", "en");
        return query.Under(options.CatalogAddress ?? (platform == "volumestore" ? EducationCatalog : BusinessCatalog), "");
    }
}
