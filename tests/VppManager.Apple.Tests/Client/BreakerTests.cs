using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

public sealed class BreakerTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly ScriptedApple apple = new();
    private readonly StepClock clock = new();

    public void Dispose() => apple.Dispose();

    [Fact]
    public async Task Location_FailsTooOften_IsLeftAloneWhileAnotherGoesOn()
    {
        apple.On("assets", Lost()).On("users", Json("""{"users":[],"totalPages":0,"versionId":"v1"}"""));
        await using var host = Host();
        await FailAsync(host, 4);

        var left = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetUsersAsync(AppleHost.Token(), new(), 0, Ct));
        var other = await host.Client.GetUsersAsync(AppleHost.Token("3000"), new(), 0, Ct);

        Assert.True(left.IsNotSent);
        Assert.Equal(AppleErrorMeaning.TryAgain, left.Meaning);
        Assert.InRange(left.RetryAfter!.Value.TotalSeconds, 1, 15);
        Assert.Empty(other.Users);
        Assert.Single(apple.To("users"));
    }

    [Fact]
    public async Task Location_LeftAloneLongEnough_IsAskedAgain()
    {
        apple.On("assets", Lost(), Lost(), Lost(), Lost(), Json(Pages.Assets(0, 1)));
        await using var host = Host();
        await FailAsync(host, 4);

        clock.Advance(TimeSpan.FromSeconds(16));
        var page = await host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct);

        Assert.Single(page.Assets);
    }

    [Fact]
    public async Task Refusals_HoweverMany_AreNoDeath()
    {
        apple.On("assets", Error(9622, 200));
        await using var host = Host();

        for (var call = 0; call < 10; call++)
        {
            var refusal = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct));
            Assert.Equal(9622, refusal.ErrorNumber);
        }
        Assert.Equal(10, apple.To("assets").Count);
    }

    private AppleHost Host() => new(apple, clock, options =>
    {
        options.Retries = 0;
        options.BreakAfter = 4;
    });

    private static async Task FailAsync(AppleHost host, int times)
    {
        for (var call = 0; call < times; call++)
            await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct));
    }
}
