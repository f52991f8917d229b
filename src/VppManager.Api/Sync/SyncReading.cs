using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Tokens;
using VppManager.Apple;
using VppManager.Apple.Apps;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Sync;

/// <summary>A sync under way.</summary>
internal sealed record SyncSession(Guid Tenant, Guid Token, Guid Location, Guid Run, ContentToken Content, SyncProgress Progress);

/// <summary>One list as it was read in the end: which attempt counts, how many rows it has, and whether it changed while it was read.</summary>
internal sealed record StagedList(int Attempt, int Rows, bool Torn);

/// <summary>What a sync has read.</summary>
/// <param name="ReadSince">The moment before the licences were read: what changed later is newer than what was read.</param>
internal sealed record StagedSync(StagedList Assets, StagedList Licenses, IReadOnlyList<UserChange> Users, DateTimeOffset ReadSince);

/// <summary>Reads everything a location owns (S2), page after page, into the staging tables.</summary>
internal sealed class SyncReading(PageWalk walk, Staging staging, AppleUserChanges users, TokenStates states, TimeProvider time)
{
    public async Task<StagedSync> ReadAsync(SyncSession session, CancellationToken ct)
    {
        var assigned = 0L;
        var assets = await StageAsync(session, walk.ReadAssetsAsync(session.Content, new AssetsQuery(), null, ct), async page =>
        {
            assigned = page.Rows.Sum(asset => (long)asset.AssignedCount) + (page.IsFirst ? 0 : assigned);
            await staging.AddAsync(session.Run, page.Attempt, page.Rows, ct);
        }, _ => session.Progress.LicensesToCome(assigned), ct);

        var readSince = time.GetUtcNow();
        var licenses = await StageAsync(session, walk.ReadAssignmentsAsync(session.Content, new AssignmentsQuery(), null, ct),
            page => staging.AddAsync(session.Run, page.Attempt, page.Rows, ct), session.Progress.Licenses, ct);

        return new StagedSync(assets, licenses, await ReadUsersAsync(session, ct), readSince);
    }

    private async Task<IReadOnlyList<UserChange>> ReadUsersAsync(SyncSession session, CancellationToken ct)
    {
        var changes = new List<UserChange>();
        await StageAsync(session, walk.ReadUsersAsync(session.Content, new UsersQuery { ActiveOnly = true }, null, ct), async page =>
        {
            if (page.IsFirst) changes.Clear();
            changes.AddRange(await users.FindAsync(session.Tenant, session.Location, page.Rows, ct));
        }, _ => { }, ct);
        return changes;
    }

    private async Task<StagedList> StageAsync<T>(
        SyncSession session, IAsyncEnumerable<PageOf<T>> pages, Func<PageOf<T>, Task> keep, Action<int> show, CancellationToken ct)
    {
        var list = new StagedList(1, 0, false);
        await foreach (var page in pages.WithCancellation(ct))
        {
            if (!await states.IsStillOursAsync(session.Tenant, session.Location, page.Answer, ct))
                throw new SyncStoppedException("Another device management service has taken the location over.");

            await keep(page);
            list = new StagedList(page.Attempt, page.Rows.Count + (page.IsFirst ? 0 : list.Rows), page.Torn || (!page.IsFirst && list.Torn));
            show(list.Rows);
            await session.Progress.PageAsync(page.Index, page.TotalPages, ct);
        }
        session.Progress.EndWalk();
        return list;
    }
}
