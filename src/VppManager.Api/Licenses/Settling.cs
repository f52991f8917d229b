using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>
/// Looks again at what was marked: finds the pools concerned and settles them. One worker per tenant at a time, among all instances,
/// so that those who came first are served first.
/// </summary>
internal sealed partial class Settling(NpgsqlDataSource database, TimeProvider time, ILogger<Settling> logger)
{
    private const int MostMarks = 5000;

    /// <summary>A fault of one tenant keeps none of the others waiting: it is told when all have been looked at.</summary>
    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        var worked = false;
        List<Exception> faults = [];
        foreach (var tenant in await MarkedTenantsAsync(ct))
        {
            try
            {
                worked |= await SettleTenantAsync(tenant, ct);
            }
            catch (Exception fault) when (!ct.IsCancellationRequested)
            {
                Log.NotSettled(logger, tenant, fault);
                faults.Add(fault);
            }
        }

        return faults.Count == 0 ? worked : throw new AggregateException(faults);
    }

    private async Task<List<Guid>> MarkedTenantsAsync(CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(MarkedTenants) } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var tenants = new List<Guid>();
        while (await reader.ReadAsync(ct)) tenants.Add(reader.GetGuid(0));
        return tenants;
    }

    private async Task<bool> SettleTenantAsync(Guid tenant, CancellationToken ct)
    {
        var cause = new Cause("entitlement");
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, cause, ct);
        if (!await transaction.ReadOneAsync(Sql.Command(TryLock, tenant), row => row.GetBoolean(0), ct)) return false;

        using var activity = LicensingTelemetry.Source.StartActivity("settle");
        var (since, now) = (time.GetTimestamp(), time.GetUtcNow());
        if (await SettleMarksAsync(transaction, now, ct) is not { } settled) return false;

        await RequestPlanning.AskForAsync(transaction, settled, now, ct);
        await transaction.CommitAsync(ct);
        LicensingTelemetry.SettledIn(time.GetElapsedTime(since));
        return true;
    }

    /// <summary>Takes the marks of the tenant and settles what they name, from within a transaction that has the tenant's lock.</summary>
    /// <returns>The pools that were looked at; null when there was no mark.</returns>
    public static async Task<Guid[]?> SettleMarksAsync(TenantTransaction transaction, DateTimeOffset now, CancellationToken ct)
    {
        var marks = await transaction.ReadAsync(Sql.Command(TakeMarks, transaction.Tenant, MostMarks), Mark.Read, ct);
        if (marks.Count == 0) return null;

        await transaction.ExecuteAsync(Causes.Set(CommonCause(marks)), ct);
        await transaction.ExecuteAsync(Sql.Command("set local work_mem = '256MB'"), ct);
        Guid[] pools = [.. marks.Select(mark => mark.Pool).OfType<Guid>().Distinct()];
        var (members, theirs) = await MembersAsync(transaction, marks, ct);

        // All of them at once where there are two sets: whoever locks pools does it in one order.
        if (pools.Length > 0 && theirs.Length > 0) await Seats.LockAsync(transaction, [.. pools.Union(theirs)], ct);
        if (pools.Length > 0) await Seats.SettleAsync(transaction, pools, null, now, ct);
        if (theirs.Length > 0) await Seats.SettleAsync(transaction, theirs, members, now, ct);
        return [.. pools, .. theirs];
    }

    private static async Task<(Guid[] Members, Guid[] Pools)> MembersAsync(TenantTransaction transaction, List<Mark> marks, CancellationToken ct)
    {
        Guid[] marked = [.. marks.Select(mark => mark.Member).OfType<Guid>().Distinct()];
        if (marked.Length == 0) return ([], []);

        Guid[] members = [.. await transaction.ReadAsync(Sql.Command(UsersWithTheirDevices, transaction.Tenant, marked), row => row.GetGuid(0), ct)];
        return (members, [.. await transaction.ReadAsync(Sql.Command(PoolsOfMembers, transaction.Tenant, members), row => row.GetGuid(0), ct)]);
    }

    /// <summary>What caused them all; when several did, only that entitlement changed.</summary>
    private static Cause CommonCause(List<Mark> marks)
    {
        var first = marks[0];
        return marks.TrueForAll(mark => mark.Cause == first.Cause && mark.Actor == first.Actor) ? new Cause(first.Cause, first.Actor) : new Cause("entitlement");
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The changes of tenant {TenantId} could not be settled; they are kept, and tried again")]
        public static partial void NotSettled(ILogger logger, Guid tenantId, Exception fault);
    }

    private sealed record Mark(Guid? Pool, Guid? Member, string Cause, string? Actor)
    {
        public static Mark Read(System.Data.Common.DbDataReader row) => new(
            row.IsDBNull(0) ? null : row.GetGuid(0), row.IsDBNull(1) ? null : row.GetGuid(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3));
    }

    /// <summary>One index probe for each tenant, however many marks there are.</summary>
    private const string MarkedTenants = """
        with recursive tenant (id) as (
            (select tenant_id from marks order by tenant_id limit 1)
            union all
            select (select m.tenant_id from marks m where m.tenant_id > t.id order by m.tenant_id limit 1) from tenant t where t.id is not null)
        select id from tenant where id is not null
        """;

    private const string TryLock = "select pg_try_advisory_xact_lock(hashtextextended('settle:' || $1::text, 0))";

    /// <summary>Waits until nobody settles the tenant; then nobody else does until the transaction ends. $1 tenant.</summary>
    public const string Lock = "select pg_advisory_xact_lock(hashtextextended('settle:' || $1::text, 0))";

    private const string TakeMarks = """
        delete from marks where id in (select id from marks where tenant_id = $1 order by id limit $2)
        returning pool_id, member_id, cause, actor
        """;

    private const string UsersWithTheirDevices = """
        with users_of as (
            select m from unnest($2::uuid[]) m
            union
            select user_id from devices where tenant_id = $1 and id = any ($2) and user_id is not null)
        select m from users_of
        union
        select d.id from users_of u join devices d on d.tenant_id = $1 and d.user_id = u.m
        """;

    private const string PoolsOfMembers = """
        with recursive up (group_id) as (
            select group_id from group_members where tenant_id = $1 and member_id = any ($2)
            union
            select gm.group_id from up join group_members gm on gm.tenant_id = $1 and gm.member_id = up.group_id)
        select a.pool_id from assignments s join apps a on a.tenant_id = $1 and a.id = s.app_id
        where s.tenant_id = $1 and (s.group_id in (select group_id from up) or s.target in ('allUsers', 'allDevices'))
        union
        select pool_id from licenses where tenant_id = $1 and device_id = any ($2)
        union
        select pool_id from licenses where tenant_id = $1 and user_id = any ($2)
        """;
}
