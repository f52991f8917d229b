using VppManager.Apple.Apps;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

public sealed partial class AppleClient
{
    private const int LookUpsPerRequest = 50;

    /// <summary>
    /// Reads one page of the assets of a location. To read all pages use <see cref="PageWalk"/>.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/get-assets-4ski1"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="query">Which assets.</param>
    /// <param name="pageIndex">The page, from 0.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The page.</returns>
    /// <exception cref="AppleException">
    /// <see cref="AppleErrorMeaning.PageOutOfRange"/>; or the token is dead, or Apple does not answer.
    /// </exception>
    public Task<AssetsPage> GetAssetsAsync(ContentToken token, AssetsQuery query, int pageIndex, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(query);

        var address = new Query("assets")
            .With("adamId", query.AdamId)
            .With("pricingParam", query.PricingParam)
            .With("productType", query.ProductType)
            .With("revocable", query.Revocable)
            .With("deviceAssignable", query.DeviceAssignable)
            .With("minAvailableCount", query.MinAvailableCount)
            .With("maxAvailableCount", query.MaxAvailableCount)
            .With("minAssignedCount", query.MinAssignedCount)
            .With("maxAssignedCount", query.MaxAssignedCount)
            .With("unlimited", query.Unlimited)
            .With("pageIndex", pageIndex);
        return GetAsync(address, token, AppleJson.Default.AssetsPage, ct);
    }

    /// <summary>
    /// Looks apps and books up in the store of a country, including custom apps of the token's organisation. An item that is missing in the
    /// result is unknown, not sold in that country, or not visible to the organisation; Apple does not say which.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/getting-app-and-book-information-legacy"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="adamIds">The store's numbers; any count, split into requests of fifty.</param>
    /// <param name="country">The country of the store, two letters; see <see cref="ClientConfig.Country"/>.</param>
    /// <param name="platform">The store; see <see cref="ClientConfig.DefaultPlatform"/>.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>What was found, by the store's number.</returns>
    /// <exception cref="AppleException">
    /// Apple does not answer, or unreadably; or <see cref="AppleErrorMeaning.TakenOver"/>: an answer to another call has stopped the token.
    /// </exception>
    public async Task<IReadOnlyDictionary<string, AppMetadata>> LookUpAsync(
        ContentToken token, IReadOnlyCollection<string> adamIds, string country, string platform, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentException.ThrowIfNullOrEmpty(country);
        ArgumentException.ThrowIfNullOrEmpty(platform);

        var found = new Dictionary<string, AppMetadata>(StringComparer.Ordinal);
        foreach (var some in adamIds.Distinct(StringComparer.Ordinal).Chunk(LookUpsPerRequest))
        {
            var call = await LookUpCallAsync(token, some, country, platform, ct);
            foreach (var item in await transport.SendAsync(call, AppMetadataReader.Read, ct))
                found[item.AdamId] = item;
        }
        return found;
    }

    private async Task<AppleCall> LookUpCallAsync(
        ContentToken token, string[] adamIds, string country, string platform, CancellationToken ct)
    {
        var query = new Query("")
            .With("version", 2)
            .With("id", string.Join(',', adamIds))
            .With("p", "mdm-lockup")
            .With("caller", "MDM")
            .With("platform", platform)
            .With("cc", country.ToLowerInvariant())
            .With("l", "en");

        var (config, permits) = (await service.GetAsync(ct), await PermitsAsync(ct));
        token.ThrowIfStopped();
        var address = options.MetadataAddress ?? MetadataAddress.From(config, options.BaseAddress)
            ?? throw new AppleException("The service config does not say where metadata is looked up.") { Meaning = AppleErrorMeaning.OutOfReach, IsNotSent = true };
        return new AppleCall("lookup", HttpMethod.Get, query.After(address))
        {
            Token = token,
            TokenInCookie = true,
            PermitsPerSecond = permits,
        };
    }
}
