using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Sync;

public sealed class RequestPaceTests(PostgresFixture postgres)
{
    private const int PerSecond = 20;
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task WaitAsync_TwoInstancesOnOneLocation_KeepItsRateTogether()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        RequestPace[] instances = [new(database, TimeProvider.System), new(database, TimeProvider.System)];
        var since = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 11).Select(n => instances[n % 2].WaitAsync("one", PerSecond, Longest, Ct).AsTask()));

        Assert.True(since.Elapsed >= TimeSpan.FromSeconds(10.0 / PerSecond), $"Eleven requests left within {since.Elapsed}.");
    }

    [Fact]
    public async Task WaitAsync_RequestsThatStallOnTheirWay_NoSecondAtApplesEndHoldsMore()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        RequestPace[] instances = [new(database, TimeProvider.System), new(database, TimeProvider.System)];
        var received = new ConcurrentQueue<TimeSpan>();
        var since = Stopwatch.StartNew();

        // The first ten reach Apple late, all at once, when the next are due already.
        var late = Task.Delay(TimeSpan.FromSeconds(1), Ct);
        await Task.WhenAll(Enumerable.Range(0, 3 * PerSecond).Select(n => SendAsync(instances[n % 2], n < PerSecond / 2 ? late : Task.CompletedTask)));

        Assert.Equal(3 * PerSecond, received.Count);
        Assert.InRange(received.Max(from => received.Count(at => at >= from && at < from + TimeSpan.FromSeconds(1))), PerSecond / 2, PerSecond);

        async Task SendAsync(RequestPace pace, Task underway)
        {
            var permit = await pace.WaitAsync("stalling", PerSecond, Longest, Ct);
            await underway;
            received.Enqueue(since.Elapsed);
            await pace.AnsweredAsync("stalling", permit, Ct);
        }
    }

    [Fact]
    public async Task WaitAsync_AnswerNeverTold_PermitEndsByItself()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        var pace = new RequestPace(database, TimeProvider.System);
        await pace.WaitAsync("killed", 1, TimeSpan.FromSeconds(0.5), Ct);
        var since = Stopwatch.StartNew();

        await pace.WaitAsync("killed", 1, Longest, Ct);

        Assert.InRange(since.Elapsed.TotalSeconds, 1.4, 20);
    }

    [Fact]
    public async Task HoldAsync_AppleSaidWhenToComeBack_HoldsEveryInstance()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        RequestPace told = new(database, TimeProvider.System), other = new(database, TimeProvider.System);
        await other.WaitAsync("held", PerSecond, Longest, Ct);
        var since = Stopwatch.StartNew();

        await told.HoldAsync("held", TimeSpan.FromMilliseconds(400), Ct);
        await told.HoldAsync("held", TimeSpan.FromMilliseconds(1), Ct);
        await other.WaitAsync("held", PerSecond, Longest, Ct);

        // A timer may ring a moment before its time.
        Assert.True(since.Elapsed >= TimeSpan.FromMilliseconds(390), $"The other one asked again after {since.Elapsed}.");
    }

    [Fact]
    public async Task WaitAsync_AnotherLocation_DoesNotWaitForThisOne()
    {
        await using var database = NpgsqlDataSource.Create(await postgres.CreateDatabaseAsync());
        var pace = new RequestPace(database, TimeProvider.System);
        using var gone = new CancellationTokenSource();
        await pace.WaitAsync("busy", 1, Longest, Ct);
        var waiting = pace.WaitAsync("busy", 1, Longest, gone.Token).AsTask();

        await pace.WaitAsync("idle", 1, Longest, Ct);

        Assert.False(waiting.IsCompleted);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
