using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Api.Licenses;

namespace VppManager.Benchmarks;

/// <summary>
/// What a change costs beside what it changes: one member more in a large group, and the nightly import of the whole group, once with nothing new and
/// once with one in a hundred new. The licences that were touched are counted, not believed.
/// </summary>
internal static class EffectsBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments, TextWriter output, CancellationToken ct)
    {
        await using var database = await BenchDatabase.StartAsync(ct);
        await output.WriteLineAsync("members      all, settled ms   one more ms   import, same ms   import, 1 % new ms (its settling)   licences touched: one, same, 1 %");
        foreach (var size in arguments.Sizes) await MeasureAsync(database, size, output, ct);
        return 0;
    }

    private static async Task MeasureAsync(BenchDatabase database, int size, TextWriter output, CancellationToken ct)
    {
        var settling = new Settling(database.Application, TimeProvider.System, NullLogger<Settling>.Instance);
        var tenant = await Holders.SeedAsync(database, size, ct);
        await Holders.AssignAsync(database, tenant, ct);
        var all = await TimeAsync(() => settling.RunAsync(ct));
        await database.ExecuteAsync("analyze licenses, license_ledger", ct);
        var group = await GroupAsync(database, tenant, ct);

        var touched = await TouchedAsync(database, tenant, ct);
        await ImportAsync(database, tenant, Body(group, size, 1), ct);
        var one = await TimeAsync(() => settling.RunAsync(ct));
        var byOne = await TouchedAsync(database, tenant, ct) - touched;

        touched = await TouchedAsync(database, tenant, ct);
        var same = await TimeAsync(() => ImportAsync(database, tenant, Body(group, 0, size), ct)) + await TimeAsync(() => settling.RunAsync(ct));
        var bySame = await TouchedAsync(database, tenant, ct) - touched;

        touched = await TouchedAsync(database, tenant, ct);
        var import = await TimeAsync(() => ImportAsync(database, tenant, Body(group, size / 100, size), ct));
        var settled = await TimeAsync(() => settling.RunAsync(ct));
        var byNew = await TouchedAsync(database, tenant, ct) - touched;

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{size,-12:N0} {all,15:F0} {one,13:F1} {same,17:F0} {import + settled,20:F0} ({settled:F0})   {byOne}, {bySame}, {byNew}"));
        if (byOne != 1 || bySame != 0 || byNew != (size / 100) - 1)
            throw new InvalidOperationException("More or fewer licences were touched than changed.");
    }

    /// <summary>Devices from the given number on, each a member of the group.</summary>
    private static MemoryStream Body(Guid group, int from, int count)
    {
        var serials = Enumerable.Range(from + 1, count).Select(n => $"SN{n:D10}").ToList();
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(new
        {
            devices = serials.Select(serial => new { serialNumber = serial, operatingSystem = "iPadOS" }),
            memberships = serials.Select(serial => new { group, device = serial }),
        }));
    }

    private static async Task ImportAsync(BenchDatabase database, Guid tenant, Stream body, CancellationToken ct)
    {
        await using var context = new VppContext(new DbContextOptionsBuilder<VppContext>()
            .UseNpgsql(database.Application).UseSnakeCaseNamingConvention().AddInterceptors(new TenantWall()).Options);
        var caller = new Caller(tenant, Guid.CreateVersion7(), "nightly@example.com", null, new HashSet<string>(), new HashSet<Guid>(), IsApplication: false);
        var outcome = await new ImportDirectory(context, TimeProvider.System).ExecuteAsync(caller, new ImportStream(body).RowsAsync(ct), ct);
        if (!outcome.IsOk) throw new InvalidOperationException(outcome.Error.Message);
    }

    private static Task<long> TouchedAsync(BenchDatabase database, Guid tenant, CancellationToken ct) =>
        database.CountAsync("select count(*) from license_ledger where tenant_id = $1", ct, tenant);

    private static async Task<Guid> GroupAsync(BenchDatabase database, Guid tenant, CancellationToken ct)
    {
        await using var command = database.Owner.CreateCommand("select id from groups where tenant_id = $1");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = tenant });
        return (Guid)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalMilliseconds;
    }
}
