using System.Diagnostics;
using System.Globalization;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>Waits for a condition, and says what was there instead when it does not come. <c>VPP_TEST_PATIENCE</c> says for how many seconds.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("VPP_TEST_PATIENCE"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : 60);

    private static readonly TimeSpan FirstGlance = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestGlance = TimeSpan.FromMilliseconds(150);

    /// <param name="every">How often to look; without it soon at first, then less and less often.</param>
    public static async Task<T> IsAsync<T>(Func<Task<T>> read, Func<T, bool> expected, TimeSpan? patience = null, TimeSpan? every = null)
    {
        var since = Stopwatch.StartNew();
        using var glance = new PeriodicTimer(every ?? FirstGlance);
        while (true)
        {
            var value = await read();
            if (expected(value)) return value;
            Assert.True(since.Elapsed < (patience ?? Patience), $"Waited {since.Elapsed.TotalSeconds:F0} s; the last value was {value}");
            await glance.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            if (every is null && glance.Period < LongestGlance) glance.Period *= 1.5;
        }
    }
}
