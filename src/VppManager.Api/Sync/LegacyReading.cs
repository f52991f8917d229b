using VppManager.Apple;

namespace VppManager.Api.Sync;

/// <summary>Reads everything the account of a legacy token owns (T11), from Apple's old services, into the same staging tables. It has no users of ours.</summary>
internal sealed class LegacyReading(AppleClient apple, Staging staging, TimeProvider time)
{
    public async Task<StagedSync> ReadAsync(SyncSession session, CancellationToken ct)
    {
        await staging.ClearAsync(session.Stage, ct);
        var assets = await apple.GetLegacyAssetsAsync(session.Content, ct);
        var staged = Nothing() with { Pages = 1, Rows = assets.Count };
        await staging.AddAsync(session.Stage, StagedList.Assets, staged, assets, ct);
        session.Progress.LicensesToCome(assets.Sum(asset => (long)asset.AssignedCount));
        await session.Progress.PageAsync(0, 1, ct);
        await session.Progress.EndWalkAsync(1, ct);

        return new StagedSync(staged, await ReadLicensesAsync(session, ct), Nothing() with { Whole = false }, []);
    }

    private async Task<StagedList> ReadLicensesAsync(SyncSession session, CancellationToken ct)
    {
        await session.Progress.IsAsync(SyncKind.Full, ct);
        var (staged, announced) = (Nothing(), 0);
        await foreach (var page in apple.ReadLegacyAssignmentsAsync(session.Content, ct))
        {
            staged = staged with { Pages = staged.Pages + 1, Rows = staged.Rows + page.Rows.Count };
            await staging.AddAsync(session.Stage, StagedList.Assignments, staged, page.Rows, ct);
            announced = Math.Max(announced, page.TotalAssignments);
            session.Progress.Licenses(staged.Rows);
            await session.Progress.PageAsync(page.CurrentPageIndex, Math.Max(page.TotalPages, 1), ct);
        }
        await session.Progress.EndWalkAsync(staged.Pages, ct);

        // Fewer than announced: what is missing is not proved to be gone.
        return staged with { Torn = staged.Rows < announced };
    }

    private StagedList Nothing() => new(1, null, 0, 0, false, time.GetUtcNow());
}
