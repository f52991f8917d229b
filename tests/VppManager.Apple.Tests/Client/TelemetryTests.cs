using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

public sealed class TelemetryTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly ScriptedApple apple = new();

    public void Dispose() => apple.Dispose();

    [Fact]
    public async Task Tries_EachByCallAndOutcome_AreCountedWithoutNamingTokenOrLocation()
    {
        var counted = new ConcurrentQueue<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument is { Meter.Name: "VppManager.Apple", Name: "apple.requests" })
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) => counted.Enqueue(
            $"{count}: {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
        listener.Start();
        apple.On("users/update", Error(9646, 429), Error(9625, 401));
        await using var host = new AppleHost(apple);

        await Assert.ThrowsAsync<AppleException>(() => host.Client.UpdateUsersAsync(AppleHost.Token(), [new("u-1")], Ct));

        // Other tests count too; none of them updates users.
        Assert.Equal(
            ["1: call=users/update outcome=TooManyRequests", "1: call=users/update outcome=TokenRevoked"],
            counted.Where(text => text.Contains("users/update", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Call_Refused_IsAnActivityThatSaysWhy()
    {
        var ended = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "VppManager.Apple",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        apple.On("users/retire", Error(9637, 403));
        await using var host = new AppleHost(apple);

        await Assert.ThrowsAsync<AppleException>(() => host.Client.RetireUsersAsync(AppleHost.Token("8888"), ["u-1"], Ct));

        var activity = Assert.Single(ended, activity => activity.DisplayName == "apple users/retire" && activity.Status is ActivityStatusCode.Error);
        Assert.Equal("ReadOnly", activity.StatusDescription);
        Assert.All(activity.TagObjects, tag => Assert.DoesNotContain("8888", $"{tag.Value}", StringComparison.Ordinal));
        Assert.Equal(9637, activity.GetTagItem("apple.error_number"));
    }
}
