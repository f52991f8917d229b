using System.Text.Json.Serialization;

namespace VppManager.Apple.Licenses;

/// <summary>
/// Apple has taken a request and works on it. The id leads to what comes of it.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/eventresponse"/>.
/// </summary>
public sealed record EventAccepted : AppleAnswer
{
    /// <summary>The event's id, for <see cref="AppleClient.GetStatusAsync"/> and in notifications.</summary>
    public string EventId { get => field ?? ""; init; }
}

/// <summary>
/// How far an event has come. See <see href="https://developer.apple.com/documentation/devicemanagement/statusresponse"/>.
/// </summary>
public sealed record EventStatus : AppleAnswer
{
    /// <summary>
    /// See <see cref="EventState"/>. Failed does not mean that nothing was done: look at the counts, read the assignments.
    /// </summary>
    [JsonPropertyName("eventStatus")]
    public string State { get => field ?? ""; init; }

    /// <summary>See <see cref="Licenses.EventType"/>.</summary>
    public string? EventType { get; init; }

    /// <summary>Tasks in all: assets times users and devices.</summary>
    public int NumRequested { get; init; }

    /// <summary>Tasks done.</summary>
    public int NumCompleted { get; init; }

    /// <summary>What went wrong, one entry for each error, naming its targets.</summary>
    public IReadOnlyList<AppleError> Failures { get => field ?? []; init; }

    /// <summary>Whether Apple still works on it.</summary>
    [JsonIgnore]
    public bool IsPending => State is not (EventState.Complete or EventState.Failed);
}

/// <summary>The states of an event.</summary>
public static class EventState
{
    /// <summary>Apple works on it.</summary>
    public const string Pending = "PENDING";

    /// <summary>All was done.</summary>
    public const string Complete = "COMPLETE";

    /// <summary>Something, not necessarily everything, was not done.</summary>
    public const string Failed = "FAILED";
}

/// <summary>The kinds of events.</summary>
public static class EventType
{
    /// <summary>Assets were given.</summary>
    public const string Associate = "ASSOCIATE";

    /// <summary>Assets were taken.</summary>
    public const string Disassociate = "DISASSOCIATE";

    /// <summary>Everything was taken.</summary>
    public const string Revoke = "REVOKE";

    /// <summary>Users were created.</summary>
    public const string Create = "CREATE";

    /// <summary>Users were changed.</summary>
    public const string Update = "UPDATE";

    /// <summary>Users were retired.</summary>
    public const string Retire = "RETIRE";
}
