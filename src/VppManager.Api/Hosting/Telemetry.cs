using System.Diagnostics;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using VppManager.Api.Reports;

namespace VppManager.Api.Hosting;

/// <summary>Traces and metrics: to scrape at <c>/metrics</c> by whoever has its token, sent by OTLP where an endpoint is set.</summary>
internal static class Telemetry
{
    private const string OwnSources = "VppManager.*";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Path = "/metrics";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<MetricsOptions>(MetricsOptions.Section);
        builder.Services.AddSingleton<MetricsAccess>();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("vppmanager"))
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(options =>
                {
                    options.Filter = context => !Probes.IsProbe(context);
                    options.EnrichWithHttpRequest = HideLinks;
                })
                .AddHttpClientInstrumentation()
                .AddNpgsql()
                .AddSource(OwnSources))
            .WithMetrics(metrics => metrics
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation()
                .AddMeter("Npgsql", OwnSources)
                .AddPrometheusExporter());

        if (builder.Configuration[OtlpEndpoint] is { Length: > 0 }) telemetry.UseOtlpExporter();
    }

    public static void MapTelemetry(this WebApplication app)
    {
        var access = app.Services.GetRequiredService<MetricsAccess>();
        if (!access.IsServed) return;

        app.MapPrometheusScrapingEndpoint(Path).AllowAnonymous().Add(endpoint =>
        {
            var scrape = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = http => access.Allows(http.Request) ? scrape(http) : RefuseAsync(http);
        });
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return StatusAnswers.WriteAsync(http, StatusCodes.Status401Unauthorized, "InvalidAuthenticationToken", "The token of the setting Metrics:Token is needed.");
    }

    // Whoever has the address of an export has its file.
    private static void HideLinks(Activity activity, HttpRequest request)
    {
        if (request.Path.StartsWithSegments(ReportsRegistration.Downloads, StringComparison.OrdinalIgnoreCase))
            activity.SetTag("url.path", ReportsRegistration.Downloads + "/{link}");
    }
}
