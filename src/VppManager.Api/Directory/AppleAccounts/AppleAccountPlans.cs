using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;

namespace VppManager.Api.Directory.AppleAccounts;

/// <summary>
/// Asks for a plan where Apple is to be told something of users, as the last thing of the transaction of the change: a plan that is asked for already is held
/// until then, or it would be made without the change.
/// </summary>
internal static class AppleAccountPlans
{
    private const string Wake = "select pg_notify('vpp_work', 'plan')";

    /// <summary>At all locations that know the user.</summary>
    public static async Task AskAsync(VppContext context, Guid user, DateTimeOffset now, CancellationToken ct)
    {
        await context.Database.ExecuteSqlAsync($"""
            insert into work (lane, tenant_id, key, run_at)
            select distinct 'plan', {context.Tenant!.Value}, location_id, {now.ToUniversalTime()} from apple_users
            where tenant_id = {context.Tenant} and user_id = {user} and status <> 'retired'
            order by location_id
            on conflict (lane, key) do update set run_at = least(work.run_at, excluded.run_at)
            """, ct);
        await context.Database.ExecuteSqlRawAsync(Wake, ct);
    }

    /// <summary>At all locations where a user has another Managed Apple Account than Apple was told, as after an import.</summary>
    public static async Task AskAsync(VppContext context, DateTimeOffset now, CancellationToken ct)
    {
        await context.Database.ExecuteSqlAsync($"""
            insert into work (lane, tenant_id, key, run_at)
            select distinct 'plan', au.tenant_id, au.location_id, {now.ToUniversalTime()}
            from apple_users au join users u on u.tenant_id = au.tenant_id and u.id = au.user_id
            where au.tenant_id = {context.Tenant} and au.account = 'managed' and au.status in ('registered', 'associated') and au.retire_asked_at is null
              and u.managed_apple_id is not null and u.managed_apple_id is distinct from au.managed_apple_id
            order by au.location_id
            on conflict (lane, key) do update set run_at = least(work.run_at, excluded.run_at)
            """, ct);
        await context.Database.ExecuteSqlRawAsync(Wake, ct);
    }
}
