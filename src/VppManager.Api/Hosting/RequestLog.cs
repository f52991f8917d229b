using Microsoft.AspNetCore.Diagnostics;
using Serilog;
using Serilog.AspNetCore;
using Serilog.Events;
using VppManager.Api.Access;

namespace VppManager.Api.Hosting;

/// <summary>One line a request, by the route it matched: never the address as sent, a header or a query.</summary>
internal static class RequestLog
{
    public static void UseRequestLog(this WebApplication app) => app.UseSerilogRequestLogging(Configure(app.Services.GetRequiredService<Serilog.ILogger>()));

    private static Action<RequestLoggingOptions> Configure(Serilog.ILogger logger) => options =>
    {
        options.Logger = logger;
        options.MessageTemplate = "{Method} {Route} {Status} in {Elapsed:0.0} ms, request {RequestId}, tenant {TenantId}";
        options.GetMessageTemplateProperties = Properties;
        options.GetLevel = Level;
        options.IncludeQueryInRequestPath = false;
    };

    private static IEnumerable<LogEventProperty> Properties(HttpContext context, string path, double elapsed, int status) =>
    [
        Property("Method", context.Request.Method),
        Property("Route", Route(context)),
        Property("Status", status),
        Property("Elapsed", elapsed),
        Property("RequestId", context.RequestId()),
        Property("TenantId", context.CallerOrNull()?.TenantId.ToString() ?? "none"),
    ];

    private static LogEventLevel Level(HttpContext context, double elapsed, Exception? cause) => context.Response.StatusCode switch
    {
        _ when Probes.IsProbe(context) => LogEventLevel.Debug,
        >= StatusCodes.Status500InternalServerError => LogEventLevel.Error,
        _ => LogEventLevel.Information,
    };

    // After a fault the request no longer has its endpoint; the handler of faults remembers it.
    private static string Route(HttpContext context) =>
        ((context.GetEndpoint() ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint) as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    private static LogEventProperty Property(string name, object value) => new(name, new ScalarValue(value));
}
