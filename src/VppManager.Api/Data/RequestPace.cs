using Npgsql;
using VppManager.Apple;

namespace VppManager.Api.Data;

/// <summary>The pace of the requests to Apple, counted in PostgreSQL by its clock: all instances together keep within Apple's limit.</summary>
internal sealed class RequestPace(NpgsqlDataSource database, TimeProvider time) : IRequestPace
{
    // Takes the next free slot of the key and says how long it is until then.
    private const string TakeSlot = """
        insert into request_pace as pace (key, next_at) values ($1, clock_timestamp() + interval '1 second' / $2)
        on conflict (key) do update set next_at = greatest(pace.next_at, clock_timestamp()) + interval '1 second' / $2
        returning next_at - interval '1 second' / $2 - clock_timestamp()
        """;

    private const string TakePermit = """
        insert into request_pace as pace (key, next_at, permits) values ($1, clock_timestamp(), array[clock_timestamp() + $3])
        on conflict (key) do update
        set permits = array(select until from unnest(pace.permits) as until where until > clock_timestamp()) || (clock_timestamp() + $3)
        where (select count(*) from unnest(pace.permits) as until where until > clock_timestamp()) < $2
        returning permits[cardinality(permits)]
        """;

    // A permit may come back before it ends by itself: nobody waits long without looking again.
    private const string UntilAPermitIsFree = """
        select least(coalesce(min(until) - clock_timestamp(), interval '0'), interval '250 milliseconds')
        from request_pace, unnest(permits) as until where key = $1 and until > clock_timestamp()
        """;

    private const string GiveBack = """
        update request_pace set permits = array_remove(permits, $2) || (clock_timestamp() + interval '1 second')
        where key = $1 and $2 = any(permits)
        """;

    private const string Hold = """
        insert into request_pace as pace (key, next_at) values ($1, clock_timestamp() + $2)
        on conflict (key) do update set next_at = greatest(pace.next_at, excluded.next_at)
        """;

    public async ValueTask<RequestPermit> WaitAsync(string key, int permitsPerSecond, TimeSpan atMost, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permitsPerSecond, 1);

        await DelayAsync(await ScalarAsync<TimeSpan>(Sql.Command(TakeSlot, key, (double)permitsPerSecond), ct), ct);
        while (true)
        {
            if (await ScalarAsync<DateTime?>(Sql.Command(TakePermit, key, permitsPerSecond, atMost + TimeSpan.FromSeconds(1)), ct) is { } until)
                return new(until);

            await DelayAsync(await ScalarAsync<TimeSpan>(Sql.Command(UntilAPermitIsFree, key), ct), ct);
        }
    }

    public async ValueTask AnsweredAsync(string key, RequestPermit permit, CancellationToken ct)
    {
        try
        {
            await ScalarAsync<object?>(Sql.Command(GiveBack, key, permit.Until), ct);
        }
        catch (Exception fault) when (fault is NpgsqlException or OperationCanceledException)
        {
            // Apple's answer must not be lost for it: the permit ends by itself.
        }
    }

    public async ValueTask HoldAsync(string key, TimeSpan wait, CancellationToken ct) =>
        await ScalarAsync<object?>(Sql.Command(Hold, key, wait), ct);

    /// <summary>Forgets locations that nobody has asked for in a while.</summary>
    public static NpgsqlBatchCommand Sweep() => new("delete from request_pace where next_at < clock_timestamp() - interval '1 day'");

    private async ValueTask DelayAsync(TimeSpan wait, CancellationToken ct)
    {
        if (wait > TimeSpan.Zero) await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, ct);
    }

    private async Task<T?> ScalarAsync<T>(NpgsqlBatchCommand command, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        return (T?)await batch.ExecuteScalarAsync(ct);
    }
}
