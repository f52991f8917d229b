using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using VppManager.Apple.Licenses;
using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

public sealed class PaceTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private readonly ScriptedApple apple = new();

    public void Dispose() => apple.Dispose();

    [Fact]
    public async Task EveryTry_RetriesIncluded_AsksThePaceOfItsLocation()
    {
        apple.On("assets", Error(9646, 429), Lost(), Json(Pages.Assets(0, 1)));
        await using var host = new AppleHost(apple);

        await host.Client.GetAssetsAsync(AppleHost.Token("3000"), new(), 0, Ct);

        Assert.Equal([("3000", 13), ("3000", 13), ("3000", 13)], host.Pace.Asked);
        Assert.Equal([1, 2, 3], host.Pace.Answered);
    }

    [Theory]
    [InlineData(100, 90)]
    [InlineData(10, 9)]
    [InlineData(1, 1)]
    [InlineData(0, 13)]
    public async Task Limit_OfApplesServiceConfig_IsAppliedWithAMargin(int limit, int permits)
    {
        apple.On("service/config", Json($$$"""{"limits":{"maxRequestPerSecond":{{{limit}}}}}""")).On("assets", Json(Pages.Assets(0, 1)));
        await using var host = new AppleHost(apple);

        await host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct);

        Assert.Equal([("2049", permits)], host.Pace.Asked);
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("3600", 30)]
    [InlineData(null, 1)]
    public async Task RetryAfter_OfAnyAnswer_HoldsTheLocationInEveryProcess(string? said, int held)
    {
        apple.On("assets", Error(9646, 429, said)).On("lookup", Error(9646, 429, said));
        await using var host = new AppleHost(apple, configure: options => (options.Retries, options.MetadataAddress) = (0, new Uri("https://meta.example/mdm/v2/lookup")));

        await Assert.ThrowsAsync<AppleException>(() => host.Client.LookUpAsync(AppleHost.Token("3000"), ["42"], "us", "itunes", Ct));
        await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct));

        Assert.Equal([("2049", TimeSpan.FromSeconds(held))], host.Pace.Held);
    }

    [Fact]
    public async Task InMemoryPace_Held_LetsNobodyGoUntilThen()
    {
        var clock = new FakeTimeProvider();
        var pace = new InMemoryRequestPace(clock);
        await pace.HoldAsync("2049", TimeSpan.FromSeconds(5), Ct);
        await pace.HoldAsync("2049", TimeSpan.FromSeconds(1), Ct);
        var waiting = pace.WaitAsync("2049", 10, Longest, Ct).AsTask();

        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(waiting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await waiting;
    }

    [Fact]
    public async Task PaceCancelled_BeforeSending_SendsNothing()
    {
        apple.On("assets/revoke", Json("""{"eventId":"e-1"}"""));
        await using var host = new AppleHost(apple, pace: new InMemoryRequestPace(new FakeTimeProvider()));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var revoke = new RevokeAssets { SerialNumbers = ["SN-A"] };

        await host.Client.RevokeAsync(AppleHost.Token(), revoke, Ct);
        var second = host.Client.RevokeAsync(AppleHost.Token(), revoke, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Single(apple.To("assets/revoke"));
    }

    [Fact]
    public async Task InMemoryPace_ManyCallersAtOnce_NoSlidingSecondHoldsMoreThanTheLimit()
    {
        const int Permits = 13;
        var clock = new FakeTimeProvider();
        var pace = new InMemoryRequestPace(clock);
        var start = clock.GetUtcNow();
        var went = new ConcurrentQueue<TimeSpan>();

        var calls = Task.WhenAll(Enumerable.Range(0, 60).Select(_ => GoAsync(pace, Permits, () => went.Enqueue(clock.GetUtcNow() - start))));

        Assert.True(await GoesWithinAsync(clock, calls, TimeSpan.FromSeconds(10)));
        Assert.InRange(went.Max(from => went.Count(at => at >= from && at < from.Add(TimeSpan.FromSeconds(1)))), 12, Permits);
        Assert.InRange(went.Max().TotalSeconds, 59 / 13.0, (59 / 13.0) + 1);
    }

    [Fact]
    public async Task InMemoryPace_RequestsUnderway_NoOtherGoesUntilASecondAfterAnAnswer()
    {
        var clock = new FakeTimeProvider();
        var pace = new InMemoryRequestPace(clock);
        var first = await pace.WaitAsync("2049", 2, Longest, Ct);
        clock.Advance(TimeSpan.FromSeconds(0.6));
        await pace.WaitAsync("2049", 2, Longest, Ct);
        clock.Advance(TimeSpan.FromSeconds(10));
        var third = pace.WaitAsync("2049", 2, Longest, Ct).AsTask();

        Assert.False(await GoesWithinAsync(clock, third, TimeSpan.FromSeconds(5)));
        await pace.AnsweredAsync("2049", first, Ct);
        Assert.False(await GoesWithinAsync(clock, third, TimeSpan.FromSeconds(0.9)));
        Assert.True(await GoesWithinAsync(clock, third, TimeSpan.FromSeconds(0.4)));
    }

    [Fact]
    public async Task InMemoryPace_AnswerNeverTold_PermitEndsByItself()
    {
        var clock = new FakeTimeProvider();
        var pace = new InMemoryRequestPace(clock);
        await pace.WaitAsync("2049", 1, Longest, Ct);
        var second = pace.WaitAsync("2049", 1, Longest, Ct).AsTask();

        Assert.False(await GoesWithinAsync(clock, second, TimeSpan.FromSeconds(30.5)));
        Assert.True(await GoesWithinAsync(clock, second, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task InMemoryPace_OtherLocation_DoesNotWait()
    {
        var pace = new InMemoryRequestPace(new FakeTimeProvider());
        await pace.WaitAsync("2049", 1, Longest, Ct);

        Assert.True(pace.WaitAsync("3000", 1, Longest, Ct).AsTask().IsCompletedSuccessfully);
        Assert.False(pace.WaitAsync("2049", 1, Longest, Ct).AsTask().IsCompleted);
    }

    [Fact]
    public async Task InMemoryPace_AfterAPause_DoesNotMakeUpForItWithABurst()
    {
        var clock = new FakeTimeProvider();
        var pace = new InMemoryRequestPace(clock);
        await pace.WaitAsync("2049", 10, Longest, Ct);
        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.True(pace.WaitAsync("2049", 10, Longest, Ct).AsTask().IsCompletedSuccessfully);
        Assert.False(pace.WaitAsync("2049", 10, Longest, Ct).AsTask().IsCompleted);
    }

    /// <summary>One request that is answered at once.</summary>
    private static async Task GoAsync(InMemoryRequestPace pace, int permits, Action went)
    {
        var permit = await pace.WaitAsync("2049", permits, Longest, Ct);
        went();
        await pace.AnsweredAsync("2049", permit, Ct);
    }

    /// <summary>Lets time pass in small steps, each with room for who waits to look again.</summary>
    private static async Task<bool> GoesWithinAsync(FakeTimeProvider clock, Task waiting, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time && !waiting.IsCompleted; passed += TimeSpan.FromMilliseconds(50))
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(1, Ct);
        }

        return waiting.IsCompleted;
    }
}
