using VppManager.Api.Data;
using VppManager.Apple;
using AppleSide = VppManager.Apple.Directory;

namespace VppManager.Api.Licenses;

/// <summary>What becomes of Apple users when their request has ended.</summary>
internal static class AppleUsers
{
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

    /// <summary>
    /// Apple reports users unasked, as they are now. Of a request's, those that it carries; without one, those who accepted their invitations.
    /// A late report puts nobody back to what they were before.
    /// </summary>
    public static async Task ReportedAsync(
        TenantTransaction transaction, Guid location, Guid? request, IReadOnlyList<AppleSide.AppleUser> users, DateTimeOffset now, CancellationToken ct)
    {
        var known = users.Where(user => user.Status is AppleSide.AppleUserStatus.Registered or AppleSide.AppleUserStatus.Associated)
            .GroupBy(user => user.ClientUserId).Select(same => same.Last()).ToList();
        if (known.Count == 0) return;

        await transaction.ExecuteAsync(Sql.Command("""
            update apple_users u set status = n.status, id_hash = coalesce(n.id_hash, u.id_hash), reason = null, changed_at = $4
            from unnest($5::text[], $6::text[], $7::text[]) as n (client_user_id, status, id_hash)
            where u.tenant_id = $1 and u.location_id = $2 and u.client_user_id = n.client_user_id
              and case when $3::uuid is null then u.status in ('creating', 'registered') and n.status = 'associated' else u.request_id = $3 and u.status in ('creating', 'registered') end
            """, transaction.Tenant, location, request, now,
            known.Select(user => user.ClientUserId).ToArray(), known.Select(user => user.Status!.ToLowerInvariant()).ToArray(),
            known.Select(user => user.IdHash).ToArray()), ct);
    }
}
