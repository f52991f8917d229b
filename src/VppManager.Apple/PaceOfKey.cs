namespace VppManager.Apple;

/// <summary>One location's line of slots, and the permits that are out.</summary>
internal sealed class PaceOfKey
{
    // The next who asks may be early by the clock's grain, and permits may come back at any time.
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    private readonly Lock gate = new();
    private readonly List<DateTime> permits = [];
    private DateTime nextSlot;

    /// <summary>Takes the next slot, and says how long it is until then.</summary>
    public TimeSpan TakeSlot(DateTime now, int permitsPerSecond)
    {
        lock (gate)
        {
            var slot = nextSlot > now ? nextSlot : now;
            nextSlot = slot + (TimeSpan.FromSeconds(1) / permitsPerSecond) + TimeSpan.FromTicks(1);
            return slot - now;
        }
    }

    /// <summary>Takes a permit, or says how long to wait for one.</summary>
    public bool TryTakePermit(DateTime now, int most, TimeSpan atMost, out RequestPermit permit, out TimeSpan wait)
    {
        lock (gate)
        {
            permits.RemoveAll(until => until <= now);
            permit = new(now + atMost + TimeSpan.FromSeconds(1));
            while (permits.Contains(permit.Until)) permit = new(permit.Until.AddTicks(1));
            var soonest = permits.Count < most ? TimeSpan.Zero : permits.Min() - now + Grain;
            wait = soonest < LookAgain ? soonest : LookAgain;
            if (permits.Count >= most) return false;

            permits.Add(permit.Until);
            return true;
        }
    }

    public void Answered(DateTime now, RequestPermit permit)
    {
        lock (gate)
        {
            if (permits.Remove(permit.Until)) permits.Add(now.AddSeconds(1));
        }
    }

    public void Hold(DateTime until)
    {
        lock (gate)
            nextSlot = until > nextSlot ? until : nextSlot;
    }

    public bool IsOver(DateTime before)
    {
        lock (gate)
            return nextSlot < before && permits.TrueForAll(until => until < before);
    }
}
