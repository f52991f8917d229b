using System.Globalization;
using VppManager.Apple.Licenses;
using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

public sealed class RetryTests : IDisposable
{
    private const string Accepted = """{"eventId":"e-1"}""";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly ScriptedApple apple = new();
    private readonly StepClock clock = new();

    public void Dispose() => apple.Dispose();

    [Fact]
    public async Task Read_ServerErrorsAndLostAnswers_IsTriedAgainUntilItSucceeds()
    {
        apple.On("assets", Error(9603, 500), Error(9729, 503), Json("<html>", 502), Lost(), Json(Pages.Assets(0, 1)));
        await using var host = new AppleHost(apple);

        var page = await host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct);

        Assert.Equal("1000", Assert.Single(page.Assets).AdamId);
        Assert.Equal(5, apple.To("assets").Count);
        Assert.Equal(5, host.Pace.Asked.Count);
    }

    [Fact]
    public async Task Read_NoAnswerInTime_IsTriedAgain()
    {
        apple.On("assets", Hang(), Json(Pages.Assets(0, 1)));
        await using var host = new AppleHost(apple, configure: options => options.AttemptTimeout = TimeSpan.FromMilliseconds(50));

        await host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct);

        Assert.Equal(2, apple.To("assets").Count);
    }

    [Fact]
    public async Task Read_NeverSucceeds_SurfacesTheLastFailureAfterTheLastRetry()
    {
        apple.On("assets", Error(9603, 500));
        await using var host = new AppleHost(apple, configure: options => options.Retries = 2);

        var fault = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct));

        Assert.Equal(9603, fault.ErrorNumber);
        Assert.Equal(3, apple.To("assets").Count);
    }

    [Fact]
    public async Task Write_AnswerLost_IsNotSentAgain()
    {
        apple.On("assets/associate", Lost(), Json(Accepted));
        await using var host = new AppleHost(apple);

        var fault = await Assert.ThrowsAsync<AppleException>(() => Associate(host));

        Assert.Equal(AppleErrorMeaning.OutOfReach, fault.Meaning);
        Assert.Single(apple.To("assets/associate"));
    }

    [Fact]
    public async Task Write_NoAnswerInTime_IsNotSentAgain()
    {
        apple.On("assets/associate", Hang(), Json(Accepted));
        await using var host = new AppleHost(apple, configure: options => options.AttemptTimeout = TimeSpan.FromMilliseconds(50));

        var fault = await Assert.ThrowsAsync<AppleException>(() => Associate(host));

        Assert.Equal(AppleErrorMeaning.OutOfReach, fault.Meaning);
        Assert.Single(apple.To("assets/associate"));
    }

    [Fact]
    public async Task Write_TooManyRequests_GoesOutAgainWithAFreshBodyAndOneHeader()
    {
        apple.On("assets/associate", Error(9646, 429), Error(9646, 200), Error(9729, 503), Json(Accepted));
        await using var host = new AppleHost(apple);

        var accepted = await Associate(host);

        Assert.Equal("e-1", accepted.EventId);
        var tries = apple.To("assets/associate");
        Assert.Equal(4, tries.Count);
        Assert.Single(tries.Select(request => request.Body).Distinct());
        Assert.Equal(4, tries.Select(request => request.Content).Distinct().Count());
        Assert.All(tries, request => Assert.Equal(["Bearer " + AppleHost.Secret], request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Write_TooManyRequests_WaitsLongerAndLonger()
    {
        apple.On("assets/associate", Error(9646, 429), Error(9646, 429), Error(9646, 429), Error(9646, 429), Json(Accepted));
        await using var host = new AppleHost(apple, clock);

        var call = Associate(host);
        var waits = new List<TimeSpan>();
        for (var wait = 0; wait < 4; wait++)
            waits.Add(await clock.PassNextWaitAsync());
        await call;

        // Jitter spreads each wait widely; their sum stays between 8 and 16 seconds over 1.4 (Polly's decorrelated jitter). Four even waits
        // of a second would come to 5 at most.
        Assert.InRange(waits.Sum(wait => wait.TotalSeconds), 5.6, 11.5);
        Assert.Equal(5, apple.To("assets/associate").Count);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("date")]
    public async Task Read_RetryAfterInEitherForm_IsWaitedFor(string form)
    {
        var header = form == "date" ? clock.GetUtcNow().AddSeconds(12).ToString("r", CultureInfo.InvariantCulture) : form;
        apple.On("assets", Error(9729, 503, header), Json(Pages.Assets(0, 1)));
        await using var host = new AppleHost(apple, clock);

        var call = host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct);
        var wait = await clock.PassNextWaitAsync();
        await call;

        Assert.Equal(TimeSpan.FromSeconds(12), wait);
    }

    [Fact]
    public async Task Write_UnavailableWithRetryAfter_IsWaitedForAndSentAgain()
    {
        apple.On("assets/associate", Error(9729, 503, "12"), Json(Accepted));
        await using var host = new AppleHost(apple, clock);

        var call = Associate(host);
        var wait = await clock.PassNextWaitAsync();
        await call;

        Assert.Equal(TimeSpan.FromSeconds(12), wait);
    }

    [Fact]
    public async Task RetryAfter_LongerThanACallMayWait_SurfacesAndHoldsTheLocationBack()
    {
        apple.On("assets", Error(9729, 503, "120"), Json(Pages.Assets(0, 1)));
        await using var host = new AppleHost(apple, clock);

        var first = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct));
        clock.Advance(TimeSpan.FromSeconds(20));
        var second = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct));

        Assert.Equal((TimeSpan.FromSeconds(120), false), (first.RetryAfter, first.IsNotSent));
        Assert.Equal((TimeSpan.FromSeconds(100), true), (second.RetryAfter, second.IsNotSent));
        Assert.Single(apple.To("assets"));

        clock.Advance(TimeSpan.FromSeconds(100));
        await host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct);
        Assert.Equal(2, apple.To("assets").Count);
    }

    [Fact]
    public async Task RetryAfter_OfOneLocation_DoesNotHoldAnotherBack()
    {
        apple.On("assets", Error(9729, 503, "120"), Json(Pages.Assets(0, 1)));
        await using var host = new AppleHost(apple, clock);

        await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(AppleHost.Token("2049"), new(), 0, Ct));
        var page = await host.Client.GetAssetsAsync(AppleHost.Token("3000"), new(), 0, Ct);

        Assert.Single(page.Assets);
    }

    [Fact]
    public async Task Call_TotalTimeOver_IsOutOfReachWithTheLastFailureWithin()
    {
        apple.On("assets", Error(9646, 429));
        await using var host = new AppleHost(apple, configure: options =>
        {
            options.Retries = 20;
            options.RetryDelay = TimeSpan.FromMilliseconds(40);
            options.LongestRetryAfter = TimeSpan.FromMilliseconds(100);
            options.TotalTimeout = TimeSpan.FromMilliseconds(300);
        });

        var fault = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct));

        Assert.Equal(AppleErrorMeaning.OutOfReach, fault.Meaning);
        Assert.Equal(9646, Assert.IsType<AppleException>(fault.InnerException).ErrorNumber);
    }

    [Fact]
    public async Task Call_Cancelled_EndsAsCancelledAndNotAsApplesFault()
    {
        apple.On("assets", Hang());
        await using var host = new AppleHost(apple);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var call = host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, cancel.Token);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static Task<EventAccepted> Associate(AppleHost host) =>
        host.Client.AssociateAsync(AppleHost.Token(), new ManageAssets([new("42")]) { SerialNumbers = ["SN-A"] }, Ct);
}
