namespace VppManager.FakeApple.Transport;

/// <summary>One attempt to deliver a notification. Status 0: nobody answered.</summary>
public sealed record Delivery(string NotificationId, string NotificationType, int Attempt, int Status, DateTimeOffset At);

/// <summary>What is done to the next notifications of a location, and what was delivered.</summary>
public sealed class WebhookControl
{
    private readonly Lock _gate = new();
    private readonly List<Delivery> _deliveries = [];
    private readonly List<Notification> _kept = [];
    private int _lose;
    private int _double;
    private int _keep;
    private int _early;
    private (int Left, TimeSpan By) _delay;

    public IReadOnlyList<Delivery> Deliveries
    {
        get { lock (_gate) return [.. _deliveries]; }
    }

    public void LoseNext(int count)
    {
        lock (_gate) _lose = count;
    }

    public void DoubleNext(int count)
    {
        lock (_gate) _double = count;
    }

    /// <summary>Delays on the fake's clock.</summary>
    public void DelayNext(int count, TimeSpan by)
    {
        lock (_gate) _delay = (count, by);
    }

    /// <summary>Keeps that many back, then delivers them last one first.</summary>
    public void ReverseNext(int count)
    {
        lock (_gate) _keep = count;
    }

    /// <summary>The next events are done, and told of, before the request that asked for them is answered.</summary>
    public void EarlyNext(int count)
    {
        lock (_gate) _early = count;
    }

    /// <summary>Ends every disturbance; what was kept back is lost.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            (_lose, _double, _keep, _early, _delay) = (0, 0, 0, 0, default);
            _kept.Clear();
        }
    }

    internal void Record(Delivery delivery)
    {
        lock (_gate)
        {
            _deliveries.Add(delivery);
            if (_deliveries.Count > 10_000) _deliveries.RemoveRange(0, 5_000);
        }
    }

    internal bool TakeEarly()
    {
        lock (_gate)
        {
            if (_early == 0) return false;

            _early--;

            return true;
        }
    }

    /// <summary>What to send now in place of this notification, and how long to wait before.</summary>
    internal (IReadOnlyList<Notification> Send, TimeSpan Wait) Decide(Notification notification)
    {
        lock (_gate)
        {
            if (_lose > 0)
            {
                _lose--;

                return ([], TimeSpan.Zero);
            }

            if (_keep > 0) return (Keep(notification), TimeSpan.Zero);

            var wait = _delay.Left-- > 0 ? _delay.By : TimeSpan.Zero;

            return (_double-- > 0 ? [notification, notification] : [notification], wait);
        }
    }

    private List<Notification> Keep(Notification notification)
    {
        _kept.Add(notification);
        if (--_keep > 0) return [];

        List<Notification> reversed = [.. Enumerable.Reverse(_kept)];
        _kept.Clear();

        return reversed;
    }
}
