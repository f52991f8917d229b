using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace VppManager.Apple;

/// <summary>The lanes of all locations. Those nobody used for long are forgotten.</summary>
internal sealed class Lanes(IOptions<AppleOptions> options, TimeProvider time)
{
    private const int SweepEvery = 10_000;
    private static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private int asked;

    public Lane Of(string key)
    {
        if (Interlocked.Increment(ref asked) % SweepEvery == 0)
            Sweep();

        var lane = lanes.GetOrAdd(key, _ => new Lane(options.Value, time));
        lane.Use();
        return lane;
    }

    private void Sweep()
    {
        foreach (var lane in lanes.Where(lane => time.GetUtcNow() - lane.Value.UsedAt > Idle))
            lanes.TryRemove(lane);
    }
}
