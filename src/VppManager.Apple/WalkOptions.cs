namespace VppManager.Apple;

/// <summary>How to walk through all pages.</summary>
public sealed record WalkOptions
{
    /// <summary>How many pages to read at a time, and so to hold in memory: 1 to 5, which is as many as Apple allows.</summary>
    public int Parallel { get; init; } = 5;

    /// <summary>How many attempts may be given up because the set changed. The next one reads to the end, whatever happens.</summary>
    public int TornAttempts { get; init; } = 3;
}
