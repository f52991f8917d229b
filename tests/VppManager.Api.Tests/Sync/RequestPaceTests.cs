using System.Diagnostics;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Sync;

public sealed class RequestPaceTests(PostgresFixture postgres)
{
    private const int PerSecond = 20;

    [Fact]
    public async Task WaitAsync_TwoInstancesOnOneLocation_KeepItsRateTogether()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        RequestPace[] instances = [new(database, TimeProvider.System), new(database, TimeProvider.System)];
        var since = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 11).Select(n => instances[n % 2].WaitAsync("one", PerSecond, TestContext.Current.CancellationToken).AsTask()));

        Assert.True(since.Elapsed >= TimeSpan.FromSeconds(10.0 / PerSecond), $"Eleven requests left within {since.Elapsed}.");
    }

    [Fact]
    public async Task HoldAsync_AppleSaidWhenToComeBack_HoldsEveryInstance()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        RequestPace told = new(database, TimeProvider.System), other = new(database, TimeProvider.System);
        await other.WaitAsync("held", PerSecond, TestContext.Current.CancellationToken);
        var since = Stopwatch.StartNew();

        await told.HoldAsync("held", TimeSpan.FromMilliseconds(400), TestContext.Current.CancellationToken);
        await told.HoldAsync("held", TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
        await other.WaitAsync("held", PerSecond, TestContext.Current.CancellationToken);

        // A timer may ring a moment before its time.
        Assert.True(since.Elapsed >= TimeSpan.FromMilliseconds(390), $"The other one asked again after {since.Elapsed}.");
    }

    [Fact]
    public async Task WaitAsync_AnotherLocation_DoesNotWaitForThisOne()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        var pace = new RequestPace(database, TimeProvider.System);
        using var gone = new CancellationTokenSource();
        await pace.WaitAsync("busy", 1, TestContext.Current.CancellationToken);
        var waiting = pace.WaitAsync("busy", 1, gone.Token).AsTask();

        await pace.WaitAsync("idle", 1, TestContext.Current.CancellationToken);

        Assert.False(waiting.IsCompleted);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
