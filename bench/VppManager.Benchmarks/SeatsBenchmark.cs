using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using VppManager.Api.Licenses;

namespace VppManager.Benchmarks;

/// <summary>
/// Seats taken for so many entitled holders, from the mark of a new assignment to the committed seats, against the same rows inserted by one
/// plain SQL statement into a table of the same columns, indexes and foreign key, in the same run.
/// </summary>
internal static class SeatsBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, CancellationToken ct)
    {
        await using var database = await BenchDatabase.StartAsync(ct);
        await output.WriteLineAsync("holders      plain ms   seats ms   ratio   seats/s   (medians of interleaved runs)");
        foreach (var size in arguments.Sizes) await MeasureAsync(database, size, size >= 1_000_000 ? Math.Min(arguments.Runs, 3) : arguments.Runs, output, ct);
        await output.WriteLineAsync($"peak memory of this process: {Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024} MiB");
        return 0;
    }

    private static async Task MeasureAsync(BenchDatabase database, int size, int runs, TextWriter output, CancellationToken ct)
    {
        List<double> plain = [], seats = [];
        var settling = new Settling(database.Application, TimeProvider.System, NullLogger<Settling>.Instance);
        for (var run = 0; run < runs; run++)
        {
            var tenant = await Holders.SeedAsync(database, size, ct);
            await Holders.AssignAsync(database, tenant, ct);
            seats.Add(await TimeAsync(() => settling.RunAsync(ct)));
            await CheckAsync(database, tenant, size, ct);

            await Holders.PreparePlainAsync(database, tenant, ct);
            plain.Add(await TimeAsync(() => Holders.InsertPlainAsync(database, ct)));
            await Holders.ForgetAsync(database, ct);
        }

        var (p, s) = (Median(plain), Median(seats));
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{size,-12:N0} {p,8:F1} {s,10:F1} {s / p,7:F2} {size / s * 1000,9:N0}   ({seats.Min():F0}..{seats.Max():F0} against {plain.Min():F0}..{plain.Max():F0})"));
    }

    private static async Task CheckAsync(BenchDatabase database, Guid tenant, int size, CancellationToken ct)
    {
        var held = await database.CountAsync("select count(*) from licenses where tenant_id = $1 and state = 'assigning'", ct, tenant);
        var counted = await database.CountAsync("select sum(taken) from pools where tenant_id = $1", ct, tenant);
        var told = await database.CountAsync("select count(*) from license_ledger where tenant_id = $1", ct, tenant);
        if (held != size || counted != size || told != size)
            throw new InvalidOperationException($"{size} holders, but {held} seats, {counted} counted, {told} in the ledger.");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}
