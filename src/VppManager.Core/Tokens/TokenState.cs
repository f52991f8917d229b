namespace VppManager.Core.Tokens;

/// <summary>
/// The states of a location token, in Graph's words.
/// See <see href="https://learn.microsoft.com/graph/api/resources/intune-onboarding-vpptokenstate"/>.
/// </summary>
public enum TokenState
{
    /// <summary>Not yet checked with Apple, or Apple out of reach since.</summary>
    Unknown,

    /// <summary>Apple accepts it and the location is ours.</summary>
    Valid,

    /// <summary>Its year is over.</summary>
    Expired,

    /// <summary>Apple rejects it: password changed, owner left, newer download, not a token.</summary>
    Invalid,

    /// <summary>Another MDM manages the location, and nobody consented to taking it over.</summary>
    AssignedToExternalMDM,

    /// <summary>Another token of the same tenant serves the same location.</summary>
    DuplicateLocationId,
}

/// <summary>How the last synchronisation of a token went.</summary>
public enum TokenSyncStatus
{
    /// <summary>Never synchronised.</summary>
    None,

    /// <summary>Running, or asked for.</summary>
    InProgress,

    /// <summary>Done.</summary>
    Completed,

    /// <summary>Failed; the last good data is whole.</summary>
    Failed,
}

/// <summary>What the organisation is at Apple.</summary>
public enum TokenAccountType
{
    /// <summary>Apple Business.</summary>
    Business,

    /// <summary>Apple School.</summary>
    Education,
}
