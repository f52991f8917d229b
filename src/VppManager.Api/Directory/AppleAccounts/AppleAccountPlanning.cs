using VppManager.Api.Data;
using VppManager.Api.Licenses;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>Groups the users that Apple is to create, change or retire into as few requests as its limit allows.</summary>
internal static class AppleAccountPlanning
{
    public static async Task PlanAsync(TenantTransaction transaction, Guid location, int most, DateTimeOffset now, CancellationToken ct)
    {
        await RetireAsync(transaction, location, most, now, ct);
        await SendAsync(transaction, location, AppleRequestKind.CreateUsers, ToCreate, most, now, ct);
        await SendAsync(transaction, location, AppleRequestKind.UpdateUsers, ToUpdate, most, now, ct);
    }

    private static async Task SendAsync(
        TenantTransaction transaction, Guid location, AppleRequestKind kind, string which, int most, DateTimeOffset now, CancellationToken ct)
    {
        var users = await transaction.ReadAsync(
            Sql.Command(which, transaction.Tenant, location), row => (Id: row.GetString(0), Account: row.IsDBNull(1) ? null : row.GetString(1)), ct);
        foreach (var some in users.Chunk(most))
        {
            var request = Request(location, kind, [.. some.Select(one => one.Id)], [], now);
            await NewRequest.AddAsync(transaction, request, ct);
            await transaction.ExecuteAsync(Sql.Command(OnTheirWay, transaction.Tenant, location, request.Id, now,
                request.ClientUserIds, some.Select(one => one.Account).ToArray()), ct);
        }
    }

    /// <summary>Those of whom nothing is under way. Their licences go with them, by the same request.</summary>
    private static async Task RetireAsync(TenantTransaction transaction, Guid location, int most, DateTimeOffset now, CancellationToken ct)
    {
        var never = await transaction.ReadAsync(Sql.Command(NeverSent, transaction.Tenant, location), row => row.GetString(0), ct);
        var known = await transaction.ReadAsync(Sql.Command(ToRetire, transaction.Tenant, location), row => row.GetString(0), ct);
        if (never.Count + known.Count == 0) return;

        await transaction.ExecuteAsync(Causes.Set(new Cause("userRetired")), ct);
        await ForgetAsync(transaction, location, [.. never], now, ct);
        foreach (var some in known.Chunk(most))
        {
            var pools = await Seats.LockPoolsOfUsersAsync(transaction, location, some, ct);
            var request = Request(location, AppleRequestKind.RetireUsers, some, pools, now);
            await Seats.RetiringAsync(transaction, pools, some, request.Id, now, ct);
            await NewRequest.AddAsync(transaction, request, ct);
            await transaction.ExecuteAsync(
                Sql.Command("update apple_users set request_id = $3 where tenant_id = $1 and location_id = $2 and client_user_id = any ($4)",
                    transaction.Tenant, location, request.Id, some), ct);
        }
        await transaction.ExecuteAsync(Causes.Set(new Cause("plan")), ct);
    }

    /// <summary>Apple never heard of them: there is nothing to tell.</summary>
    private static async Task ForgetAsync(TenantTransaction transaction, Guid location, string[] users, DateTimeOffset now, CancellationToken ct)
    {
        if (users.Length == 0) return;
        var pools = await Seats.LockPoolsOfUsersAsync(transaction, location, users, ct);
        await Seats.RetiredAsync(transaction, pools, users, now, ct);
        await transaction.ExecuteAsync(
            Sql.Command("update apple_users set status = 'retired', changed_at = $3 where tenant_id = $1 and location_id = $2 and client_user_id = any ($4)",
                transaction.Tenant, location, now, users), ct);
    }

    private static AppleRequest Request(Guid location, AppleRequestKind kind, string[] users, Guid[] pools, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(), LocationId = location, Kind = kind, ClientUserIds = users, PoolIds = pools, CreatedAt = now };

    /// <summary>A Managed Apple Account that another user of ours is about to give back is taken only then.</summary>
    private const string ToCreate = """
        select au.client_user_id, case when au.account = 'managed' then u.managed_apple_id end
        from apple_users au left join users u on u.tenant_id = $1 and u.id = au.user_id
        where au.tenant_id = $1 and au.location_id = $2 and au.status = 'new' and au.retire_asked_at is null and au.request_id is null
          and (au.account = 'personal' or u.managed_apple_id is not null)
          and (au.account = 'personal' or not exists (
                select from apple_users o
                where o.tenant_id = $1 and o.location_id = $2 and o.retire_asked_at is not null and o.status <> 'retired'
                  and lower(o.managed_apple_id) = lower(u.managed_apple_id)))
          and exists (
                select from licenses l join pools p on p.tenant_id = $1 and p.id = l.pool_id and p.location_id = $2
                where l.tenant_id = $1 and l.user_id = au.user_id and l.holder = au.client_user_id and l.state = 'assigning')
        order by au.id
        """;

    private const string ToUpdate = """
        select au.client_user_id, u.managed_apple_id
        from apple_users au join users u on u.tenant_id = $1 and u.id = au.user_id
        where au.tenant_id = $1 and au.location_id = $2 and au.status in ('registered', 'associated') and au.account = 'managed'
          and au.retire_asked_at is null and au.request_id is null and u.managed_apple_id is not null and u.managed_apple_id is distinct from au.managed_apple_id
        order by au.id
        """;

    private const string OnTheirWay = """
        update apple_users au
        set status = case when au.status = 'new' then 'creating' else au.status end, request_id = $3, managed_apple_id = s.account, changed_at = $4
        from unnest($5::text[], $6::text[]) as s (id, account)
        where au.tenant_id = $1 and au.location_id = $2 and au.client_user_id = s.id
        """;

    private const string NeverSent = """
        select client_user_id from apple_users
        where tenant_id = $1 and location_id = $2 and retire_asked_at is not null and status = 'new'
        """;

    private const string ToRetire = """
        select au.client_user_id from apple_users au
        where au.tenant_id = $1 and au.location_id = $2 and au.retire_asked_at is not null and au.status in ('registered', 'associated', 'failed')
          and au.request_id is null and au.reason is null
          and not exists (
                select from licenses l join pools p on p.tenant_id = $1 and p.id = l.pool_id and p.location_id = $2
                where l.tenant_id = $1 and l.user_id = au.user_id and l.holder_kind = 'user' and l.holder = au.client_user_id and l.request_id is not null)
        order by au.id
        """;
}
