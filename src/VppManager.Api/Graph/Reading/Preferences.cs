using System.Globalization;
using VppManager.Api.Graph.Query;

namespace VppManager.Api.Graph.Reading;

/// <summary>The header Prefer: what a client would like, and gets told that it got.</summary>
internal static class Preferences
{
    private const string PageSize = "odata.maxpagesize";
    private const string Minimal = "return=minimal";

    /// <summary>odata.maxpagesize; null when it is not asked for, or not usable.</summary>
    public static int? MaxPageSize(HttpContext http)
    {
        var value = Of(http).FirstOrDefault(one =>
            one.StartsWith(PageSize + "=", StringComparison.OrdinalIgnoreCase))?[(PageSize.Length + 1)..].Trim('"');
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            || size is < 1 or > QueryPlan.LargestPage) return null;

        http.Response.Headers["Preference-Applied"] = $"{PageSize}={size}";
        return size;
    }

    /// <summary>Whether the answer to a write may be without a body.</summary>
    public static bool WantsNoBody(HttpContext http)
    {
        if (!Of(http).Contains(Minimal, StringComparer.OrdinalIgnoreCase)) return false;

        http.Response.Headers["Preference-Applied"] = Minimal;
        return true;
    }

    private static IEnumerable<string> Of(HttpContext http) =>
        http.Request.Headers["Prefer"].SelectMany(header => (header ?? "")
            .Split([',', ';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
}
