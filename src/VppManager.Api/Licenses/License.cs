using VppManager.Core.Licenses;

namespace VppManager.Api.Licenses;

/// <summary>One pool × one holder, for ever: its state says whether it takes a seat. States and seats change in <see cref="Seats"/> alone.</summary>
internal sealed class License
{
    public Guid Id { get; init; }
    public Guid PoolId { get; init; }
    public HolderKind HolderKind { get; init; }

    /// <summary>A serial number, or a client user id.</summary>
    public required string Holder { get; init; }

    public Guid? DeviceId { get; init; }
    public Guid? UserId { get; init; }
    public LicenseState State { get; init; }

    /// <summary>Whether the assignments want it now.</summary>
    public bool Wanted { get; init; }

    /// <summary>False for a licence found at Apple that this service did not give (S5).</summary>
    public bool Tracked { get; init; }

    /// <summary>The order of arrival within the pool (L5).</summary>
    public long Place { get; init; }

    public DateTimeOffset EntitledAt { get; init; }
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Why it waits or failed: a code of the closed list, or <c>apple:</c> and Apple's number.</summary>
    public string? Reason { get; init; }

    /// <summary>The request to Apple that carries it; null when none does.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>The last arrival number when it was revoked: older assignments do not give it again (L21).</summary>
    public long? RevokedAtArrival { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The action that took it back last.</summary>
    public Guid? ActionId { get; init; }
}

/// <summary>One change of one licence (L23). Only ever added to.</summary>
internal sealed class LedgerEntry
{
    public long Id { get; init; }
    public Guid LicenseId { get; init; }
    public Guid PoolId { get; init; }
    public DateTimeOffset At { get; init; }
    public LicenseState? FromState { get; init; }
    public LicenseState ToState { get; init; }
    public required string Cause { get; init; }
    public string? Actor { get; init; }
    public string? Reason { get; init; }
    public string? EventId { get; init; }
}
