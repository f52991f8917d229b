using System.Diagnostics;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>Waits for a condition, and says what was there instead when it does not come.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<T> IsAsync<T>(Func<Task<T>> read, Func<T, bool> expected, TimeSpan? patience = null, TimeSpan? every = null)
    {
        var since = Stopwatch.StartNew();
        using var glance = new PeriodicTimer(every ?? TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var value = await read();
            if (expected(value)) return value;
            Assert.True(since.Elapsed < (patience ?? Patience), $"Waited {since.Elapsed.TotalSeconds:F0} s; the last value was {value}");
            await glance.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
