using VppManager.Api.Graph.Batch;

namespace VppManager.Api.Hosting;

/// <summary>Graph's two ids of a request: ours (<c>request-id</c>) and the caller's own (<c>client-request-id</c>).</summary>
internal static class RequestIds
{
    public const string RequestIdHeader = "request-id";
    public const string ClientRequestIdHeader = "client-request-id";

    // Where Graph served the request: clients write it into their logs. We have no data centres to name.
    private const string Diagnostic = """{"ServerInfo":{"DataCenter":"","Slice":"E","Ring":"1","ScaleUnit":"001","RoleInstance":""}}""";

    private const int LongestEcho = 128;
    private static readonly object Key = new();

    public static string RequestId(this HttpContext context)
    {
        if (context.Items.TryGetValue(Key, out var known) && known is string id) return id;

        id = Guid.NewGuid().ToString();
        context.Items[Key] = id;
        return id;
    }

    /// <summary>The caller's id, or null when it sent none or one that cannot be repeated in a header.</summary>
    public static string? ClientRequestId(this HttpContext context)
    {
        var sent = context.Request.Headers[ClientRequestIdHeader].ToString();

        return sent.Length is > 0 and <= LongestEcho && sent.All(c => c is >= ' ' and <= '~') ? sent : null;
    }

    /// <summary>Puts both ids, and under Graph's paths the OData version, on the answer.</summary>
    public static void WriteRequestIds(this HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[RequestIdHeader] = context.RequestId();
        if (context.ClientRequestId() is { } sent) headers[ClientRequestIdHeader] = sent;
        if (!GraphPaths.IsGraph(context.Request.Path)) return;

        headers["OData-Version"] = "4.0";
        headers["x-ms-ags-diagnostic"] = Diagnostic;
    }

    /// <summary>Written as the answer starts, so that whatever clears the headers on the way cannot lose them.</summary>
    public static void UseRequestIds(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.TraceIdentifier = context.RequestId();
        context.Response.OnStarting(static state =>
        {
            ((HttpContext)state).WriteRequestIds();
            if (((HttpContext)state).Features.Get<BatchExchange>() is null) ((HttpContext)state).WriteSecurityHeaders();
            return Task.CompletedTask;
        }, context);
        return next(context);
    });
}
