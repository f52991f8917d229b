using System.Data.Common;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Apple;
using VppManager.Apple.Tokens;
using VppManager.Core.Licenses;

namespace VppManager.Api.Licenses;

/// <summary>Turns what is assigning and releasing at a location into as few requests to Apple as its limits allow.</summary>
internal sealed class RequestPlanning(
    NpgsqlDataSource database, WorkQueue queue, ServiceConfigCache service, IOptions<LicensingOptions> options, TimeProvider time)
{
    private const int MostPairs = 500_000;

    /// <summary>Asks for a plan of the locations of these pools, as the last thing of the transaction that changed their licences.</summary>
    public static Task AskForAsync(TenantTransaction transaction, Guid[] pools, DateTimeOffset now, CancellationToken ct) =>
        transaction.ExecuteAsync(Sql.Command("""
            with added as (
                insert into work (lane, tenant_id, key, run_at)
                select distinct $1, $2::uuid, p.location_id, $4::timestamptz from pools p
                where p.tenant_id = $2 and p.id = any ($3) and exists (
                    select from licenses l where l.tenant_id = $2 and l.pool_id = p.id and l.state in ('assigning', 'releasing') and l.request_id is null)
                order by p.location_id
                on conflict (lane, key) do update set run_at = least(work.run_at, excluded.run_at))
            select pg_notify('vpp_work', $1)
            """, WorkQueue.Plan, transaction.Tenant, pools, now), ct);

    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (await queue.ClaimAsync(WorkQueue.Plan, options.Value.Lease, ct) is not { } item) return false;
        if (!await MoreIsComingAsync(item, ct)) await queue.WorkAsync(item, () => PlanAsync(item, ct), ct);
        return true;
    }

    private async Task PlanAsync(WorkItem item, CancellationToken ct)
    {
        var limits = await LimitsAsync(ct);
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("plan"), ct);
        await Seats.KeepAsync(transaction, item.Key, ct);
        await transaction.ExecuteAsync(WorkQueue.Remove(item.Lane, item.Key), ct);
        await PlanAsync(transaction, item.Key, limits, null, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>How much one request may hold, as Apple says.</summary>
    public async Task<ServiceLimits> LimitsAsync(CancellationToken ct) => (await service.GetAsync(ct)).Limits;

    /// <summary>The plan itself, from within a transaction.</summary>
    /// <param name="since">Only what has changed since then; null for all.</param>
    public async Task PlanAsync(TenantTransaction transaction, Guid location, ServiceLimits announced, DateTimeOffset? since, CancellationToken ct)
    {
        var limits = await NarrowedLimits.OfAsync(transaction, location, announced, time.GetUtcNow(), ct);
        await AppleAccountPlanning.PlanAsync(transaction, location, limits.MaxUsers, time.GetUtcNow(), ct);
        foreach (var kind in (AppleRequestKind[])[AppleRequestKind.Disassociate, AppleRequestKind.Associate])
            await PlanPairsAsync(transaction, location, kind, limits, since, ct);
    }

    /// <summary>Waits a moment for what belongs together; longer while changes of the tenant are still being settled.</summary>
    private async Task<bool> MoreIsComingAsync(WorkItem item, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Sql.Command(PutOff, item.Key, time.GetUtcNow(), options.Value.GatherFor, options.Value.GatherAtMost, item.Tenant) },
        };
        return await batch.ExecuteNonQueryAsync(ct) > 0;
    }

    private async Task PlanPairsAsync(TenantTransaction transaction, Guid location, AppleRequestKind kind, ServiceLimits limits, DateTimeOffset? since, CancellationToken ct)
    {
        var state = EnumText.Of(kind is AppleRequestKind.Associate ? LicenseState.Assigning : LicenseState.Releasing);
        var pending = since is { } start
            ? Sql.Command(Pending("and l.changed_at >= $5"), transaction.Tenant, location, state, MostPairs, start)
            : Sql.Command(Pending(""), transaction.Tenant, location, state, MostPairs);
        var groups = await transaction.ReadAsync(pending, ReadGroup, ct);
        var most = new RequestLimits(limits.MaxAssets, limits.MaxSerialNumbers, limits.MaxClientUserIds);

        foreach (var rectangle in RequestPlanner.Plan(groups, most))
        {
            string[] serials = [.. rectangle.Serials], users = [.. rectangle.Users];
            var request = new AppleRequest
            {
                Id = Guid.CreateVersion7(),
                LocationId = location,
                Kind = kind,
                PoolIds = [.. rectangle.Assets],
                SerialNumbers = serials,
                ClientUserIds = users,
                CreatedAt = time.GetUtcNow(),
            };
            await NewRequest.AddAsync(transaction, request, ct);
            await transaction.ExecuteAsync(Sql.Command(PairsOnTheirWay, transaction.Tenant, request.Id, state, rectangle.Assets.ToArray(), serials, users), ct);
        }

        // What did not fit into one plan comes with the next.
        if (groups.Sum(group => group.Assets.Count * (group.Serials.Count + group.Users.Count)) >= MostPairs)
            await transaction.ExecuteAsync(WorkQueue.Add(WorkQueue.Plan, transaction.Tenant, [location], time.GetUtcNow()), ct);
    }

    private static HolderGroup ReadGroup(DbDataReader row) =>
        new(row.GetFieldValue<Guid[]>(0), row.GetFieldValue<string[]>(1), row.GetFieldValue<string[]>(2));

    /// <summary>The time of asking stays in run_at; only the lease is moved, so that the longest wait is kept.</summary>
    private const string PutOff = """
        update work set leased_until = case
                when run_at + $3 > $2 then run_at + $3
                else $2 + interval '20 milliseconds' end
        where lane = 'plan' and key = $1
          and (run_at + $3 > $2 or (run_at + $4 > $2 and exists (select from marks where tenant_id = $5)))
        """;

    private static string Pending(string only) => $"""
        with pending as (
            select holder_kind, holder, array_agg(pool_id order by pool_id) as pools
            from (
                select l.holder_kind, l.holder, l.pool_id
                from licenses l join pools p on p.tenant_id = $1 and p.id = l.pool_id and p.location_id = $2
                where l.tenant_id = $1 and l.state = $3 and l.request_id is null {only}
                  and (l.holder_kind = 'device'
                    or ($3 = 'releasing' and not exists (
                        select from apple_users au where au.tenant_id = $1 and au.location_id = $2 and au.client_user_id = l.holder
                          and au.retire_asked_at is not null and au.reason is null and au.status <> 'retired'))
                    or exists (
                        select from apple_users au where au.tenant_id = $1 and au.location_id = $2 and au.client_user_id = l.holder
                          and au.status in ('registered', 'associated') and au.retire_asked_at is null))
                limit $4) l
            group by holder_kind, holder)
        select pools,
               coalesce(array_agg(holder order by holder) filter (where holder_kind = 'device'), array[]::text[]),
               coalesce(array_agg(holder order by holder) filter (where holder_kind = 'user'), array[]::text[])
        from pending group by pools order by pools
        """;

    private const string PairsOnTheirWay = """
        update licenses set request_id = $2
        where tenant_id = $1 and state = $3 and request_id is null and pool_id = any ($4)
          and ((holder_kind = 'device' and holder = any ($5)) or (holder_kind = 'user' and holder = any ($6)))
        """;
}
