using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Licenses;

/// <summary>An accepted request that is worked off in the background. Its counts are guarded by the location's gate.</summary>
internal abstract class EventRun(FakeLocation location, string type, int requested)
{
    public const int BatchSize = 100;

    private readonly SortedDictionary<int, FailureGroup> _failures = [];
    private int _completed;
    private bool _ended;

    public string Id { get; } = Guid.NewGuid().ToString();

    public string Type { get; } = type;

    public int Requested { get; } = requested;

    public FakeLocation Location { get; } = location;

    public DateTimeOffset AcceptedAt { get; } = location.Server.Clock.GetUtcNow();

    protected FakeSettings Settings => Location.Server.Settings;

    /// <summary>Whether it ends, and tells so, before its request is answered.</summary>
    public bool IsEarly { get; set; }

    public StatusBody ToBody()
    {
        lock (Location.Gate)
        {
            return new StatusBody
            {
                EventStatus = !_ended ? "PENDING" : _failures.Count > 0 || _completed < Requested ? "FAILED" : "COMPLETE",
                EventType = Type,
                NumRequested = Requested,
                NumCompleted = _completed,
                Failures = _ended && _failures.Count > 0 ? [.. _failures.Values.Select(group => group.ToBody())] : null,
            };
        }
    }

    public async Task RunAsync(int? failWith, CancellationToken ct)
    {
        try
        {
            if (failWith is { } number) await FailAsync(number, ct);
            else await WorkAsync(ct);
        }
        finally
        {
            // Also after a fault: a status that never ends would hide it.
            lock (Location.Gate) _ended = true;
        }
    }

    /// <summary>Does the work batch by batch.</summary>
    protected abstract Task WorkAsync(CancellationToken ct);

    /// <summary>Does nothing of the work and reports all of it as failed.</summary>
    protected abstract Task FailAsync(int number, CancellationToken ct);

    /// <summary>Called with the gate held.</summary>
    protected void Complete(int tasks) => _completed += tasks;

    /// <summary>Called with the gate held.</summary>
    protected FailureGroup Failed(int number)
    {
        if (!_failures.TryGetValue(number, out var group)) _failures[number] = group = new FailureGroup(number);

        return group;
    }

    protected async Task PauseAsync(Task notified, CancellationToken ct)
    {
        if (IsEarly) await notified;
        if (Settings.BatchDelay > TimeSpan.Zero) await Task.Delay(Settings.BatchDelay, Location.Server.Clock, ct);
    }
}

internal sealed record StatusBody : Envelope
{
    public required string EventStatus { get; init; }
    public required string EventType { get; init; }
    public required int NumRequested { get; init; }
    public required int NumCompleted { get; init; }
    public IReadOnlyList<ErrorBody>? Failures { get; init; }
}

internal sealed record EventBody(string EventId) : Envelope;
