using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>What a worker has taken on, and until when it is the only one.</summary>
internal sealed record WorkItem(string Lane, Guid Tenant, Guid Key, int Attempts, DateTimeOffset LeasedUntil = default)
{
    /// <summary>Moves on as long as the worker says that it is still at it: see <see cref="WorkQueue.KeepAsync"/>.</summary>
    public DateTimeOffset LeasedUntil { get; set; } = LeasedUntil;

    /// <summary>Ends the work with the lease.</summary>
    public CancellationTokenSource? Lease { get; set; }
}

/// <summary>
/// Things to do at a time, across tenants and instances. An item is leased, not removed: if its worker dies, another takes it over when the lease ends.
/// Whoever finishes an item removes it in the transaction that holds the result.
/// </summary>
internal sealed class WorkQueue(NpgsqlDataSource database, TimeProvider time)
{
    /// <summary>Requests of a location are to be planned.</summary>
    public const string Plan = "plan";

    /// <summary>A request is to be sent, or its event followed.</summary>
    public const string Request = "request";

    /// <summary>A notification of Apple's is to be worked off.</summary>
    public const string Notification = "notification";

    /// <summary>A location is to be looked at as a whole: somebody else has changed it.</summary>
    public const string Look = "look";

    /// <summary>A token is to be deleted when its licences have been taken back.</summary>
    public const string Deletion = "deletion";

    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(5);

    private const string Claim = """
        update work set leased_until = $3, attempts = attempts + 1
        where (lane, key) = (
            select lane, key from work
            where lane = $1 and run_at <= $2 and (leased_until is null or leased_until <= $2)
            order by run_at limit 1 for update skip locked)
        returning tenant_id, key, attempts, leased_until
        """;

    private const string Keep = "update work set leased_until = $3 where lane = $1 and key = $2 and leased_until = $4 returning leased_until";

    private const string PutOff = """
        update work set run_at = $3, leased_until = null, attempts = case when $4 then attempts else 0 end
        where lane = $1 and key = $2 and leased_until = $5
        """;

    public async Task<WorkItem?> ClaimAsync(string lane, TimeSpan lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(Claim, lane, now, now + lease) } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new WorkItem(lane, reader.GetGuid(0), reader.GetGuid(1), reader.GetInt32(2), reader.GetFieldValue<DateTimeOffset>(3)) : null;
    }

    /// <summary>
    /// Ends with the lease: whoever acts on the world outside must not go on when another may have taken over. What Apple hears late would undo what was asked since.
    /// </summary>
    public CancellationTokenSource LeaseOf(WorkItem item)
    {
        var left = item.LeasedUntil - time.GetUtcNow();
        return item.Lease = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero, time);
    }

    /// <summary>
    /// Prolongs the lease of a worker that comes forward, once half of it is over: what takes long must not be begun again and again. One whose lease has
    /// ended is stopped, since another may be at it.
    /// </summary>
    public async Task KeepAsync(WorkItem item, TimeSpan lease, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (item.LeasedUntil - now > lease / 2) return;

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(Keep, item.Lane, item.Key, now + lease, item.LeasedUntil) } };
        if (await batch.ExecuteScalarAsync(ct) is DateTime until)
        {
            item.LeasedUntil = new DateTimeOffset(until, TimeSpan.Zero);
            item.Lease?.CancelAfter(lease);
        }
        else
        {
            await (item.Lease?.CancelAsync() ?? Task.CompletedTask);
            ct.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Works an item off. One whose work meets a fault is given back, to be tried again soon: its lease is for workers that die.</summary>
    public async Task WorkAsync(WorkItem item, Func<Task> work, CancellationToken ct)
    {
        try
        {
            await work();
        }
        catch (Exception) when (!ct.IsCancellationRequested)
        {
            await PutOffAsync(item, AfterFault, failed: true, ct);
            throw;
        }
    }

    /// <summary>Gives an item back, to be done later; one whose lease is over is left to whoever has it now.</summary>
    /// <param name="failed">Whether it counts as an attempt: what fails again and again is put off longer and longer.</param>
    public async Task PutOffAsync(WorkItem item, TimeSpan delay, bool failed, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Sql.Command(PutOff, item.Lane, item.Key, time.GetUtcNow() + delay, failed, item.LeasedUntil) },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Removes an item whose matter has ended already.</summary>
    public async Task DropAsync(WorkItem item, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Remove(item.Lane, item.Key) } };
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>When the next item of the lane is due; null when there is none.</summary>
    public async Task<DateTimeOffset?> NextDueAsync(string lane, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Sql.Command("select min(greatest(run_at, coalesce(leased_until, run_at))) from work where lane = $1", lane) },
        };
        return await batch.ExecuteScalarAsync(ct) is DateTime due ? new DateTimeOffset(due, TimeSpan.Zero) : null;
    }

    /// <summary>Sleeps until a lane is woken, its next item is due, or so long has passed.</summary>
    public async Task SleepAsync(string lane, Task woken, TimeSpan atMost, CancellationToken ct)
    {
        var wait = atMost;
        if (await NextDueAsync(lane, ct) is { } due && due - time.GetUtcNow() < wait) wait = due - time.GetUtcNow();
        if (wait <= TimeSpan.Zero) wait = TimeSpan.FromMilliseconds(1);

        using var asleep = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(woken, Task.Delay(wait, time, asleep.Token));
        await asleep.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Adds items to a transaction; one that is there already keeps its time. It is locked until the transaction ends, so that no worker removes it
    /// without having seen what the transaction did: let this be the last statement.
    /// </summary>
    public static NpgsqlBatchCommand Add(string lane, Guid tenant, Guid[] keys, DateTimeOffset runAt) => Sql.Command("""
        with added as (
            insert into work (lane, tenant_id, key, run_at) select $1, $2, k, $4 from unnest($3) k
            on conflict (lane, key) do update set run_at = least(work.run_at, excluded.run_at))
        select pg_notify('vpp_work', $1)
        """, lane, tenant, keys, runAt);

    /// <summary>Moves an item to another time, from within a transaction.</summary>
    public static NpgsqlBatchCommand Move(string lane, Guid key, DateTimeOffset runAt) =>
        Sql.Command("update work set run_at = $3, leased_until = null, attempts = 0 where lane = $1 and key = $2", lane, key, runAt);

    /// <summary>Brings an item forward, unless somebody is at it just now.</summary>
    public static NpgsqlBatchCommand Hasten(string lane, Guid key, DateTimeOffset runAt) => Sql.Command("""
        with sooner as (update work set run_at = $3 where lane = $1 and key = $2 and leased_until is null and run_at > $3)
        select pg_notify('vpp_work', $1)
        """, lane, key, runAt);

    /// <summary>Removes an item, in the transaction that holds what came of it.</summary>
    public static NpgsqlBatchCommand Remove(string lane, Guid key) => Sql.Command("delete from work where lane = $1 and key = $2", lane, key);
}
