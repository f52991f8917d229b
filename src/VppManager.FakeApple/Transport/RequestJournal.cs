using System.Text.Json;

namespace VppManager.FakeApple.Transport;

/// <summary>One request as it came and as it was answered.</summary>
/// <param name="LocationUid">Location of the bearer or cookie, if it was one of ours.</param>
/// <param name="Status">Status answered; 0 when the connection was dropped.</param>
public sealed record JournalEntry(
    long Sequence,
    DateTimeOffset At,
    string Method,
    string Path,
    IReadOnlyDictionary<string, string> Query,
    string BodyText,
    string? LocationUid,
    int Status,
    int? ErrorNumber)
{
    /// <summary>The body as JSON; nothing when there is none or it is not JSON.</summary>
    public JsonElement? Body
    {
        get
        {
            if (BodyText.Length == 0) return null;

            try
            {
                return JsonElement.Parse(BodyText);
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }
}

/// <summary>The requests received, oldest first, up to <see cref="Capacity"/>.</summary>
public sealed class RequestJournal
{
    private readonly Lock _gate = new();
    private readonly Queue<JournalEntry> _entries = new();
    private long _sequence;

    public int Capacity { get; set; } = 10_000;

    public IReadOnlyList<JournalEntry> Entries
    {
        get { lock (_gate) return [.. _entries]; }
    }

    /// <summary>Requests since the start or the last clearing, forgotten ones included.</summary>
    public long Total
    {
        get { lock (_gate) return _sequence; }
    }

    public int Count(Func<JournalEntry, bool> which) => Entries.Count(which);

    /// <summary>Requests whose path ends so, such as <c>/assets/associate</c>.</summary>
    public IReadOnlyList<JournalEntry> To(string pathEnd) =>
        [.. Entries.Where(entry => entry.Path.EndsWith(pathEnd, StringComparison.Ordinal))];

    public void Clear()
    {
        lock (_gate)
        {
            _entries.Clear();
            _sequence = 0;
        }
    }

    internal void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            _entries.Enqueue(entry with { Sequence = ++_sequence });
            while (_entries.Count > Capacity) _entries.Dequeue();
        }
    }
}
