namespace VppManager.Api.Hosting;

/// <summary>What only looks whether we live: not worth a line or a trace each time.</summary>
internal static class Probes
{
    public static bool IsProbe(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/healthz", StringComparison.Ordinal) || context.Request.Path == "/metrics";
}
