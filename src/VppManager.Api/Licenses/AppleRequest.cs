namespace VppManager.Api.Licenses;

internal enum AppleRequestKind
{
    Associate,
    Disassociate,
    CreateUsers,
    UpdateUsers,
    RetireUsers,
}

internal static class AppleRequestKinds
{
    public static bool IsOfUsers(this AppleRequestKind kind) =>
        kind is AppleRequestKind.CreateUsers or AppleRequestKind.UpdateUsers or AppleRequestKind.RetireUsers;
}

internal enum AppleRequestState
{
    /// <summary>To be sent; perhaps sent and its answer lost: Apple takes it again without harm.</summary>
    Queued,

    /// <summary>Accepted by Apple, being worked off there.</summary>
    Pending,

    /// <summary>Ended, and every pair of it settled.</summary>
    Settled,

    /// <summary>Refused by Apple, and every pair of it settled.</summary>
    Refused,
}

/// <summary>What was or is to be sent to Apple: every asset for every holder.</summary>
internal sealed class AppleRequest
{
    public Guid Id { get; init; }
    public Guid LocationId { get; init; }
    public AppleRequestKind Kind { get; init; }
    public Guid[] PoolIds { get; init; } = [];
    public string[] SerialNumbers { get; init; } = [];
    public string[] ClientUserIds { get; init; } = [];
    public AppleRequestState State { get; set; }
    public string? EventId { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? AcceptedAt { get; set; }
    public DateTimeOffset? SettledAt { get; set; }
    public int? ErrorNumber { get; set; }
    public string? Error { get; set; }
}
