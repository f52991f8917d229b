using VppManager.Api.Graph.Query;

namespace VppManager.Api.Graph.Sets;

/// <summary>
/// @odata.nextLink: the request as it came, on the host that the caller knows, with the place where the next page begins.
/// </summary>
internal static class PagingLink
{
    public static string? Of(HttpRequest request, string? token)
    {
        if (token is null)
        {
            return null;
        }

        var kept = request.Query
            .Where(option => QueryText.OptionName(option.Key) is not ("$skiptoken" or "$skip"))
            .SelectMany(option => option.Value.Select(value => Escape(option.Key) + "=" + Escape(value ?? "")));
        var address = request.Scheme + "://" + request.Host + request.PathBase + request.Path.ToUriComponent();
        return address + "?" + string.Join('&', kept.Append("$skiptoken=" + Escape(token)));
    }

    private static string Escape(string text) => Uri.EscapeDataString(text).Replace("%24", "$", StringComparison.Ordinal);
}
