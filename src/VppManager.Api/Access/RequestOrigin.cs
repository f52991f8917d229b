using System.Text.Json;
using VppManager.Api.Hosting;

namespace VppManager.Api.Access;

/// <summary>
/// What the database is told of the request that is being served, with each statement and transaction: whose change it is, for the audit log;
/// and which scope tags a reader is bound to, for row-level security. It travels with the flow of the request, so no operation can forget it.
/// Background work has none.
/// </summary>
internal sealed record RequestOrigin(string? Audit, string? Tags, Allowed Allowed)
{
    private static readonly AsyncLocal<RequestOrigin?> Flow = new();

    public static RequestOrigin? Current => Flow.Value;

    public static async Task UseAsync(HttpContext http, RequestDelegate next)
    {
        Flow.Value = http.CallerOrNull() is { } caller ? Of(http, caller) : null;
        try
        {
            await next(http);
        }
        finally
        {
            Flow.Value = null;
        }
    }

    /// <summary>Work of the service's own within a request, such as reading what is shared between tags.</summary>
    public static IDisposable Suspend() => Set(null);

    /// <summary>Reads for somebody who is not there: bound to the tags that they had; null: to none.</summary>
    public static IDisposable Bind(IReadOnlyList<string>? tags) =>
        Set(tags is null ? null : new RequestOrigin(Audit: null, string.Join(',', tags), new Allowed(tags)));

    private static Restore Set(RequestOrigin? origin)
    {
        var before = Flow.Value;
        Flow.Value = origin;
        return new Restore(before);
    }

    private static RequestOrigin? Of(HttpContext http, Caller caller)
    {
        var reads = HttpMethods.IsGet(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<OnlyReadsMetadata>() is not null;
        var allowed = http.Allowed();
        if (reads && allowed.Tags is null) return null;

        return new RequestOrigin(
            reads || http.GetEndpoint()?.Metadata.GetMetadata<NotAuditedMetadata>() is not null ? null : Describe(http, caller),
            reads && allowed.Tags is { } tags ? string.Join(',', tags) : null,
            allowed);
    }

    private static string Describe(HttpContext http, Caller caller) => JsonSerializer.Serialize(new
    {
        id = caller.IsApplication ? caller.ApplicationId ?? caller.ObjectId.ToString() : caller.ObjectId.ToString(),
        name = caller.UserPrincipalName,
        application = caller.IsApplication,
        permissions = caller.Permissions.Order(StringComparer.Ordinal),
        tags = http.Allowed().Tags ?? [],
        address = http.Connection.RemoteIpAddress?.ToString(),
        correlation = http.RequestId(),
    });

    private sealed class Restore(RequestOrigin? before) : IDisposable
    {
        public void Dispose() => Flow.Value = before;
    }
}
