using System.Collections.Concurrent;

namespace VppManager.Apple;

/// <summary>Paces the requests of one process: every key has a line of evenly spaced slots, and each request takes the next.</summary>
/// <param name="time">The clock.</param>
public sealed class InMemoryRequestPace(TimeProvider time) : IRequestPace
{
    private const int SweepEvery = 1_000;

    private readonly ConcurrentDictionary<string, long> nextSlots = new(StringComparer.Ordinal);
    private int taken;

    /// <inheritdoc/>
    public async ValueTask WaitAsync(string key, int permitsPerSecond, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permitsPerSecond, 1);

        var wait = time.GetElapsedTime(time.GetTimestamp(), Take(key, permitsPerSecond));
        if (wait > TimeSpan.Zero)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, ct);
    }

    /// <inheritdoc/>
    public ValueTask HoldAsync(string key, TimeSpan wait, CancellationToken ct)
    {
        var until = time.GetTimestamp() + (long)(wait.TotalSeconds * time.TimestampFrequency);
        nextSlots.AddOrUpdate(key, until, (_, next) => Math.Max(next, until));
        return ValueTask.CompletedTask;
    }

    private long Take(string key, int permitsPerSecond)
    {
        var spacing = (time.TimestampFrequency + permitsPerSecond - 1) / permitsPerSecond;
        var now = time.GetTimestamp();

        if (Interlocked.Increment(ref taken) % SweepEvery == 0)
            Sweep(now);

        return nextSlots.AddOrUpdate(key, now + spacing, (_, next) => Math.Max(next, now) + spacing) - spacing;
    }

    private void Sweep(long now)
    {
        foreach (var slot in nextSlots)
        {
            if (slot.Value < now)
                nextSlots.TryRemove(slot);
        }
    }
}
