using System.Diagnostics;

namespace VppManager.FakeApple.Transport;

/// <summary>Counts the requests of a location over every sliding second, by the machine's own clock.</summary>
internal sealed class RequestWindow
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _seen = new();
    private readonly Queue<long> _admitted = new();

    private int _highest;

    public int Highest
    {
        get { lock (_gate) return _highest; }
    }

    public void Record()
    {
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            Trim(_seen, now);
            _seen.Enqueue(now);
            _highest = Math.Max(_highest, _seen.Count);
        }
    }

    public bool Admit(int limit)
    {
        lock (_gate)
        {
            var now = Stopwatch.GetTimestamp();
            Trim(_admitted, now);
            if (_admitted.Count >= limit) return false;

            _admitted.Enqueue(now);

            return true;
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _seen.Clear();
            _highest = 0;
        }
    }

    private static void Trim(Queue<long> queue, long now)
    {
        while (queue.TryPeek(out var first) && now - first >= Stopwatch.Frequency) queue.Dequeue();
    }
}
