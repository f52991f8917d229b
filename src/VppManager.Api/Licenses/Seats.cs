using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>
/// The one place where seats are taken and freed. Every method locks the pools first, in the order of their ids, by a statement of its own:
/// the next statement then sees all that others committed before, and nobody else can take or free a seat of these pools until the transaction ends.
/// The counts of the pools and the ledger follow by triggers, so that no change escapes them.
/// </summary>
internal static partial class Seats
{
    private const int FewMembers = 10;

    /// <summary>
    /// Brings the licences of the pools in line with who is entitled: takes seats in the order of arrival as far as they reach, queues the rest,
    /// and gives up what nobody is entitled to any more.
    /// </summary>
    /// <param name="members">Users with all their devices; null for everybody.</param>
    public static async Task SettleAsync(
        TenantTransaction transaction, Guid[] pools, Guid[]? members, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        var shape = (await transaction.ReadOneAsync(Sql.Command(EntitlementShape.Read, transaction.Tenant, pools), EntitlementShape.From, ct))!;
        var entitled = Entitlement.Of(shape, some: members is not null);
        var together = members is null or { Length: > FewMembers };
        if (together) await transaction.ExecuteAsync(WholePools, ct);
        if (shape.ForUsers)
        {
            await ReconsiderUsersAsync(transaction, pools, now, ct);
            await transaction.ExecuteAsync(Sql.Command(entitled + Entitlement.MissingAppleUsers, transaction.Tenant, pools, members ?? [], now), ct);
        }

        var order = pools.Length == 1 ? ArrivalOrder : $"partition by e.pool_id {ArrivalOrder}";
        var settle = entitled + (shape.HasLicenses ? Settle(members is null ? "" : OnlyMembers, order) : Begin(order)) + TakeSeats;
        await transaction.ExecuteAsync(Sql.Command(settle, transaction.Tenant, pools, members ?? [], now, NewIds()), ct);
        if (shape.ForUsers) await FailUsersAsync(transaction, pools, now, ct);
        if (together) await transaction.ExecuteAsync(AnyPlan, ct);
    }

    /// <summary>Gives free seats to those who wait, in the order of their places (L6).</summary>
    public static async Task<int> PromoteAsync(TenantTransaction transaction, Guid[] pools, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        return await transaction.ExecuteAsync(Sql.Command(Promote, transaction.Tenant, pools, now), ct);
    }

    /// <summary>Apple has carried the whole request out: what was assigning is held, what was releasing is free.</summary>
    public static async Task ConfirmAsync(TenantTransaction transaction, Guid[] pools, Guid request, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        await transaction.ExecuteAsync(WholePools, ct);
        await transaction.ExecuteAsync(Sql.Command(Confirm(""), transaction.Tenant, request, now), ct);
        await transaction.ExecuteAsync(AnyPlan, ct);
        await transaction.ExecuteAsync(Sql.Command(Promote, transaction.Tenant, pools, now), ct);
    }

    /// <summary>
    /// Apple has not carried these pairs of the request out: each goes where its outcome says, and an assigning one gives its seat back. A releasing
    /// one is held again, until a sync has it tried once more.
    /// </summary>
    public static async Task RefuseAsync(
        TenantTransaction transaction, Guid[] pools, Guid request, IReadOnlyList<RefusedPair> pairs, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        await transaction.ExecuteAsync(WholePools, ct);
        await transaction.ExecuteAsync(
            Sql.Command(Refuse, transaction.Tenant, request, now,
                pairs.Select(pair => pair.Pool).ToArray(), pairs.Select(pair => pair.Holder).ToArray(),
                pairs.Select(pair => pair.WaitAgain).ToArray(), pairs.Select(pair => pair.Reason).ToArray()),
            ct);
        await transaction.ExecuteAsync(AnyPlan, ct);
    }

    /// <summary>The request is taken apart: its pairs wait to be planned again, with their seats.</summary>
    /// <param name="except">Holders whose pairs stay in the request.</param>
    public static async Task<int> UnplanAsync(TenantTransaction transaction, Guid[] pools, Guid request, string[] except, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        return await transaction.ExecuteAsync(
            Sql.Command("update licenses set request_id = null where tenant_id = $1 and request_id = $2 and not holder = any ($3)", transaction.Tenant, request, except), ct);
    }

    /// <summary>
    /// Nobody takes or frees a seat of the location until the transaction ends. For whoever plans: those who change licences ask for a plan at their
    /// end, and so the plan must not hold the request for it while it waits for their licences.
    /// </summary>
    public static Task<int> KeepAsync(TenantTransaction transaction, Guid location, CancellationToken ct) => transaction.ExecuteAsync(
        Sql.Command("select 1 from pools where tenant_id = $1 and location_id = $2 order by id for update", transaction.Tenant, location), ct);

