using VppManager.Api.Data;
using VppManager.Apple;

namespace VppManager.Api.Licenses;

/// <summary>What becomes of Apple users when their request has ended.</summary>
internal static class AppleUsers
{
    /// <summary>Apple does not know these users (any more): whoever needs them has them made known anew.</summary>
    public static Task<int> ForgetAsync(TenantTransaction transaction, Guid location, string[] clientUserIds, CancellationToken ct) =>
        transaction.ExecuteAsync(
            Sql.Command("""
                update apple_users set status = 'new', request_id = null where tenant_id = $1 and location_id = $2 and client_user_id = any ($3)
                """, transaction.Tenant, location, clientUserIds), ct);

    /// <summary>Those that Apple named in a failure failed, all others are registered.</summary>
    public static async Task RegisteredAsync(
        TenantTransaction transaction, AppleRequest request, IReadOnlyList<AppleError> failures, DateTimeOffset now, CancellationToken ct)
    {
        var refused = failures
            .Where(failure => failure.Meaning is not AppleErrorMeaning.UserExists)
            .SelectMany(failure => failure.ErrorInfo?.ClientUserIds.Select(id => (id, Reason: $"apple:{failure.ErrorNumber}")) ?? [])
            .DistinctBy(one => one.id)
            .ToList();

        await transaction.ExecuteAsync(Sql.Command("""
            update apple_users u
            set status = case when f.id is null then 'registered' else 'failed' end, reason = f.reason, request_id = null, changed_at = $3
            from apple_users old left join unnest($4::text[], $5::text[]) as f (id, reason) on f.id = old.client_user_id
            where old.tenant_id = $1 and old.request_id = $2 and u.tenant_id = $1 and u.id = old.id and u.status = 'creating'
            """, transaction.Tenant, request.Id, now, refused.Select(one => one.id).ToArray(), refused.Select(one => one.Reason).ToArray()), ct);

        if (refused.Count > 0) await Seats.FailUsersAsync(transaction, request.LocationId, [.. refused.Select(one => one.id)], now, ct);
    }
}
