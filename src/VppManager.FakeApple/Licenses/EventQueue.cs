using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Licenses;

/// <summary>The events of a location: accepted, waited for, held back on demand, remembered for a while.</summary>
internal sealed class EventQueue(FakeLocation location)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, EventRun> _events = new(StringComparer.Ordinal);
    private readonly List<EventRun> _held = [];
    private int _toHold;
    private (int Left, int Number) _toFail;

    private FakeAppleServer Server => location.Server;

    public void HoldNext(int count)
    {
        lock (_gate) _toHold = count;
    }

    public void FailNext(int count, int number)
    {
        lock (_gate) _toFail = (count, number);
    }

    public int ReleaseHeld()
    {
        EventRun[] released;
        lock (_gate)
        {
            released = [.. _held];
            _held.Clear();
            _toHold = 0;
        }

        foreach (var run in released) Start(run, null);

        return released.Length;
    }

    public async Task<EventBody> AcceptAsync(EventRun run)
    {
        int? failure;
        lock (_gate)
        {
            Forget();
            _events[run.Id] = run;
            if (_toHold > 0)
            {
                _toHold--;
                _held.Add(run);

                return new EventBody(run.Id);
            }

            failure = _toFail.Left > 0 ? _toFail.Number : null;
            _toFail.Left--;
        }

        run.IsEarly = Server.Settings.Webhooks.BeforeResponse || location.Notifications.TakeEarly();
        var work = Start(run, failure);
        if (run.IsEarly) await work;

        return new EventBody(run.Id);
    }

    public Outcome Status(string? eventId)
    {
        EventRun? run;
        lock (_gate) run = eventId is not null && _events.TryGetValue(eventId, out var found) && !IsOver(found) ? found : null;

        return run is null ? new AppleError(9708) : run.ToBody();
    }

    private Task Start(EventRun run, int? failure) => Task.Run(async () =>
    {
        var wait = Server.Settings.EventDelay;
        if (wait > TimeSpan.Zero) await Task.Delay(wait, Server.Clock, Server.Stopping);
        await run.RunAsync(failure, Server.Stopping);
    });

    private bool IsOver(EventRun run) => run.AcceptedAt + Server.Settings.EventRetention < Server.Clock.GetUtcNow();

    private void Forget()
    {
        foreach (var (id, run) in _events)
            if (IsOver(run)) _events.Remove(id);
    }
}
