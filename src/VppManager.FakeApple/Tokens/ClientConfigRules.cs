using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Tokens;

/// <summary>What <c>client/config</c> refuses.</summary>
internal static class ClientConfigRules
{
    public static AppleError? Check(ClientConfigRequest request, FakeSettings settings) =>
        Claim(request.MdmInfo, settings.Limits) ?? Webhook(request, settings) ?? Types(request.NotificationTypes);

    private static AppleError? Claim(MdmInfo? info, ServiceLimits limits)
    {
        if (info is null) return null;
        if (info.Id is null || info.Name is null || info.Metadata is null) return new AppleError(9723);
        if (info.Id.Length > limits.MaxMdmIdLength) return new AppleError(9724);
        if (info.Name.Length > limits.MaxMdmNameLength) return new AppleError(9725);

        return info.Metadata.Length > limits.MaxMdmMetadataLength ? new AppleError(9713) : null;
    }

    private static AppleError? Webhook(ClientConfigRequest request, FakeSettings settings)
    {
        var (url, token) = (request.NotificationUrl, request.NotificationAuthToken);
        if (url is null && token is null) return null;
        if (string.IsNullOrEmpty(url) != string.IsNullOrEmpty(token)) return new AppleError(9710);
        if (Math.Max(url!.Length, token!.Length) > settings.Limits.MaxNotificationLength) return new AppleError(9711);

        return url.Length == 0 || IsAddress(url, settings) ? null : new AppleError(9712);
    }

    private static bool IsAddress(string url, FakeSettings settings) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri)
        && uri.Query.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && settings.Webhooks.AllowLoopbackHttp));

    private static AppleError? Types(IReadOnlyList<string>? types) =>
        types?.All(Notification.Types.Contains) == false ? new AppleError(9602) : null;
}
