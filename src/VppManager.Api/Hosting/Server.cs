namespace VppManager.Api.Hosting;

/// <summary>The HTTP server itself: limits, compressed bodies, ids of requests, and a form for every error.</summary>
internal static class Server
{
    public static void AddServer(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<ServerOptions>(ServerOptions.Section);
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = context.Configuration.GetValue(
                $"{ServerOptions.Section}:{nameof(ServerOptions.MaxBodyBytes)}", ServerOptions.DefaultMaxBodyBytes);
        });
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
        app.UseForwardedRequests();
        app.UseRequestIds();
        app.UseRequestLog();
        app.UseExceptionHandler(new ExceptionHandlerOptions { SuppressDiagnosticsCallback = context => FaultAnswers.IsCallersFault(context.Exception) });
        app.UseStatusCodePages(StatusAnswers.WriteAsync);
        app.UseRequestDecompression();
    }
}
