using System.Collections.Concurrent;

namespace VppManager.Apple;

/// <summary>Paces the requests of one process: every key has a line of evenly spaced slots, each request takes the next, and its permit until it is answered.</summary>
/// <param name="time">The clock.</param>
public sealed class InMemoryRequestPace(TimeProvider time) : IRequestPace
{
    private const int SweepEvery = 1_000;

    private readonly ConcurrentDictionary<string, PaceOfKey> paces = new(StringComparer.Ordinal);
    private int taken;

    /// <inheritdoc/>
    public async ValueTask<RequestPermit> WaitAsync(string key, int permitsPerSecond, TimeSpan atMost, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(permitsPerSecond, 1);

        if (Interlocked.Increment(ref taken) % SweepEvery == 0)
            Sweep();

        var pace = Of(key);
        await DelayAsync(pace.TakeSlot(Now, permitsPerSecond), ct);
        RequestPermit permit;
        while (!pace.TryTakePermit(Now, permitsPerSecond, atMost, out permit, out var wait))
            await DelayAsync(wait, ct);

        return permit;
    }

    /// <inheritdoc/>
    public ValueTask AnsweredAsync(string key, RequestPermit permit, CancellationToken ct)
    {
        Of(key).Answered(Now, permit);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask HoldAsync(string key, TimeSpan wait, CancellationToken ct)
    {
        Of(key).Hold(Now + wait);
        return ValueTask.CompletedTask;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private PaceOfKey Of(string key) => paces.GetOrAdd(key, _ => new PaceOfKey());

    private async ValueTask DelayAsync(TimeSpan wait, CancellationToken ct)
    {
        if (wait > TimeSpan.Zero)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, ct);
    }

    private void Sweep()
    {
        foreach (var pace in paces.Where(pace => pace.Value.IsOver(Now.AddMinutes(-1))))
            paces.TryRemove(pace);
    }
}
