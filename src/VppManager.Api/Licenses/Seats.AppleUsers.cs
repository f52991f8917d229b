using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>What happens to seats when the Apple user who holds or awaits them does not come about, or goes.</summary>
internal static partial class Seats
{
    /// <summary>Locks the pools of which these users have a licence, before anything of the users is changed: everybody locks in this order.</summary>
    public static async Task<Guid[]> LockPoolsOfUsersAsync(TenantTransaction transaction, Guid location, string[] clientUserIds, CancellationToken ct)
    {
        Guid[] pools = [.. await transaction.ReadAsync(Sql.Command(PoolsOfUsers, transaction.Tenant, location, clientUserIds), row => row.GetGuid(0), ct)];
        await LockAsync(transaction, pools, ct);
        return pools;
    }

    /// <summary>Nobody takes or frees a seat, nor plans, where the user is known to Apple: before the user is given up there.</summary>
    public static Task<int> KeepAtLocationsOfAsync(TenantTransaction transaction, Guid user, CancellationToken ct) =>
        transaction.ExecuteAsync(Sql.Command("""
            select 1 from pools
            where tenant_id = $1 and location_id in (select location_id from apple_users where tenant_id = $1 and user_id = $2 and status <> 'retired')
            order by id for update
            """, transaction.Tenant, user), ct);

    /// <summary>Who failed with Apple gets nothing: what they were to get fails with their reason, and the seats go to those who wait.</summary>
    public static async Task FailUsersAsync(TenantTransaction transaction, Guid[] pools, DateTimeOffset now, CancellationToken ct)
    {
        var failed = await transaction.ExecuteAsync(Sql.Command(FailUsers, transaction.Tenant, pools, now), ct);
        if (failed > 0) await transaction.ExecuteAsync(Sql.Command(Promote, transaction.Tenant, pools, now), ct);
    }

    /// <summary>
    /// These users are about to be retired: what can be taken back is releasing, by the request that retires them; what Apple was not told of is released.
    /// </summary>
    public static Task<int> RetiringAsync(
        TenantTransaction transaction, Guid[] pools, string[] clientUserIds, Guid request, DateTimeOffset now, CancellationToken ct) =>
        transaction.ExecuteAsync(Sql.Command(Retiring, transaction.Tenant, pools, clientUserIds, request, now), ct);

    /// <summary>Apple has no such users any more: all that can be taken back from them is free.</summary>
    public static async Task RetiredAsync(TenantTransaction transaction, Guid[] pools, string[] clientUserIds, DateTimeOffset now, CancellationToken ct)
    {
        if (clientUserIds.Length == 0) return;
        await transaction.ExecuteAsync(Sql.Command(Retired, transaction.Tenant, pools, clientUserIds, now), ct);
        await transaction.ExecuteAsync(Sql.Command(Promote, transaction.Tenant, pools, now), ct);
    }

    /// <summary>Apple refused to retire these users: what was releasing by that is held.</summary>
    public static Task<int> NotRetiredAsync(TenantTransaction transaction, string[] clientUserIds, Guid request, DateTimeOffset now, CancellationToken ct) =>
        transaction.ExecuteAsync(Sql.Command("""
            update licenses set state = 'held', request_id = null, changed_at = $4
            where tenant_id = $1 and request_id = $2 and holder = any ($3) and state = 'releasing'
            """, transaction.Tenant, request, clientUserIds, now), ct);

    /// <summary>
    /// Users who failed for their Managed Apple Account get another chance when the directory knows another one; those who have none any more fail.
    /// </summary>
    private static async Task ReconsiderUsersAsync(TenantTransaction transaction, Guid[] pools, DateTimeOffset now, CancellationToken ct)
    {
        await transaction.ExecuteAsync(Sql.Command(OtherAccount, transaction.Tenant, pools, now), ct);
        await transaction.ExecuteAsync(Sql.Command(NoAccount, transaction.Tenant, pools, now), ct);
    }

    private const string PoolsOfUsers = """
        select distinct k.pool_id
        from apple_users au
        cross join lateral (
            select l.pool_id from licenses l
            where l.tenant_id = $1 and l.user_id = au.user_id and l.holder_kind = 'user' and l.holder = au.client_user_id and l.state <> 'released'
            offset 0) k
        join pools p on p.tenant_id = $1 and p.id = k.pool_id and p.location_id = $2
        where au.tenant_id = $1 and au.location_id = $2 and au.client_user_id = any ($3)
        """;

    private const string FailUsers = """
        update licenses l set state = 'failed', request_id = null, changed_at = $3, reason = au.reason
        from pools p join apple_users au on au.tenant_id = $1 and au.location_id = p.location_id and au.status = 'failed'
        where p.tenant_id = $1 and p.id = any ($2)
          and l.tenant_id = $1 and l.pool_id = p.id and l.holder_kind = 'user' and l.holder = au.client_user_id
          and l.state in ('waiting', 'assigning') and l.request_id is null
        """;

    private const string Retiring = """
        update licenses l
        set wanted = false, changed_at = $5,
            request_id = case when l.state = 'releasing' or (l.state = 'held' and p.revocable) then $4 end,
            state = case when l.state = 'held' and p.revocable then 'releasing' when l.state in ('waiting', 'assigning', 'failed') then 'released' else l.state end
        from pools p
        where p.tenant_id = $1 and p.id = any ($2) and l.tenant_id = $1 and l.pool_id = p.id
          and l.holder_kind = 'user' and l.holder = any ($3) and l.request_id is null and l.state <> 'released'
        """;

    private const string Retired = """
        update licenses l set wanted = false, changed_at = $4, request_id = null, reason = null, state = 'released'
        from pools p
        where p.tenant_id = $1 and p.id = any ($2) and l.tenant_id = $1 and l.pool_id = p.id and l.holder_kind = 'user' and l.holder = any ($3)
          and (l.state in ('waiting', 'assigning', 'failed') or (l.state in ('held', 'releasing') and p.revocable))
        """;

    private const string OtherAccount = """
        with again as (
            update apple_users au set status = 'new', reason = null, changed_at = $3
            from users u
            where au.tenant_id = $1 and au.location_id in (select location_id from pools where tenant_id = $1 and id = any ($2))
              and au.status = 'failed' and au.account = 'managed' and au.retire_asked_at is null
              and u.tenant_id = $1 and u.id = au.user_id and u.managed_apple_id is not null and u.managed_apple_id is distinct from au.managed_apple_id
            returning au.location_id, au.client_user_id)
        update licenses l set wanted = false
        from again a join pools p on p.tenant_id = $1 and p.location_id = a.location_id
        where l.tenant_id = $1 and l.pool_id = p.id and l.holder_kind = 'user' and l.holder = a.client_user_id and l.state = 'failed'
        """;

    private const string NoAccount = """
        update apple_users au set status = 'failed', reason = 'noManagedAppleAccount', changed_at = $3
        where au.tenant_id = $1 and au.location_id in (select location_id from pools where tenant_id = $1 and id = any ($2))
          and au.status = 'new' and au.account = 'managed'
          and not exists (select from users u where u.tenant_id = $1 and u.id = au.user_id and u.managed_apple_id is not null)
        """;
}
