namespace VppManager.Core.Licenses;

/// <summary>Where a licence of one pool is in its life, for one holder. See <c>docs/architecture.md</c>.</summary>
public enum LicenseState
{
    /// <summary>Entitled, no free seat: keeps its place in the queue. Takes no seat.</summary>
    Waiting,

    /// <summary>Seat taken; Apple is being told. Takes a seat.</summary>
    Assigning,

    /// <summary>Apple has confirmed it. Takes a seat.</summary>
    Held,

    /// <summary>Being taken back; the seat is free only when Apple has confirmed. Takes a seat.</summary>
    Releasing,

    /// <summary>Given back, or never needed. Takes no seat.</summary>
    Released,

    /// <summary>Apple or a rule said no, for good. Takes no seat.</summary>
    Failed,
}

/// <summary>Facts about licence states.</summary>
public static class LicenseStates
{
    /// <summary>Whether a licence in this state occupies a seat of its pool.</summary>
    /// <param name="state">The state.</param>
    /// <returns>True for assigning, held and releasing.</returns>
    public static bool TakesSeat(this LicenseState state) =>
        state is LicenseState.Assigning or LicenseState.Held or LicenseState.Releasing;

    /// <summary>Whether the life of a licence allows the step.</summary>
    /// <param name="from">The present state; null for a licence that does not exist yet.</param>
    /// <param name="to">The wanted state.</param>
    /// <returns>True when allowed.</returns>
    public static bool Allows(this LicenseState? from, LicenseState to) => (from, to) switch
    {
        (null, LicenseState.Waiting or LicenseState.Assigning or LicenseState.Held) => true,
        (LicenseState.Waiting, LicenseState.Assigning or LicenseState.Released or LicenseState.Held or LicenseState.Failed) => true,
        // Nobody wants it any more: given back at once when Apple refused it, taken back when Apple gave it.
        (LicenseState.Assigning, LicenseState.Held or LicenseState.Failed or LicenseState.Waiting or LicenseState.Released or LicenseState.Releasing) => true,
        // Wanted, and unknown to Apple: back in line.
        (LicenseState.Held, LicenseState.Releasing or LicenseState.Released or LicenseState.Waiting) => true,
        (LicenseState.Releasing, LicenseState.Released or LicenseState.Held or LicenseState.Waiting) => true,
        (LicenseState.Failed, LicenseState.Released) => true,
        (LicenseState.Released or LicenseState.Failed, LicenseState.Waiting or LicenseState.Assigning or LicenseState.Held) => true,
        _ => false,
    };
}

/// <summary>Who can hold a licence.</summary>
public enum HolderKind
{
    /// <summary>A device, known by its serial number (L1, L24).</summary>
    Device,

    /// <summary>One Apple Account of a user, known by its client user id (L2).</summary>
    User,
}
