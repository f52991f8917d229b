namespace VppManager.Api.Sync;

internal enum SyncOutcome
{
    Running,
    Completed,
    Failed,

    /// <summary>Its process ended on the way. The next one goes on from there.</summary>
    Interrupted,
}

/// <summary>How much is read from Apple.</summary>
internal enum SyncKind
{
    /// <summary>Everything.</summary>
    Full,

    /// <summary>Counts, and what Apple says has changed; single apps again where that does not add up.</summary>
    Delta,
}

/// <summary>One synchronisation of one token, watched while it runs (S8).</summary>
internal sealed class SyncRun
{
    public Guid Id { get; init; }
    public Guid TokenId { get; init; }
    public SyncKind Kind { get; set; }

    /// <summary>The key of what it has staged: its own id, or that of the interrupted run which it continues.</summary>
    public Guid StageId { get; set; }

    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; set; }
    public SyncOutcome Outcome { get; set; }
    public string? Error { get; set; }
    public int PagesRead { get; set; }
    public int PagesTotal { get; set; }
    public int LicensesRead { get; set; }
    public int LicensesTotal { get; set; }

    /// <summary>Licences found at Apple that this service did not give (S5).</summary>
    public int Untracked { get; set; }

    /// <summary>Licences that this service believed in and Apple does not know (S5).</summary>
    public int Corrected { get; set; }
}
