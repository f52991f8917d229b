using VppManager.Api.Tokens;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Apps;

/// <summary>Which stores to read for a token.</summary>
/// <param name="Country">The token's; it may be changed by hand (T14).</param>
/// <param name="LocationCountry">The one that Apple names.</param>
/// <param name="Platform">The store's own word for business or education.</param>
internal sealed record MetadataStore(Guid Tenant, Guid Token, ContentToken Content, string Country, string? LocationCountry, string Platform)
{
    public static MetadataStore Of(Guid tenant, Token token, Location location, ContentToken content) => new(
        tenant, token.Id, content,
        (token.CountryOrRegion ?? location.Country ?? "us").ToLowerInvariant(), location.Country?.ToLowerInvariant(),
        location.DefaultPlatform ?? "enterprisestore");

    /// <summary>Where to look for an app, in this order.</summary>
    public IReadOnlyList<string> Countries(IReadOnlyList<string> further) => [.. ((string?[])[Country, LocationCountry, .. further]).OfType<string>().Distinct()];
}
