namespace VppManager.FakeApple;

/// <summary>Real time plus an offset that a test moves. Waiting timers are brought forward with it.</summary>
public sealed class FakeClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly HashSet<MovableTimer> _timers = [];
    private TimeSpan _offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;

    public TimeSpan Offset
    {
        get { lock (_gate) return _offset; }
    }

    public void Advance(TimeSpan by)
    {
        MovableTimer[] waiting;
        lock (_gate)
        {
            _offset += by;
            waiting = [.. _timers];
        }

        foreach (var timer in waiting) timer.Reschedule();
    }

    public void Set(DateTimeOffset now) => Advance(now - GetUtcNow());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new MovableTimer(this, callback, state);
        timer.Change(dueTime, period);

        return timer;
    }

    private void Track(MovableTimer timer)
    {
        lock (_gate) _timers.Add(timer);
    }

    private void Forget(MovableTimer timer)
    {
        lock (_gate) _timers.Remove(timer);
    }

    private sealed class MovableTimer : ITimer
    {
        private readonly FakeClock _clock;
        private readonly ITimer _inner;
        private readonly Lock _gate = new();
        private DateTimeOffset _due;
        private TimeSpan _period;

        public MovableTimer(FakeClock clock, TimerCallback callback, object? state)
        {
            _clock = clock;
            _inner = System.CreateTimer(Fire, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

            void Fire(object? s)
            {
                if (_period == Timeout.InfiniteTimeSpan) _clock.Forget(this);
                callback(s);
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_gate)
            {
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                {
                    _clock.Forget(this);

                    return _inner.Change(dueTime, period);
                }

                _due = _clock.GetUtcNow() + dueTime;
                _clock.Track(this);

                return _inner.Change(dueTime, period);
            }
        }

        public void Reschedule()
        {
            lock (_gate)
            {
                var left = _due - _clock.GetUtcNow();
                _inner.Change(left > TimeSpan.Zero ? left : TimeSpan.Zero, _period);
            }
        }

        public void Dispose()
        {
            _clock.Forget(this);
            _inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            _clock.Forget(this);

            return _inner.DisposeAsync();
        }
    }
}
