using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Tokens;
using VppManager.Core;
using VppManager.Core.Tokens;

namespace VppManager.Api.Sync;

/// <summary>How a sync went, in its run and on its token.</summary>
internal sealed class SyncJournal(VppContext context, Guid token, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(90);

    /// <summary>How long Apple knows an event: about an older request nothing can come any more.</summary>
    private static readonly TimeSpan RequestsKept = TimeSpan.FromDays(30);

    /// <summary>What was staged longer ago is not worth continuing.</summary>
    private static readonly TimeSpan Continued = TimeSpan.FromHours(6);

    public Task<SyncRun?> LatestAsync(CancellationToken ct) =>
        context.SyncRuns.AsNoTracking().Where(run => run.TokenId == token).OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(ct);

    /// <summary>To be called by the one who holds the lock: a run still open is one whose process died. A full one is continued.</summary>
    public async Task<SyncRun> StartAsync(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await context.SyncRuns.Where(old => old.TokenId == token && old.Outcome == SyncOutcome.Running)
            .ExecuteUpdateAsync(set => set.SetProperty(old => old.Outcome, SyncOutcome.Interrupted).SetProperty(old => old.FinishedAt, now), ct);
        await context.SyncRuns.Where(old => old.TokenId == token && old.StartedAt < now - Kept).ExecuteDeleteAsync(ct);
        await context.AppleRequests.Where(old => old.SettledAt < now - RequestsKept).ExecuteDeleteAsync(ct);

        var last = await LatestAsync(ct);
        var id = Guid.CreateVersion7(now);
        var goesOn = last is { Outcome: SyncOutcome.Interrupted, Kind: SyncKind.Full } && last.StartedAt > now - Continued;
        var run = new SyncRun
        {
            Id = id,
            TokenId = token,
            Kind = goesOn ? SyncKind.Full : SyncKind.Delta,
            StageId = goesOn ? last!.StageId : id,
            StartedAt = now,
            Outcome = SyncOutcome.Running,
        };
        context.SyncRuns.Add(run);
        await context.SaveChangesAsync(ct);
        context.Entry(run).State = EntityState.Detached;
        await OnToken(TokenSyncStatus.InProgress, null, ct);
        return run;
    }

    public async Task CompleteAsync(SyncRun run, CancellationToken ct)
    {
        await EndAsync(run, SyncOutcome.Completed, null, ct);
        await context.Tokens.Where(row => row.Id == token)
            .ExecuteUpdateAsync(set => set
                .SetProperty(row => row.LastSyncStatus, TokenSyncStatus.Completed)
                .SetProperty(row => row.LastSyncAt, run.FinishedAt)
                .SetProperty(row => row.LastSyncError, (string?)null), ct);
    }

    public async Task FailAsync(SyncRun run, string reason, CancellationToken ct)
    {
        await EndAsync(run, SyncOutcome.Failed, reason, ct);
        await OnToken(TokenSyncStatus.Failed, reason, ct);
    }

    /// <summary>Stopped on the way; it starts again elsewhere, so the token stays in progress.</summary>
    public Task InterruptAsync(SyncRun run, CancellationToken ct) => EndAsync(run, SyncOutcome.Interrupted, null, ct);

    /// <summary>A sync that was asked for, of a token that has changed its state since.</summary>
    public Task RefuseAsync(Token row, CancellationToken ct) => row.LastSyncStatus is TokenSyncStatus.InProgress
        ? OnToken(TokenSyncStatus.Failed, VppError.TokenCannotSync(EnumText.Of(row.State)).Message, ct)
        : Task.CompletedTask;

    // With the token its runs go, too: then there is nothing left to write to.
    private Task<int> EndAsync(SyncRun run, SyncOutcome outcome, string? error, CancellationToken ct)
    {
        (run.Outcome, run.Error, run.FinishedAt) = (outcome, error, time.GetUtcNow());
        return context.SyncRuns.Where(row => row.Id == run.Id).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.Outcome, run.Outcome).SetProperty(row => row.Error, run.Error).SetProperty(row => row.FinishedAt, run.FinishedAt)
            .SetProperty(row => row.Kind, run.Kind)
            .SetProperty(row => row.PagesRead, run.PagesRead).SetProperty(row => row.PagesTotal, run.PagesTotal)
            .SetProperty(row => row.LicensesRead, run.LicensesRead).SetProperty(row => row.LicensesTotal, run.LicensesTotal)
            .SetProperty(row => row.Corrected, run.Corrected).SetProperty(row => row.Untracked, run.Untracked), ct);
    }

    private Task<int> OnToken(TokenSyncStatus status, string? error, CancellationToken ct) => context.Tokens.Where(row => row.Id == token)
        .ExecuteUpdateAsync(set => set.SetProperty(row => row.LastSyncStatus, status).SetProperty(row => row.LastSyncError, error), ct);
}
