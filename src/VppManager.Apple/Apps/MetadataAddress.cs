using VppManager.Apple.Tokens;

namespace VppManager.Apple.Apps;

/// <summary>Where to look metadata up: where Apple's service config says, else where it always was.</summary>
internal static class MetadataAddress
{
    private static readonly Uri Usual = new("https://uclient-api.itunes.apple.com/WebObjects/MZStorePlatform.woa/wa/lookup");

    public static Uri From(ServiceConfig config, Uri baseAddress)
    {
        // The token goes to this address as a cookie: to nobody but Apple, and never over a less safe way than to Apple's service itself.
        return config.Urls.TryGetValue("contentMetadataLookup", out var text)
            && Uri.TryCreate(text, UriKind.Absolute, out var address)
            && IsOfApple(baseAddress, address)
            && IsAsSafeAs(baseAddress, address)
            ? address
            : Usual;
    }

    private static bool IsOfApple(Uri baseAddress, Uri address) =>
        address.Host.Equals(baseAddress.Host, StringComparison.OrdinalIgnoreCase) || address.Host.EndsWith(".apple.com", StringComparison.OrdinalIgnoreCase);

    private static bool IsAsSafeAs(Uri baseAddress, Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == baseAddress.Scheme && address.IsLoopback == baseAddress.IsLoopback);
}
