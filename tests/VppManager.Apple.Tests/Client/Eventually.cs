using System.Diagnostics;

namespace VppManager.Apple.Tests.Client;

/// <summary>Waits for a condition, and fails if it does not come.</summary>
internal static class Eventually
{
    public static async Task TrueAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), "The condition did not come true in ten seconds.");
            await Task.Yield();
        }
    }
}
