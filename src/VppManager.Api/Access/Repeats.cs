using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Hosting;

namespace VppManager.Api.Access;

/// <summary>
/// Graph's clients send a POST again when the answer was lost, with the same client-request-id and a header that counts the attempts. What the
/// first one made is found again, so nothing is made twice. Without that header an id says nothing: scripts use one for a whole run.
/// </summary>
internal sealed class Repeats(VppContext context, TimeProvider time)
{
    private const string Attempt = "Retry-Attempt";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Whether the client says that it has sent this request before.</summary>
    public static bool IsAgain(HttpContext http) => http.Request.Headers.ContainsKey(Attempt);

    /// <summary>What an earlier attempt of this request has made; null for a first attempt.</summary>
    public async Task<string?> MadeAsync(HttpContext http, Caller caller, string collection)
    {
        if (!IsAgain(http) || http.ClientRequestId() is not { } id) return null;

        context.Tenant = caller.TenantId;
        var since = time.GetUtcNow() - Kept;
        return await context.CreatedByRequests.Where(one => one.RequestId == id && one.Collection == collection && one.At > since)
            .Select(one => one.ResourceId).FirstOrDefaultAsync(http.RequestAborted);
    }

    public async Task RememberAsync(HttpContext http, Caller caller, string collection, string resource)
    {
        if (http.ClientRequestId() is not { } id) return;

        context.Tenant = caller.TenantId;
        var now = time.GetUtcNow();
        await using var transaction = await context.Database.BeginTransactionAsync(http.RequestAborted);
        await context.CreatedByRequests.Where(old => old.At < now - Kept).ExecuteDeleteAsync(http.RequestAborted);
        await context.Database.ExecuteSqlAsync($"""
            insert into created_by_request (tenant_id, request_id, collection, resource_id, at)
            values ({caller.TenantId}, {id}, {collection}, {resource}, {now})
            on conflict (tenant_id, request_id, collection) do update set resource_id = excluded.resource_id, at = excluded.at
            """, http.RequestAborted);
        await transaction.CommitAsync(http.RequestAborted);
    }
}
