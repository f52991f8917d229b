namespace VppManager.Api.Hosting;

/// <summary>Which addresses speak Graph: they answer, and refuse, in Graph's form. The others speak plain HTTP APIs.</summary>
internal static class GraphPaths
{
    public static bool IsGraph(PathString path) =>
        path.StartsWithSegments("/v1.0", StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments("/beta", StringComparison.OrdinalIgnoreCase);
}
