using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Apple;
using AppleSide = VppManager.Apple.Directory;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>The rows of Apple users, brought in line with what Apple says. Each is one statement, whatever the number of users.</summary>
internal static class AppleAccountRows
{
    public const string AccountTaken = "apple:9641";

    /// <summary>Takes over status, hash and invite code of all of ours that were seen, whichever request they are in.</summary>
    public static async Task SeeAsync(
        TenantTransaction transaction, Guid location, UsersAtApple seen, InviteCodes codes, DateTimeOffset now, CancellationToken ct)
    {
        var users = seen.Active.Where(one => one.Status is AppleSide.AppleUserStatus.Registered or AppleSide.AppleUserStatus.Associated).ToList();
        if (users.Count > 0)
        {
            var ours = await transaction.ReadAsync(
                Sql.Command(Ours, transaction.Tenant, location, users.Select(one => one.ClientUserId).ToArray()), row => row.GetString(0), ct);
            var known = users.IntersectBy(ours, one => one.ClientUserId).ToList();
            await transaction.ExecuteAsync(Sql.Command(See, transaction.Tenant, location, now,
                known.Select(one => one.ClientUserId).ToArray(),
                known.Select(one => one.Status == AppleSide.AppleUserStatus.Registered ? "registered" : "associated").ToArray(),
                known.Select(one => one.IdHash).ToArray(),
                known.Select(one => one.InviteCode is { Length: > 0 } code ? codes.Protect(code) : null).ToArray()), ct);
        }

        if (seen.Version is { } version)
            await transaction.ExecuteAsync(
                Sql.Command("update locations set users_version = $3 where tenant_id = $1 and id = $2", transaction.Tenant, location, version), ct);
    }

    /// <summary>Ends the request for each of its users.</summary>
    public static Task<int> EndAsync(
        TenantTransaction transaction, AppleRequest request, IReadOnlyList<AppleUserOutcome> outcomes, DateTimeOffset now, CancellationToken ct) =>
        transaction.ExecuteAsync(Sql.Command(End, transaction.Tenant, request.Id, now,
            outcomes.Select(one => one.ClientUserId).ToArray(),
            outcomes.Select(one => one.Status is { } status ? EnumText.Of(status) : null).ToArray(),
            outcomes.Select(one => one.Reason).ToArray(),
            outcomes.Select(one => one.Untold).ToArray(),
            request.Kind is AppleRequestKind.RetireUsers), ct);

    /// <summary>Apple does not know these users: they are registered anew when they are needed; one that was to be retired is.</summary>
    public static Task<int> UnknownAsync(TenantTransaction transaction, Guid location, string[] users, DateTimeOffset now, CancellationToken ct) =>
        transaction.ExecuteAsync(Sql.Command("""
            update apple_users
            set status = case when retire_asked_at is null then 'new' else 'retired' end, request_id = null, protected_invite_code = null, changed_at = $4
            where tenant_id = $1 and location_id = $2 and client_user_id = any ($3) and status in ('registered', 'associated')
            """, transaction.Tenant, location, users, now), ct);

    /// <summary>The request is taken apart: its users are planned again.</summary>
    public static Task<int> UnplanAsync(TenantTransaction transaction, Guid request, CancellationToken ct) =>
        transaction.ExecuteAsync(Sql.Command("""
            update apple_users
            set status = case when status = 'creating' then 'new' else status end, request_id = null,
                managed_apple_id = case when retire_asked_at is null then null else managed_apple_id end
            where tenant_id = $1 and request_id = $2
            """, transaction.Tenant, request), ct);

    /// <summary>A former user of ours has the account still, though given up here: it is retired once more, and whoever needs the account comes after it.</summary>
    public static async Task GiveWayAsync(
        TenantTransaction transaction, Guid location, UsersAtApple seen, IReadOnlyList<AppleUserOutcome> outcomes, DateTimeOffset now, CancellationToken ct)
    {
        string[] refused = [.. outcomes.Where(one => one.Reason == AccountTaken).Select(one => one.ClientUserId)];
        if (refused.Length == 0) return;

        var active = seen.Active.Select(one => one.ClientUserId).ToArray();
        await transaction.ExecuteAsync(Sql.Command(GiveWay, transaction.Tenant, location, refused, active, now), ct);
    }

    private const string Ours = "select client_user_id from apple_users where tenant_id = $1 and location_id = $2 and client_user_id = any ($3)";

    private const string See = """
        update apple_users u
        set status = n.status, id_hash = coalesce(n.id_hash, u.id_hash),
            protected_invite_code = case when n.status = 'registered' then coalesce(n.code, u.protected_invite_code) end,
            changed_at = case when u.status = n.status then u.changed_at else $3 end
        from unnest($4::text[], $5::text[], $6::text[], $7::text[]) as n (id, status, id_hash, code)
        where u.tenant_id = $1 and u.location_id = $2 and u.client_user_id = n.id and u.status in ('creating', 'registered', 'associated')
        """;

    /// <summary>
    /// Whom Apple did not show, though its event was complete, is what such a user becomes. Who has been given up meanwhile is retired, whatever Apple
    /// thought of a change: only a refused retirement keeps its reason, and is not asked for again.
    /// </summary>
    private const string End = """
        update apple_users u
        set status = coalesce(o.status, case when u.status <> 'creating' then u.status when u.account = 'managed' then 'associated' else 'registered' end),
            reason = case when u.retire_asked_at is null or $8 then o.reason end, managed_apple_id = case when o.untold then null else u.managed_apple_id end,
            protected_invite_code = case when o.status is null then u.protected_invite_code end, request_id = null, changed_at = $3
        from unnest($4::text[], $5::text[], $6::text[], $7::boolean[]) as o (id, status, reason, untold)
        where u.tenant_id = $1 and u.request_id = $2 and u.client_user_id = o.id
        """;

    public const string FormerOwners = """
        select o.client_user_id
        from apple_users u join apple_users o on o.tenant_id = $1 and o.location_id = $2 and lower(o.managed_apple_id) = lower(u.managed_apple_id)
        where u.tenant_id = $1 and u.location_id = $2 and u.client_user_id = any ($3) and o.status = 'retired'
        """;

    private const string GiveWay = """
        with again as (
            update apple_users o set status = 'associated', retire_asked_at = $5, request_id = null, reason = null, changed_at = $5
            from apple_users u
            where u.tenant_id = $1 and u.location_id = $2 and u.client_user_id = any ($3)
              and o.tenant_id = $1 and o.location_id = $2 and o.client_user_id = any ($4) and o.status = 'retired'
              and lower(o.managed_apple_id) = lower(u.managed_apple_id)
            returning u.id)
        update apple_users set status = 'new', reason = null where tenant_id = $1 and id in (select id from again)
        """;
}
