using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;

namespace VppManager.Api.Sync;

/// <summary>Shows how far a sync has come (S8): written at most once a second, and at the end of each list, since the next page may be slow.</summary>
internal sealed class SyncProgress(VppContext context, SyncRun run, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private int pagesBefore;
    private long shownAt = time.GetTimestamp();

    /// <summary>A page of the present walk was read. A walk that starts again from its first page is counted anew.</summary>
    public async Task PageAsync(int index, int totalPages, CancellationToken ct)
    {
        run.PagesRead = pagesBefore + index + 1;
        run.PagesTotal = pagesBefore + totalPages;
        if (time.GetElapsedTime(shownAt) < Pause) return;

        await ShowAsync(ct);
    }

    public void Licenses(long read) => run.LicensesRead = Count(read);

    public void LicensesToCome(long total) => run.LicensesTotal = Count(total);

    /// <summary>What kind of sync it turned out to be.</summary>
    public Task IsAsync(SyncKind kind, CancellationToken ct)
    {
        run.Kind = kind;
        return ShowAsync(ct);
    }

    /// <summary>The present walk is over.</summary>
    /// <param name="pages">All its pages, those of an interrupted sync included.</param>
    public Task EndWalkAsync(int pages, CancellationToken ct)
    {
        pagesBefore = run.PagesRead = run.PagesTotal = pagesBefore + pages;
        return ShowAsync(ct);
    }

    private async Task ShowAsync(CancellationToken ct)
    {
        shownAt = time.GetTimestamp();
        await context.SyncRuns.Where(row => row.Id == run.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Kind, run.Kind)
            .SetProperty(row => row.PagesRead, run.PagesRead).SetProperty(row => row.PagesTotal, run.PagesTotal)
            .SetProperty(row => row.LicensesRead, run.LicensesRead).SetProperty(row => row.LicensesTotal, run.LicensesTotal), ct);
    }

    private static int Count(long rows) => (int)Math.Min(rows, int.MaxValue);
}
