namespace VppManager.Apple;

/// <summary>How to walk through all pages.</summary>
public sealed record WalkOptions
{
    /// <summary>How many pages to read at a time, and so to hold in memory: 1 to 5, which is as many as Apple allows.</summary>
    public int Parallel { get; init; } = 5;

    /// <summary>How many attempts may be given up because the set changed. The next one reads to the end, whatever happens.</summary>
    public int TornAttempts { get; init; } = 3;

    /// <summary>The number of the first attempt, for callers who keep the pages of several walks together.</summary>
    public int FirstAttempt { get; init; } = 1;

    /// <summary>Where an earlier walk over the same set was interrupted. Its attempt goes on if the set has not changed since; else a new one begins.</summary>
    public WalkPosition? Resume { get; init; }
}

/// <summary>How far a walk has come.</summary>
/// <param name="Attempt">The attempt under way.</param>
/// <param name="VersionId">The version of its pages.</param>
/// <param name="Pages">How many pages it has given, without a gap from the first.</param>
public sealed record WalkPosition(int Attempt, string VersionId, int Pages);
