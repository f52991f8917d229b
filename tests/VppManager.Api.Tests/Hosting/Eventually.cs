using System.Diagnostics;

namespace VppManager.Api.Tests.Hosting;

/// <summary>Waits for a condition, and fails with its name when it does not come.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(string what, Func<Task<bool>> condition, CancellationToken ct, int seconds = 30)
    {
        var since = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!await condition())
        {
            Assert.True(since.Elapsed.TotalSeconds < seconds, $"Within {seconds} s this did not come true: {what}");
            await timer.WaitForNextTickAsync(ct);
        }
    }
}