    /// <summary>Takes licences back on an administrator's word (L21); they do not come again until assigned anew.</summary>
    /// <param name="device">Only the licence of this device; null for any.</param>
    /// <param name="user">Only the licence of this user; null for any.</param>
    /// <param name="untracked">Also those that this service did not give.</param>
    /// <returns>How many are taken back.</returns>
    public static async Task<int> RevokeAsync(
        TenantTransaction transaction, Guid[] pools, Guid? device, Guid? user, bool untracked, Guid action, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        var narrowed = (device, user) switch
        {
            ({ } id, _) => (Where: "and l.holder_kind = 'device' and l.device_id = $5", Id: id),
            (_, { } id) => (Where: "and l.holder_kind = 'user' and l.user_id = $5", Id: id),
            _ => (Where: "and $5::uuid is not null", Id: Guid.Empty),
        };
        return await transaction.ExecuteAsync(Sql.Command(Revoke + narrowed.Where, transaction.Tenant, pools, now, untracked, narrowed.Id, action), ct);
    }

    /// <summary>Makes licences agree with what a sync has read at Apple (S5): corrects what Apple does not know, adds what we did not give.</summary>
    public static async Task<(int Corrected, int Untracked)> ReconcileAsync(
        TenantTransaction transaction, Guid[] pools, Guid run, int attempt, DateTimeOffset readSince, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        await transaction.ExecuteAsync(WholePools, ct);
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
            await ReconcileAsync(transaction, [asset.Pool], run, asset.Attempt, readSince, now, ct);
        }
        await transaction.ExecuteAsync(AnyPlan, ct);
    }

    // The planner cannot know how many are entitled, or were copied a moment ago, and would compare each of them with the whole pool.
    private static NpgsqlBatchCommand WholePools => new("set local enable_nestloop = off");

    private static NpgsqlBatchCommand AnyPlan => new("set local enable_nestloop = on");

    /// <summary>A first half of a version 7 UUID: the statement appends a number to it for each row.</summary>
    private static string NewIds() => Guid.CreateVersion7().ToString()[..29];

    private static Task<int> LockAsync(TenantTransaction transaction, Guid[] pools, CancellationToken ct) =>
        transaction.ExecuteAsync(
            Sql.Command("select 1 from pools where tenant_id = $1 and id = any ($2) order by id for update", transaction.Tenant, pools), ct);

    private const string OnlyMembers = "and ((l.holder_kind = 'device' and l.device_id = any ($3)) or (l.holder_kind = 'user' and l.user_id = any ($3)))";

    private const string ArrivalOrder = "order by e.arrival, e.joined, e.holder";

    /// <summary>What goes, who of those waiting moves up into what is free, and who comes now for the rest of it.</summary>
    private static string Settle(string onlyMembers, string order) => $"""
        , gone as (
            update licenses l
            set wanted = false, changed_at = $4,
                state = case when l.state = 'waiting' then 'released' when l.state = 'held' and s.revocable then 'releasing' else l.state end
            from scope s
            where l.tenant_id = $1 and l.pool_id = s.id and l.wanted and l.tracked {onlyMembers}
              and not exists (select from entitled e where e.pool_id = l.pool_id and e.holder_kind = l.holder_kind and e.holder = l.holder)
              and (l.state = 'waiting' or l.holder_kind = 'user' or exists (
                    select from devices d where d.tenant_id = $1 and d.serial_number = l.holder and d.management_state = 'managed'))
            returning l.id, l.state),
        promoted as (
            update licenses l set state = 'assigning', changed_at = $4, reason = null
            where l.tenant_id = $1 and l.id = any (array (
                select w.id from scope s cross join lateral (
                    select q.id from licenses q
                    where q.tenant_id = $1 and q.pool_id = s.id and q.state = 'waiting' and q.id not in (select id from gone)
                    order by q.place limit greatest(s.free, 0)) w))
            returning l.pool_id),
        room as (
            select s.id, s.arrivals, s.is_legacy, greatest(s.free, 0) - (select count(*) from promoted p where p.pool_id = s.id) as free from scope s),
        coming as materialized (
            select e.*, l.id as license_id, r.free, r.arrivals, r.is_legacy,
                   row_number() over ({order}) as rank
            from entitled e
            join room r on r.id = e.pool_id
            left join licenses l on l.tenant_id = $1 and l.pool_id = e.pool_id and l.holder_kind = e.holder_kind and l.holder = e.holder
            where l.id is null or (not l.wanted and l.state in ('released', 'failed')
                                   and (l.revoked_at_arrival is null or e.newest > l.revoked_at_arrival))),
        back as (
            update licenses l
            set state = case when c.rank <= c.free then 'assigning' else 'waiting' end,
                reason = case when c.rank <= c.free then null when c.is_legacy then 'legacyToken' else 'noLicensesLeft' end,
                wanted = true, tracked = true, place = c.arrivals + c.rank, entitled_at = $4, changed_at = $4,
                device_id = c.device_id, user_id = c.user_id, request_id = null, revoked_at = null, revoked_at_arrival = null
            from coming c where l.tenant_id = $1 and l.id = c.license_id
            returning 1),
        wanted_again as (
            update licenses l set wanted = true, tracked = true
            from entitled e
            where l.tenant_id = $1 and l.pool_id = e.pool_id and l.holder_kind = e.holder_kind and l.holder = e.holder
              and l.state in ('assigning', 'held', 'releasing') and (not l.wanted or not l.tracked)
              and (l.revoked_at_arrival is null or e.newest > l.revoked_at_arrival)
            returning 1)
        """;

    /// <summary>Nobody holds or waits yet: there is nothing to compare with.</summary>
    private static string Begin(string order) => $"""
        , coming as (
            select e.*, null::uuid as license_id, greatest(s.free, 0) as free, s.arrivals, s.is_legacy, row_number() over ({order}) as rank
            from entitled e join scope s on s.id = e.pool_id)
        """;

    /// <summary>The guard itself: whose rank goes beyond what is free waits.</summary>
    private const string TakeSeats = """

        insert into licenses (tenant_id, id, pool_id, holder_kind, holder, device_id, user_id, state, reason, wanted, tracked, place, entitled_at, changed_at)
        select $1, ($5 || lpad(to_hex(row_number() over ()), 7, '0'))::uuid, pool_id, holder_kind, holder, device_id, user_id,
               case when rank <= free then 'assigning' else 'waiting' end,
               case when rank <= free then null when is_legacy then 'legacyToken' else 'noLicensesLeft' end,
               true, true, arrivals + rank, $4, $4
        from coming where license_id is null
        """;

    private const string Promote = """
        update licenses l set state = 'assigning', changed_at = $3, reason = null
        where l.tenant_id = $1 and l.id = any (array (
            select w.id
            from pools p join locations o on o.tenant_id = $1 and o.id = p.location_id and not o.is_legacy cross join lateral (
                select q.id from licenses q
                where q.tenant_id = $1 and q.pool_id = p.id and q.state = 'waiting'
                order by q.place limit greatest(p.total - p.taken, 0)) w
            where p.tenant_id = $1 and p.id = any ($2)))
        """;

    /// <summary>A licence whose wish went away on the way is taken back next; one whose wish came back waits in line again.</summary>
    private static string Confirm(string onlyPairs) => $"""
        update licenses l
        set request_id = null, changed_at = $3, reason = null,
            state = case
                when l.state = 'assigning' then case when l.wanted or not p.revocable then 'held' else 'releasing' end
                else case when l.wanted then 'waiting' else 'released' end end,
            place = case when l.state = 'releasing' and l.wanted then p.arrivals + c.rank else l.place end
        from (select id, row_number() over (partition by pool_id order by place) as rank from licenses
              where tenant_id = $1 and request_id = $2 {onlyPairs}) c, pools p
        where l.tenant_id = $1 and l.request_id = $2 and l.id = c.id and p.tenant_id = $1 and p.id = l.pool_id and l.state in ('assigning', 'releasing')
        """;

    private const string Refuse = """
        update licenses l
        set request_id = null, changed_at = $3, reason = r.reason,
            state = case when l.state = 'releasing' then 'held' when not l.wanted then 'released' when r.wait_again then 'waiting' else 'failed' end
        from unnest($4::uuid[], $5::text[], $6::boolean[], $7::text[]) as r (pool_id, holder, wait_again, reason)
        where l.tenant_id = $1 and l.request_id = $2 and l.pool_id = r.pool_id and l.holder = r.holder and l.state in ('assigning', 'releasing')
        """;

    private const string Revoke = """
        update licenses l
        set wanted = false, changed_at = $3, revoked_at = $3, revoked_at_arrival = (select last_value from arrivals), reason = null,
            action_id = case when l.state in ('held', 'assigning') then $6 else l.action_id end,
            state = case when l.state = 'held' then 'releasing' when l.state in ('waiting', 'failed') then 'released' else l.state end
        from pools p
        where l.tenant_id = $1 and l.pool_id = any ($2) and l.state not in ('released', 'releasing') and (l.tracked or $4)
          and p.tenant_id = $1 and p.id = l.pool_id and p.revocable

        """;

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

/// <summary>A pair that Apple did not carry out.</summary>
/// <param name="WaitAgain">True when it may come off next time, with the place kept. False when Apple said no for good.</param>
internal sealed record RefusedPair(Guid Pool, string Holder, bool WaitAgain, string Reason);
