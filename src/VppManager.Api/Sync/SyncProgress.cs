using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;

namespace VppManager.Api.Sync;

/// <summary>Shows how far a sync has come (S8): written at most once a second.</summary>
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

        shownAt = time.GetTimestamp();
        await context.SyncRuns.Where(row => row.Id == run.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.PagesRead, run.PagesRead).SetProperty(row => row.PagesTotal, run.PagesTotal)
            .SetProperty(row => row.LicensesRead, run.LicensesRead).SetProperty(row => row.LicensesTotal, run.LicensesTotal), ct);
    }

    public void Licenses(int read) => run.LicensesRead = read;

    public void LicensesToCome(long total) => run.LicensesTotal = (int)Math.Min(total, int.MaxValue);

    /// <summary>The present walk is over.</summary>
    public void EndWalk() => pagesBefore = run.PagesRead;
}
