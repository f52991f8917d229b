using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Threading.Channels;
using Npgsql;
using NpgsqlTypes;

namespace VppManager.Benchmarks;

/// <summary>The least that a sync can be: the same pages by a bare HttpClient, five at a time, written by one COPY into a table with the columns, indexes and foreign key of the licences.</summary>
internal sealed class PlainSync(Uri apple, string token, BenchDatabase database, Guid tenant)
{
    private const int AtOnce = 5;

    public async Task RunAsync(CancellationToken ct)
    {
        using var client = new HttpClient { BaseAddress = new Uri(apple, "/mdm/v2/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var pages = Channel.CreateBounded<Row[]>(AtOnce);
        var reading = ReadAsync(client, pages.Writer, ct);
        await WriteAsync(pages.Reader, await PoolsAsync(ct), ct);
        await reading;
    }

    private static async Task ReadAsync(HttpClient client, ChannelWriter<Row[]> pages, CancellationToken ct)
    {
        try
        {
            var first = await PageAsync(client, 0, ct);
            await pages.WriteAsync(first.Assignments, ct);
            await Parallel.ForEachAsync(Enumerable.Range(1, first.TotalPages - 1), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
                async (index, stop) => await pages.WriteAsync((await PageAsync(client, index, stop)).Assignments, stop));
            pages.Complete();
        }
        catch (Exception fault)
        {
            pages.Complete(fault);
            throw;
        }
    }

    private static async Task<Page> PageAsync(HttpClient client, int index, CancellationToken ct) =>
        (await client.GetFromJsonAsync<Page>($"assignments?pageIndex={index}", ct))!;

    private async Task<Dictionary<string, Guid>> PoolsAsync(CancellationToken ct)
    {
        var pools = new Dictionary<string, Guid>();
        await using var command = database.Owner.CreateCommand("select adam_id, id from pools");
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) pools[reader.GetString(0)] = reader.GetGuid(1);
        return pools;
    }

    private async Task WriteAsync(ChannelReader<Row[]> pages, Dictionary<string, Guid> pools, CancellationToken ct)
    {
        var (now, place) = (DateTimeOffset.UtcNow, 0L);
        await using var connection = await database.Owner.OpenConnectionAsync(ct);
        await using var copy = await connection.BeginBinaryImportAsync("""
            copy licenses_plain (tenant_id, id, pool_id, holder_kind, holder, state, wanted, tracked, place, entitled_at, changed_at) from stdin (format binary)
            """, ct);
        copy.Timeout = TimeSpan.FromMinutes(10);
        await foreach (var page in pages.ReadAllAsync(ct))
            foreach (var row in page)
            {
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(tenant, NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(Guid.CreateVersion7(now), NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync(pools[row.AdamId], NpgsqlDbType.Uuid, ct);
                await copy.WriteAsync("device", NpgsqlDbType.Text, ct);
                await copy.WriteAsync(row.SerialNumber, NpgsqlDbType.Text, ct);
                await copy.WriteAsync("held", NpgsqlDbType.Text, ct);
                await copy.WriteAsync(false, NpgsqlDbType.Boolean, ct);
                await copy.WriteAsync(false, NpgsqlDbType.Boolean, ct);
                await copy.WriteAsync(++place, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
            }
        await copy.CompleteAsync(ct);
    }

    private sealed record Page(int TotalPages, Row[] Assignments);

    private sealed record Row(string AdamId, string SerialNumber);
}
