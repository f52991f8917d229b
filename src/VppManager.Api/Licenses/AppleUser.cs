namespace VppManager.Api.Licenses;

internal enum AppleUserStatus
{
    /// <summary>Needed, not yet told to Apple.</summary>
    New,

    /// <summary>On its way to Apple.</summary>
    Creating,

    /// <summary>Known to Apple, no Apple Account yet.</summary>
    Registered,

    /// <summary>Known to Apple, with an Apple Account.</summary>
    Associated,

    /// <summary>Given up at Apple.</summary>
    Retired,

    /// <summary>Apple refused it.</summary>
    Failed,
}

internal enum AppleAccount
{
    Personal,
    Managed,
}

/// <summary>One Apple Account of a user, as registered with Apple for one location.</summary>
internal sealed class AppleUser
{
    public Guid Id { get; init; }
    public Guid LocationId { get; init; }

    /// <summary>Null for a user that another system registered.</summary>
    public Guid? UserId { get; init; }

    public AppleAccount Account { get; init; }

    /// <summary>A GUID made here: Apple never learns our own ids.</summary>
    public required string ClientUserId { get; init; }

    public AppleUserStatus Status { get; set; }
    public string? IdHash { get; set; }

    /// <summary>The Managed Apple Account that Apple was told last.</summary>
    public string? ManagedAppleId { get; set; }

    /// <summary>What the user accepts with, encrypted: whoever has it can accept. While registered only.</summary>
    public string? ProtectedInviteCode { get; set; }

    /// <summary>From then on it gets nothing more, and is given up at Apple as soon as nothing of it is under way there.</summary>
    public DateTimeOffset? RetireAskedAt { get; set; }

    public Guid? RequestId { get; set; }
    public string? Reason { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}
