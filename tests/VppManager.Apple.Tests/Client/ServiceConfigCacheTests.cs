using VppManager.Apple.Licenses;
using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

public sealed class ServiceConfigCacheTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly ScriptedApple apple = new();
    private readonly StepClock clock = new();

    public void Dispose() => apple.Dispose();

    [Fact]
    public async Task Limits_OlderThanFiveMinutes_AreReadAgain()
    {
        apple.On("service/config", Limits(3), Limits(4));
        await using var host = new AppleHost(apple, clock);

        Assert.Equal(3, await MaxAssetsAsync(host));
        clock.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(3, await MaxAssetsAsync(host));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(4, await MaxAssetsAsync(host));
        Assert.Equal(2, apple.To("service/config").Count);
    }

    [Fact]
    public async Task Limits_AppleOutOfReach_StayAsLastReadAndAreAskedForAgainSoon()
    {
        apple.On("service/config", Limits(3), Lost(), Limits(4));
        await using var host = new AppleHost(apple, clock);

        Assert.Equal(3, await MaxAssetsAsync(host));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(3, await MaxAssetsAsync(host));
        Assert.Equal(3, await MaxAssetsAsync(host));
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(4, await MaxAssetsAsync(host));
        Assert.Equal(3, apple.To("service/config").Count);
    }

    [Fact]
    public async Task Limits_NeverRead_AreTheDocumentedOnes()
    {
        apple.On("service/config", Json("<html>", 503));
        await using var host = new AppleHost(apple, clock);

        Assert.Equal(25, await MaxAssetsAsync(host));
    }

    [Fact]
    public async Task Limits_AppleHangs_DoNotHoldACallUpForLong()
    {
        apple.On("service/config", Hang());
        await using var host = new AppleHost(apple, clock);

        var limits = host.Limits.GetAsync(Ct).AsTask();
        await Eventually.TrueAsync(() => apple.To("service/config").Count == 1);
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(25, (await limits).Limits.MaxAssets);
    }

    [Fact]
    public async Task Limits_AppleRefusesARequestAsTooBig_AreReadAgain()
    {
        apple.On("service/config", Limits(25), Limits(10)).On("assets/associate", Error(9700, 400));
        await using var host = new AppleHost(apple, clock);
        Assert.Equal(25, await MaxAssetsAsync(host));

        await Assert.ThrowsAsync<AppleException>(() => host.Client.AssociateAsync(
            AppleHost.Token(), new ManageAssets([new("42")]) { SerialNumbers = ["SN-A"] }, Ct));

        Assert.Equal(10, await MaxAssetsAsync(host));
    }

    [Fact]
    public async Task Limits_ManyAskAtOnce_AreReadOnce()
    {
        var gate = new TaskCompletionSource();
        apple.On("service/config", async (seen, ct) =>
        {
            await gate.Task.WaitAsync(ct);
            return await Limits(3)(seen, ct);
        });
        await using var host = new AppleHost(apple, clock);

        var asked = Enumerable.Range(0, 20).Select(_ => MaxAssetsAsync(host)).ToList();
        gate.SetResult();

        Assert.All(await Task.WhenAll(asked), limit => Assert.Equal(3, limit));
        Assert.Single(apple.To("service/config"));
    }

    private static Func<Seen, CancellationToken, Task<HttpResponseMessage>> Limits(int maxAssets) =>
        Json($$$"""{"limits":{"maxAssets":{{{maxAssets}}}}}""");

    private static async Task<int> MaxAssetsAsync(AppleHost host) => (await host.Limits.GetAsync(Ct)).Limits.MaxAssets;
}
