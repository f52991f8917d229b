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

    private const string Hold = """
        insert into request_pace as pace (key, next_at) values ($1, clock_timestamp() + $2)
        on conflict (key) do update set next_at = greatest(pace.next_at, excluded.next_at)
        """;

    public async ValueTask WaitAsync(string key, int permitsPerSecond, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permitsPerSecond, 1);

        var wait = await TakeAsync(key, permitsPerSecond, ct);
        if (wait > TimeSpan.Zero) await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, ct);
    }

    public async ValueTask HoldAsync(string key, TimeSpan wait, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(Hold, key, wait) } };
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Forgets locations that nobody has asked for in a while.</summary>
    public static NpgsqlBatchCommand Sweep() => new("delete from request_pace where next_at < clock_timestamp() - interval '1 day'");

    private async Task<TimeSpan> TakeAsync(string key, int permitsPerSecond, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(TakeSlot, key, (double)permitsPerSecond) } };
        return (TimeSpan)(await batch.ExecuteScalarAsync(ct))!;
    }
}
