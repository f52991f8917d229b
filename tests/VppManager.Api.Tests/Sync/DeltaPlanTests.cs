using Npgsql;
using VppManager.Api.Sync;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Sync;

/// <summary>How PostgreSQL goes about a delta of a tenant of whom it knows nothing yet (decision 20).</summary>
public sealed class DeltaPlanTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    public async Task Delta_OfATenantWithoutStatistics_LooksUpEachHolderByTheWholeKey()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var connection = await service.Owner.OpenConnectionAsync(ct);
        // Of a table as small as this, PostgreSQL would read everything.
        await using (var settings = new NpgsqlCommand("set enable_seqscan = off; set enable_bitmapscan = off", connection)) await settings.ExecuteNonQueryAsync(ct);

        await using var explain = new NpgsqlCommand("explain " + SyncDifferences.Changed, connection);
        foreach (var value in (object[])[Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), 1, 1]) explain.Parameters.Add(new NpgsqlParameter { Value = value });
        var plan = new List<string>();
        await using (var reader = await explain.ExecuteReaderAsync(ct))
        {
            while (await reader.ReadAsync(ct)) plan.Add(reader.GetString(0));
        }

        var lookups = plan.SkipWhile(line => !line.Contains("on licenses l ", StringComparison.Ordinal)).ToList();
        Assert.True(lookups.Count > 1, string.Join('\n', plan));
        Assert.Contains("ux_licenses_holder on licenses l ", lookups[0], StringComparison.Ordinal);
        Assert.Matches(@"Index Cond: .*\(holder = d\.holder\)", lookups[1]);
    }
}
