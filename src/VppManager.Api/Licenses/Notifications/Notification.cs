namespace VppManager.Api.Licenses.Notifications;

/// <summary>A notification of Apple's: stored and answered at once, worked off later. What it says goes when it is worked off; its id stays for a while.</summary>
internal sealed class Notification
{
    public Guid Id { get; init; }
    public Guid LocationId { get; init; }

    /// <summary>Apple's: the same for every delivery of it.</summary>
    public required string NotificationId { get; init; }

    public required string Type { get; init; }
    public string? EventId { get; init; }
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>As Apple posted it; null once worked off: it may name people.</summary>
    public byte[]? Body { get; init; }

    public DateTimeOffset? WorkedOffAt { get; init; }
}
