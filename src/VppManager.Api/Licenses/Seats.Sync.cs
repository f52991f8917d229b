using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>Licences brought in line with what was read at Apple.</summary>
internal static partial class Seats
{
    /// <summary>Makes licences agree with what a sync has read at Apple (S5): corrects what Apple does not know, adds what we did not give.</summary>
    public static async Task<(int Corrected, int Untracked)> ReconcileAsync(
        TenantTransaction transaction, Guid[] pools, Guid run, int attempt, DateTimeOffset readSince, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        await transaction.ExecuteAsync(WholePools, ct);
        await transaction.ExecuteAsync(Sql.Command(LinkOwnerless, transaction.Tenant, pools), ct);
        var corrected = await transaction.ExecuteAsync(Sql.Command(ForgetUnknown, transaction.Tenant, pools, run, attempt, readSince, now), ct);
        return (corrected, await AdoptAsync(transaction, pools, run, attempt, readSince, now, few: false, ct));
    }

    /// <summary>Adds what a sync has read at Apple and is not known here; what was not read is left as it is.</summary>
    /// <param name="few">Few were read against what is there, so that each is looked up by itself.</param>
    /// <returns>How many are untracked.</returns>
    public static async Task<int> AdoptAsync(
        TenantTransaction transaction, Guid[] pools, Guid run, int attempt, DateTimeOffset readSince, DateTimeOffset now, bool few, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        if (!few) await transaction.ExecuteAsync(WholePools, ct);
        await transaction.ExecuteAsync(Sql.Command(few ? AdoptFewKnown : AdoptKnown, transaction.Tenant, pools, run, attempt, readSince, now), ct);
        return await transaction.ExecuteAsync(Sql.Command(few ? AddFewUntracked : AddUntracked, transaction.Tenant, pools, run, attempt, now, NewIds()), ct);
    }

    /// <summary>The same for single assets, read again after a failure: their counts first, so that no seat is given that Apple does not have.</summary>
    public static async Task CorrectAsync(
        TenantTransaction transaction, IReadOnlyList<AssetAtApple> assets, Guid run, DateTimeOffset readSince, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var asset in assets.OrderBy(one => one.Pool))
        {
            await transaction.ExecuteAsync(
                Sql.Command("""
                    update pools set total = $3, apple_assigned = $4, apple_available = $5, apple_retired = $6 where tenant_id = $1 and id = $2
                    """, transaction.Tenant, asset.Pool, asset.Asset?.TotalCount ?? 0, asset.Asset?.AssignedCount ?? 0, asset.Asset?.AvailableCount ?? 0, asset.Asset?.RetiredCount ?? 0), ct);
            if (asset.Torn) await AdoptAsync(transaction, [asset.Pool], run, asset.Attempt, readSince, now, few: false, ct);
            else await ReconcileAsync(transaction, [asset.Pool], run, asset.Attempt, readSince, now, ct);
        }
        await transaction.ExecuteAsync(AnyPlan, ct);
    }

    // What ties the inner query to the licence stands in its where, not in its join: else PostgreSQL runs it once for each licence.
    private const string ForgetUnknown = """
        update licenses l
        set state = case when l.wanted then 'waiting' else 'released' end, changed_at = $6, reason = 'unknownToApple'
        where l.tenant_id = $1 and l.pool_id = any ($2) and l.state = 'held' and l.changed_at < $5
          and not exists (
            select from staged_assignments s join pools p on p.tenant_id = $1 and s.adam_id = p.adam_id and s.pricing_param = p.pricing_param
            where p.id = l.pool_id and s.run_id = $3 and s.attempt = $4 and s.holder_kind = l.holder_kind and s.holder = l.holder)
        """;

    private const string AdoptKnown = """
        update licenses l set state = 'held', changed_at = $6, reason = null, tracked = l.tracked and l.wanted
        from staged_assignments s, pools p
        where l.tenant_id = $1 and l.pool_id = any ($2) and l.state in ('waiting', 'released', 'failed') and l.changed_at < $5
          and p.tenant_id = $1 and p.id = l.pool_id
          and s.run_id = $3 and s.attempt = $4 and s.adam_id = p.adam_id and s.pricing_param = p.pricing_param
          and s.holder_kind = l.holder_kind and s.holder = l.holder
        """;

    private const string AdoptFewKnown = """
        update licenses l set state = 'held', changed_at = $6, reason = null, tracked = l.tracked and l.wanted
        where l.tenant_id = $1 and l.state in ('waiting', 'released', 'failed') and l.changed_at < $5 and l.id = any (array (
            select k.id from staged_assignments s
            join pools p on p.tenant_id = $1 and p.id = any ($2) and p.adam_id = s.adam_id and p.pricing_param = s.pricing_param
            cross join lateral (
                select k.id from licenses k where k.tenant_id = $1 and k.pool_id = p.id and k.holder_kind = s.holder_kind and k.holder = s.holder offset 0) k
            where s.run_id = $3 and s.attempt = $4))
        """;

    private static readonly string AddUntracked = AddMissing("""
        left join devices d on d.tenant_id = $1 and s.holder_kind = 'device' and d.serial_number = s.holder
        left join apple_users au on au.tenant_id = $1 and s.holder_kind = 'user' and au.location_id = p.location_id and au.client_user_id = s.holder
        """, "");

    private static readonly string AddFewUntracked = AddMissing("""
        left join lateral (
            select d.id, d.user_id from devices d where d.tenant_id = $1 and s.holder_kind = 'device' and d.serial_number = s.holder offset 0) d on true
        left join lateral (
            select au.user_id from apple_users au
            where au.tenant_id = $1 and s.holder_kind = 'user' and au.location_id = p.location_id and au.client_user_id = s.holder offset 0) au on true
        """, "offset 0");

    private static string AddMissing(string holders, string apart) => $"""
        insert into licenses (tenant_id, id, pool_id, holder_kind, holder, device_id, user_id, state, wanted, tracked, place, entitled_at, changed_at)
        select $1, ($6 || lpad(to_hex(row_number() over ()), 7, '0'))::uuid, f.id, f.holder_kind, f.holder, f.device_id, f.user_id,
               'held', false, false, f.arrivals + row_number() over (partition by f.id order by f.holder collate "C"), $5, $5
        from (
            select distinct p.id, p.arrivals, s.holder_kind, s.holder, d.id as device_id, coalesce(au.user_id, d.user_id) as user_id
            from staged_assignments s
            join pools p on p.tenant_id = $1 and p.id = any ($2) and p.adam_id = s.adam_id and p.pricing_param = s.pricing_param
            {holders}
            where s.run_id = $3 and s.attempt = $4
              and not exists (
                select from licenses l where l.tenant_id = $1 and l.pool_id = p.id and l.holder_kind = s.holder_kind and l.holder = s.holder {apart})) f
        """;
}
