using VppManager.Apple.Tokens;

namespace VppManager.Apple.Apps;

/// <summary>Where to look metadata up: where Apple's service config says, else where it always was.</summary>
internal static class MetadataAddress
{
    private static readonly Uri Usual = new("https://uclient-api.itunes.apple.com/WebObjects/MZStorePlatform.woa/wa/lookup");

    /// <summary>Null for another service than Apple's that does not say where: its tokens are no business of Apple's.</summary>
    public static Uri? From(ServiceConfig config, Uri baseAddress)
    {
        // The token goes to this address as a cookie: to nobody but Apple, and never over a less safe way than to Apple's service itself.
        if (config.Urls.TryGetValue("contentMetadataLookup", out var text)
            && Uri.TryCreate(text, UriKind.Absolute, out var address)
            && (IsOfApple(address) || IsSameHost(baseAddress, address))
            && IsAsSafeAs(baseAddress, address))
            return address;

        return IsOfApple(baseAddress) ? Usual : null;
    }

    private static bool IsOfApple(Uri address) => address.Host.EndsWith(".apple.com", StringComparison.OrdinalIgnoreCase);

    private static bool IsSameHost(Uri baseAddress, Uri address) => address.Host.Equals(baseAddress.Host, StringComparison.OrdinalIgnoreCase);

    private static bool IsAsSafeAs(Uri baseAddress, Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == baseAddress.Scheme && address.IsLoopback == baseAddress.IsLoopback);
}
