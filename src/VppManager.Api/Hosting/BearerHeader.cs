using System.Net.Http.Headers;

namespace VppManager.Api.Hosting;

/// <summary>The secret that a caller without a user presents, as <c>Authorization: Bearer …</c>.</summary>
internal static class BearerHeader
{
    /// <returns>Null when there is none.</returns>
    public static string? Of(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
        && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) && !string.IsNullOrEmpty(header.Parameter)
            ? header.Parameter
            : null;
}
