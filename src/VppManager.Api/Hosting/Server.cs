using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace VppManager.Api.Hosting;

/// <summary>The HTTP server itself: limits, compressed bodies, ids of requests, and a form for every error.</summary>
internal static class Server
{
    public static void AddServer(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<ServerOptions>(ServerOptions.Section);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Host.UseDefaultServiceProvider((_, provider) =>
        {
            provider.ValidateOnBuild = true;
            provider.ValidateScopes = true;
        });
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddForwardedRequests();
        builder.Services.AddRequestDecompression();
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<FaultAnswers>();
    }

    public static void UseServer(this WebApplication app)
    {
        app.LimitBodies();
        app.UseForwardedRequests();
        app.UseRequestIds();
        app.UseRequestLog();
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = context => FaultAnswers.IsCallersFault(context.Exception) });
        app.UseStatusCodePages(StatusAnswers.WriteAsync);
        app.UseRequestDecompression();
    }

    // The server is there before the settings have been checked.
    private static void LimitBodies(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<IOptions<ServerOptions>>().Value;
        var limits = app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        limits.MaxRequestBodySize = settings.MaxBodyBytes;
        limits.MinRequestBodyDataRate = new MinDataRate(settings.SlowestBody, settings.SlowestBodyGrace);
    }
}
