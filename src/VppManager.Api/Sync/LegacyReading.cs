using VppManager.Apple;

namespace VppManager.Api.Sync;

/// <summary>Reads everything the account of a legacy token owns (T11), from Apple's old services, into the same staging tables. It has no users of ours.</summary>
internal sealed class LegacyReading(AppleClient apple, Staging staging, TimeProvider time)
{
    public async Task<StagedSync> ReadAsync(SyncSession session, CancellationToken ct)
    {
        var assets = await apple.GetLegacyAssetsAsync(session.Content, ct);
        await staging.AddAsync(session.Run, 1, assets, ct);
        session.Progress.LicensesToCome(assets.Sum(asset => (long)asset.AssignedCount));
        await session.Progress.PageAsync(0, 1, ct);
        session.Progress.EndWalk();

        var readSince = time.GetUtcNow();
        return new StagedSync(new StagedList(1, assets.Count, false), await ReadLicensesAsync(session, ct), [], readSince);
    }

    private async Task<StagedList> ReadLicensesAsync(SyncSession session, CancellationToken ct)
    {
        var (rows, announced) = (0, 0);
        await foreach (var page in apple.ReadLegacyAssignmentsAsync(session.Content, ct))
        {
            await staging.AddAsync(session.Run, 1, page.Rows, ct);
            (rows, announced) = (rows + page.Rows.Count, Math.Max(announced, page.TotalAssignments));
            session.Progress.Licenses(rows);
            await session.Progress.PageAsync(page.CurrentPageIndex, Math.Max(page.TotalPages, 1), ct);
        }
        session.Progress.EndWalk();

        // Fewer than announced: what is missing is not proved to be gone.
        return new StagedList(1, rows, rows < announced);
    }
}
