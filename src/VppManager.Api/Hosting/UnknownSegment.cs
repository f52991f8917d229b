using Microsoft.AspNetCore.Routing.Patterns;

namespace VppManager.Api.Hosting;

/// <summary>The first part of an address that no route goes on with: what Graph names when it finds nothing.</summary>
internal static class UnknownSegment
{
    public static string Of(HttpContext context)
    {
        var segments = context.Request.Path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var routes = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints
            .OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.PathSegments).ToList();

        for (var length = 1; length <= segments.Length; length++)
        {
            routes = routes.FindAll(route => route.Count >= length && Fits(route[length - 1], segments[length - 1]));
            if (routes.Count == 0) return segments[length - 1];
        }

        return segments.LastOrDefault("");
    }

    private static bool Fits(RoutePatternPathSegment segment, string text) =>
        segment.Parts is not [RoutePatternLiteralPart literal] || string.Equals(literal.Content, text, StringComparison.OrdinalIgnoreCase);
}
