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
        await TogetherAsync(transaction, Sql.Command(Confirm(""), transaction.Tenant, request, now, pools), ct);
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
        await TogetherAsync(
            transaction, Sql.Command(Refuse, transaction.Tenant, request, now,
                pairs.Select(pair => pair.Pool).ToArray(), pairs.Select(pair => pair.Holder).ToArray(),
                pairs.Select(pair => pair.WaitAgain).ToArray(), pairs.Select(pair => pair.Reason).ToArray()),
            ct);
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

    // The planner cannot know how many are entitled, or were copied a moment ago, and would compare each of them with the whole pool.
    private static NpgsqlBatchCommand WholePools => new("set local enable_nestloop = off");

    private static async Task TogetherAsync(TenantTransaction transaction, NpgsqlBatchCommand command, CancellationToken ct)
    {
        await transaction.ExecuteAsync(WholePools, ct);
        await transaction.ExecuteAsync(command, ct);
        await transaction.ExecuteAsync(AnyPlan, ct);
    }

    private static NpgsqlBatchCommand AnyPlan => new("set local enable_nestloop = on");

    /// <summary>A first half of a version 7 UUID: the statement appends a number to it for each row.</summary>
    private static string NewIds() => Guid.CreateVersion7().ToString()[..29];

    /// <summary>Nobody else takes or frees a seat of these pools, nor settles a request of theirs, until the transaction ends.</summary>
    public static Task<int> LockAsync(TenantTransaction transaction, Guid[] pools, CancellationToken ct) =>
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
            update licenses l set wanted = true, tracked = true, device_id = coalesce(e.device_id, l.device_id), user_id = coalesce(e.user_id, l.user_id)
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

    /// <summary>
    /// A licence whose wish went away on the way is taken back next; one whose wish came back waits in line again. Users who kept theirs until their
    /// device has its own are looked at again (L8).
    /// </summary>
    private static string Confirm(string onlyPairs) => $"""
        with confirmed as (
            update licenses l
            set request_id = null, changed_at = $3, reason = null,
                state = case
                    when l.state = 'assigning' then case when l.wanted or not p.revocable then 'held' else 'releasing' end
                    else case when l.wanted then 'waiting' else 'released' end end,
                place = case when l.state = 'releasing' and l.wanted then p.arrivals + c.rank else l.place end
            from (select id, row_number() over (partition by pool_id order by place) as rank from licenses
                  where tenant_id = $1 and request_id = $2 {onlyPairs}) c, pools p
            where l.tenant_id = $1 and l.request_id = $2 and l.id = c.id and p.tenant_id = $1 and p.id = l.pool_id and l.state in ('assigning', 'releasing')
            returning l.pool_id, l.device_id, l.state),
        moved as (
            insert into marks (tenant_id, member_id, cause)
            select distinct $1::uuid, m.user_id, 'movedToDevice'
            from confirmed c cross join lateral (
                select u.user_id from devices d join licenses u on u.tenant_id = $1 and u.user_id = d.user_id
                where d.tenant_id = $1 and d.id = c.device_id and u.pool_id = c.pool_id and u.holder_kind = 'user' and u.state = 'held' and u.wanted
                limit 1) m
            where c.state = 'held' and (select exists (select from licenses x where x.tenant_id = $1 and x.pool_id = any ($4) and x.holder_kind = 'user'))
            returning 1)
        select pg_notify('{Marks.Channel}', '{Marks.Lane}') from moved limit 1
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
}

/// <summary>A pair that Apple did not carry out.</summary>
/// <param name="WaitAgain">True when it may come off next time, with the place kept. False when Apple said no for good.</param>
internal sealed record RefusedPair(Guid Pool, string Holder, bool WaitAgain, string Reason);
