namespace VppManager.Api.Sync;

internal enum SyncOutcome
{
    Running,
    Completed,
    Failed,
    Abandoned,
}

/// <summary>One synchronisation of one token, watched while it runs (S8).</summary>
internal sealed class SyncRun
{
    public Guid Id { get; init; }
    public Guid TokenId { get; init; }
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
