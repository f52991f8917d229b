using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>Seats that are taken and freed by what Apple tells unasked; and those that it would not give back.</summary>
internal static partial class Seats
{
    /// <summary>
    /// Takes apart a request of which some pairs are settled: the others wait to be planned again. Sent as a whole once more, it would do anew what
    /// may have been undone since.
    /// </summary>
    /// <returns>False when no pair of it is settled.</returns>
    public static async Task<bool> UnplanRestAsync(TenantTransaction transaction, AppleRequest request, CancellationToken ct)
    {
        await LockAsync(transaction, request.PoolIds, ct);
        var left = await transaction.ReadOneAsync(
            Sql.Command("select count(*) from licenses where tenant_id = $1 and request_id = $2", transaction.Tenant, request.Id), row => row.GetInt64(0), ct);
        if (left >= (long)request.PoolIds.Length * (request.SerialNumbers.Length + request.ClientUserIds.Length)) return false;

        await UnplanAsync(transaction, request.PoolIds, request.Id, [], ct);
        return true;
    }

    /// <summary>Apple has carried these pairs of the request out. Pairs that are settled already, or are not of the request, stay as they are.</summary>
    public static async Task ConfirmPairsAsync(
        TenantTransaction transaction, Guid[] pools, Guid request, IReadOnlyList<LicensePair> pairs, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        if (pairs.Count == 0) return;

        await TogetherAsync(
            transaction, Sql.Command(Confirm("and (pool_id, holder) in (select * from unnest($5::uuid[], $6::text[]))"), transaction.Tenant, request, now, pools,
                pairs.Select(pair => pair.Pool).ToArray(), pairs.Select(pair => pair.Holder).ToArray()), ct);
    }

    /// <summary>The totals of the pools change by so many; those who wait get what has come free.</summary>
    /// <returns>False when a total would not add up, and was left alone, or when more seats are taken now than there are.</returns>
    public static async Task<bool> AddAsync(
        TenantTransaction transaction, IReadOnlyList<(Guid Pool, long Delta)> deltas, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] pools = [.. deltas.Select(one => one.Pool)];
        await LockAsync(transaction, pools, ct);
        var moved = await transaction.ReadAsync(
            Sql.Command(Move, transaction.Tenant, pools, deltas.Select(one => one.Delta).ToArray()), row => row.GetBoolean(0), ct);
        await transaction.ExecuteAsync(Sql.Command(Promote, transaction.Tenant, pools, now), ct);
        return moved.Count == deltas.Count && moved.TrueForAll(isWithin => isWithin);
    }

    /// <summary>
    /// What is still held because Apple would not take it back is tried once more: at each sync, unless Apple said that it never can be (9706).
    /// Nobody can want it meanwhile: whoever does gets it back by settling.
    /// </summary>
    public static async Task<int> ReleaseAgainAsync(TenantTransaction transaction, Guid location, DateTimeOffset now, CancellationToken ct)
    {
        Guid[] pools = [.. await transaction.ReadAsync(Sql.Command(PoolsToTryAgain, transaction.Tenant, location), row => row.GetGuid(0), ct)];
        if (pools.Length == 0) return 0;

        await LockAsync(transaction, pools, ct);
        var again = await transaction.ExecuteAsync(Sql.Command(ReleaseAgain, transaction.Tenant, pools, now), ct);
        await RequestPlanning.AskForAsync(transaction, pools, now, ct);
        return again;
    }

    private const string Move = """
        update pools p set total = (p.total + d.delta)::int, apple_available = (p.apple_available + d.delta)::int
        from unnest($2::uuid[], $3::bigint[]) as d (id, delta)
        where p.tenant_id = $1 and p.id = d.id and p.total + d.delta between 0 and 2147483647 and p.apple_available + d.delta between 0 and 2147483647
        returning p.taken <= p.total
        """;

    private const string IsRefusedRelease = "l.state = 'held' and not l.wanted and l.reason is not null and l.reason <> 'apple:9706'";

    private const string PoolsToTryAgain = $"""
        select distinct l.pool_id from licenses l join pools p on p.tenant_id = $1 and p.id = l.pool_id and p.location_id = $2 and p.revocable
        where l.tenant_id = $1 and {IsRefusedRelease} order by 1
        """;

    private const string ReleaseAgain = $"""
        update licenses l set state = 'releasing', changed_at = $3, reason = null
        where l.tenant_id = $1 and l.pool_id = any ($2) and {IsRefusedRelease}
        """;
}

/// <summary>An asset's pool and who holds or is to hold a licence of it.</summary>
internal sealed record LicensePair(Guid Pool, string Holder);
