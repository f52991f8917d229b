using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Hosting;

namespace VppManager.Api.Access;

/// <summary>
/// Where a caller who is bound to scope tags changes something, the token, app or licence that the address names must carry one of them;
/// otherwise it is not there for the caller (G2). What follows behind the door works on the whole tenant, as licensing must.
/// </summary>
internal static class ScopeDoor
{
    private static readonly (string Segment, string Sql)[] Doors =
    [
        ("vppTokens", "select exists (select from tokens where tenant_id = $1 and id = $2 and role_scope_tag_ids && $3)"),
        ("tokens", "select exists (select from tokens where tenant_id = $1 and id = $2 and role_scope_tag_ids && $3)"),
        ("mobileApps", "select exists (select from apps where tenant_id = $1 and id = $2 and scope_tags && $3)"),
        ("managedEBooks", "select exists (select from apps where tenant_id = $1 and id = $2 and scope_tags && $3)"),
        ("apps", "select exists (select from apps where tenant_id = $1 and id = $2 and scope_tags && $3)"),
        ("licenses", """
            select exists (
                select from licenses l join apps a on a.tenant_id = l.tenant_id and a.pool_id = l.pool_id
                where l.tenant_id = $1 and l.id = $2 and a.scope_tags && $3)
            """),
    ];

    public static Task PassAsync(HttpContext http, RequestDelegate next) =>
        http.Allowed().Tags is { } tags && Door(http) is var (id, sql) ? PassAsync(http, next, id, sql, tags) : next(http);

    private static async Task PassAsync(HttpContext http, RequestDelegate next, Guid id, string sql, IReadOnlyList<string> tags)
    {
        if (await IsThereAsync(http, id, sql, tags)) await next(http);
        else await StatusAnswers.WriteAsync(http, StatusCodes.Status404NotFound, Code(http), $"The resource '{id}' does not exist.");
    }

    private static string Code(HttpContext http) => GraphPaths.IsGraph(http.Request.Path) ? "ResourceNotFound" : "NotFound";

    /// <summary>The part of the address behind which a key stands that has tags.</summary>
    private static (Guid Id, string Sql)? Door(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint { RoutePattern.PathSegments: var pattern }) return null;

        var segments = (http.Request.Path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + 1 < Math.Min(pattern.Count, segments.Length); i++)
        {
            var door = Array.Find(Doors, one => one.Segment.Equals(segments[i], StringComparison.OrdinalIgnoreCase));
            if (door.Sql is not null && pattern[i + 1].Parts[0].IsParameter) return (Guid.TryParse(segments[i + 1], out var id) ? id : Guid.Empty, door.Sql);
        }

        return null;
    }

    private static async Task<bool> IsThereAsync(HttpContext http, Guid id, string sql, IReadOnlyList<string> tags)
    {
        var tenant = http.Caller().TenantId;
        await using var batch = http.RequestServices.GetRequiredService<NpgsqlDataSource>().CreateBatch();
        batch.BatchCommands.Add(TenantSql.Whole(tenant));
        batch.BatchCommands.Add(Sql.Command(sql, tenant, id, tags.ToArray()));
        await using var reader = await batch.ExecuteReaderAsync(http.RequestAborted);
        await reader.NextResultAsync(http.RequestAborted);
        return await reader.ReadAsync(http.RequestAborted) && reader.GetBoolean(0);
    }
}
