using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace VppManager.Benchmarks;

/// <summary>
/// A full sync of so many assignments, the first (everything is new) and one after it (everything is known), against <see cref="PlainSync"/> in the
/// same run; and a delta of a thousand changes. The service is a process of its own: its memory holds nothing of the fake or of this benchmark.
/// </summary>
internal static class SyncBenchmark
{
    private const int Apps = 20;
    private const int Changes = 1_000;

    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, CancellationToken ct)
    {
        await output.WriteLineAsync("licences     plain ms   first ms   ratio   again ms   ratio   delta ms   of again   peak MiB   (medians; a process each for service and Apple)");
        foreach (var size in arguments.Sizes)
        {
            // A service of its own for each size: its memory is what this size took.
            await using var site = await Site.StartAsync(ct);
            await site.AppleAsync(HttpMethod.Patch, "settings", new { enforceRate = false, maxRequestPerSecond = 1_000_000, pageSize = 1_000 }, ct);
            await MeasureAsync(site, size, size >= 1_000_000 ? Math.Min(arguments.Runs, 3) : arguments.Runs, output, ct);
        }
        return 0;
    }

    private static async Task MeasureAsync(Site site, int size, int runs, TextWriter output, CancellationToken ct)
    {
        var (uid, token) = await FillAsync(site, size, runs, ct);
        // Who has claimed a location keeps it: the same tenant each time.
        var administrator = site.Administrator(Guid.CreateVersion7());
        List<double> plain = [], first = [], again = [], delta = [];
        for (var run = 0; run < runs; run++)
        {
            await ForgetAsync(site.Database, ct);
            var (id, sync) = await administrator.UploadAsync(token, ct);
            first.Add(Took(sync));
            again.Add(Took(await administrator.SyncAsync(id, "full", 2, ct)));
            await CheckAsync(site.Database, administrator.Tenant, size + run * Changes, ct);

            await AssignAsync(site, uid, run % Apps, $"DELTA{run}-", Changes, ct);
            delta.Add(Took(await administrator.SyncAsync(id, "delta", 3, ct)));
            await CheckAsync(site.Database, administrator.Tenant, size + (run + 1) * Changes, ct);

            await site.Database.ExecuteAsync("""
                create table licenses_plain (like licenses including all, foreign key (tenant_id, pool_id) references pools (tenant_id, id) on delete cascade)
                """, ct);
            var watch = Stopwatch.StartNew();
            await new PlainSync(site.Apple, token, site.Database, administrator.Tenant).RunAsync(ct);
            plain.Add(watch.Elapsed.TotalMilliseconds);
            await site.Database.ExecuteAsync("drop table licenses_plain", ct);
        }

        var (p, f, a, d) = (Median(plain), Median(first), Median(again), Median(delta));
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{size,-12:N0} {p,8:F0} {f,10:F0} {f / p,7:F2} {a,10:F0} {a / p,7:F2} {d,10:F0} {d / a,10:P1} {site.PeakMebibytes,10:N0}"));
    }

    private static async Task<(string Uid, string Token)> FillAsync(Site site, int size, int runs, CancellationToken ct)
    {
        var (uid, token) = await site.LocationAsync(ct);
        for (var app = 0; app < Apps; app++)
        {
            await site.AppleAsync(HttpMethod.Put, $"locations/{uid}/assets/{AdamId(app)}", new { total = size / Apps + runs * Changes }, ct);
            await AssignAsync(site, uid, app, "SN", size / Apps, ct);
        }
        return (uid, token);
    }

    private static async Task AssignAsync(Site site, string uid, int app, string prefix, int count, CancellationToken ct)
    {
        foreach (var some in Enumerable.Range(0, count).Select(n => $"{prefix}{n:D10}").Chunk(10_000))
            await site.AppleAsync(HttpMethod.Post, $"locations/{uid}/assets/{AdamId(app)}/assign", new { serialNumbers = some }, ct);
    }

    private static Task ForgetAsync(BenchDatabase database, CancellationToken ct) => database.ExecuteAsync("""
        truncate licenses, license_ledger, apple_users, assignments, apps, pools, sync_runs, read_positions, tokens, locations, work, marks cascade
        """, ct);

    private static async Task CheckAsync(BenchDatabase database, Guid tenant, int expected, CancellationToken ct)
    {
        var held = await database.CountAsync("select count(*) from licenses where tenant_id = $1 and state = 'held'", ct, tenant);
        var counted = await database.CountAsync("select sum(taken) from pools where tenant_id = $1 and apple_difference = 0", ct, tenant);
        if (held != expected || counted != expected) throw new InvalidOperationException($"{expected} licences, but {held} found and {counted} counted.");
    }

    private static string AdamId(int app) => (7_000_000 + app).ToString(CultureInfo.InvariantCulture);

    private static double Took(JsonNode sync) =>
        (sync["finishedDateTime"]!.GetValue<DateTimeOffset>() - sync["startedDateTime"]!.GetValue<DateTimeOffset>()).TotalMilliseconds;

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}
