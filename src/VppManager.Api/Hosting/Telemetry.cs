using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace VppManager.Api.Hosting;

/// <summary>Traces and metrics: always there to scrape at <c>/metrics</c>, sent by OTLP where an endpoint is set.</summary>
internal static class Telemetry
{
    private const string OwnSources = "VppManager.*";
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("vppmanager"))
            .WithTracing(traces => traces
                .AddAspNetCoreInstrumentation(options => options.Filter = context => !Probes.IsProbe(context))
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

    public static void MapTelemetry(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
}
