using VppManager.Api.Tokens;
using VppManager.Apple;
using VppManager.Apple.Apps;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Sync;

/// <summary>A sync under way.</summary>
/// <param name="Stage">The key of what it stages.</param>
internal sealed record SyncSession(Guid Tenant, Guid Token, Guid Location, Guid Stage, ContentToken Content, ReadSince Since, SyncProgress Progress);

/// <summary>
/// Reads a location (S2), page after page, into the staging tables: everything, or what has changed since the last time. The counts of all assets
/// are read each time; apps whose holders do not add up to them are read once more by themselves.
/// </summary>
internal sealed class SyncReading(PageWalk walk, Staging staging, SyncDifferences differences, TokenStates states, TimeProvider time)
{
    /// <summary>The attempts of apps that are read by themselves: those of the whole list never come as far.</summary>
    private const int Apart = 1_000;

    public async Task<StagedSync> ReadAsync(SyncSession session, CancellationToken ct)
    {
        var assets = await ReadAssetsAsync(session, ct);
        var licenses = await ReadLicensesAsync(session, ct);
        if (await differences.FindAsync(session, assets, licenses, ct) is not { } differing)
        {
            licenses = await ReadAllLicensesAsync(session, ct);
            differing = await differences.FindAsync(session, assets, licenses, ct) ?? [];
        }

        var again = new List<RereadAsset>();
        // An interrupted sync may have read some of them before, and they may have changed since.
        if (differing.Count > 0) await staging.ClearAsync(session.Stage, Apart, ct);
        foreach (var adamId in differing) again.Add(await RereadAsync(session, assets, adamId, again.Count + 1, ct));
        return new StagedSync(assets, licenses, await ReadUsersAsync(session, ct), again);
    }

    private async Task<StagedList> ReadAssetsAsync(SyncSession session, CancellationToken ct)
    {
        await staging.ClearAsync(session.Stage, StagedList.Assets, ct);
        var assigned = 0L;
        return await StageAsync(session, walk.ReadAssetsAsync(session.Content, new AssetsQuery(), null, ct), async (staged, page) =>
        {
            assigned = page.Rows.Sum(asset => (long)asset.AssignedCount) + (page.IsFirst ? 0 : assigned);
            await staging.AddAsync(session.Stage, StagedList.Assets, staged, page.Rows, ct);
            session.Progress.LicensesToCome(assigned);
        }, null, ct);
    }

    private async Task<StagedList> ReadLicensesAsync(SyncSession session, CancellationToken ct)
    {
        if (session.Since.Assignments is not { } version) return await ReadAllLicensesAsync(session, ct);
        try
        {
            session.Progress.LicensesToCome(0);
            var changes = await LicensesAsync(session, StagedList.AssignmentsSince, new AssignmentsQuery { SinceVersionId = version }, null, ct);
            session.Progress.LicensesToCome(changes.Rows);
            return changes with { Whole = false };
        }
        catch (AppleException refusal) when (refusal.Meaning is AppleErrorMeaning.FullReadNeeded)
        {
            return await ReadAllLicensesAsync(session, ct);
        }
    }

    private async Task<StagedList> ReadAllLicensesAsync(SyncSession session, CancellationToken ct)
    {
        await session.Progress.IsAsync(SyncKind.Full, ct);
        return await LicensesAsync(session, StagedList.Assignments, new AssignmentsQuery(), await BeforeAsync(session, StagedList.Assignments, ct), ct);
    }

    private Task<StagedList> LicensesAsync(SyncSession session, string list, AssignmentsQuery query, StagedList? before, CancellationToken ct) =>
        StageAsync(session, walk.ReadAssignmentsAsync(session.Content, query, Options(before), ct), async (staged, page) =>
        {
            await staging.AddAsync(session.Stage, list, staged, page.Rows, ct);
            session.Progress.Licenses(staged.Rows);
        }, before, ct);

    private async Task<StagedList> ReadUsersAsync(SyncSession session, CancellationToken ct)
    {
        if (session.Since.Users is not { } version) return await ReadAllUsersAsync(session, ct);
        try
        {
            var changes = await UsersAsync(session, StagedList.UsersSince, new UsersQuery { SinceVersionId = version }, null, ct);
            return changes with { Whole = false };
        }
        catch (AppleException refusal) when (refusal.Meaning is AppleErrorMeaning.FullReadNeeded)
        {
            return await ReadAllUsersAsync(session, ct);
        }
    }

    private async Task<StagedList> ReadAllUsersAsync(SyncSession session, CancellationToken ct) =>
        await UsersAsync(session, StagedList.Users, new UsersQuery(), await BeforeAsync(session, StagedList.Users, ct), ct);

    private Task<StagedList> UsersAsync(SyncSession session, string list, UsersQuery query, StagedList? before, CancellationToken ct) =>
        StageAsync(session, walk.ReadUsersAsync(session.Content, query, Options(before), ct),
            (staged, page) => staging.AddAsync(session.Stage, list, staged, page.Rows, ct), before, ct);

    /// <summary>How far a whole list had come. Where it had not begun, nothing is there of what was read of changes: it would count as read.</summary>
    private async Task<StagedList?> BeforeAsync(SyncSession session, string list, CancellationToken ct)
    {
        var before = await staging.FindAsync(session.Stage, list, ct);
        if (before is null) await staging.ClearAsync(session.Stage, list, ct);
        return before;
    }

    /// <summary>One app by itself: its holders, then its counts.</summary>
    private async Task<RereadAsset> RereadAsync(SyncSession session, StagedList assets, string adamId, int number, CancellationToken ct)
    {
        var options = new WalkOptions { FirstAttempt = number * Apart };
        var holders = await StageAsync(session,
            walk.ReadAssignmentsAsync(session.Content, new AssignmentsQuery { AdamId = adamId }, options, ct),
            (staged, page) => staging.AddAsync(session.Stage, $"{StagedList.Assignments} of {adamId}", staged, page.Rows, ct), null, ct);

        await foreach (var page in walk.ReadAssetsAsync(session.Content, new AssetsQuery { AdamId = adamId }, null, ct))
        {
            await CheckOwnerAsync(session, page.Answer, ct);
            foreach (var asset in page.Rows) await staging.CorrectAsync(session.Stage, assets.Attempt, asset, ct);
        }
        return new RereadAsset(adamId, holders);
    }

    private static WalkOptions Options(StagedList? before) => new() { FirstAttempt = (before?.Attempt ?? 0) + 1, Resume = before?.Position };

    private async Task<StagedList> StageAsync<T>(
        SyncSession session, IAsyncEnumerable<PageOf<T>> pages, Func<StagedList, PageOf<T>, Task> keep, StagedList? before, CancellationToken ct)
    {
        var began = time.GetUtcNow();
        var staged = before ?? new StagedList(1, null, 0, 0, false, began);
        await foreach (var page in pages.WithCancellation(ct))
        {
            await CheckOwnerAsync(session, page.Answer, ct);
            staged = staged.With(page) with { ReadSince = page.IsFirst ? began : staged.ReadSince };
            await keep(staged, page);
            await session.Progress.PageAsync(page.Index, page.TotalPages, ct);
        }
        await session.Progress.EndWalkAsync(staged.Pages, ct);
        return staged;
    }

    // Every answer was looked at as it came, and nothing is sent after one that names another owner; the last one was handed over.
    private async Task CheckOwnerAsync(SyncSession session, AnswerPage answer, CancellationToken ct)
    {
        if (!await states.IsStillOursAsync(session.Tenant, session.Location, answer, ct))
            throw new SyncStoppedException("Another device management service has taken the location over.");
    }
}
