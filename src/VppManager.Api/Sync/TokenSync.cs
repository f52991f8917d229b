using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Apps;
using VppManager.Api.Data;
using VppManager.Api.Tokens;
using VppManager.Apple;
using VppManager.Apple.Tokens;
using VppManager.Core;
using VppManager.Core.Tokens;

namespace VppManager.Api.Sync;

/// <summary>Synchronises one token (S1 to S8): checks it, reads all that its location owns, merges it, and looks up names.</summary>
internal sealed partial class TokenSync(
    DbContextOptions<VppContext> database, NpgsqlDataSource source, TokenCheck check, TokenSecrets secrets, TokenLocation places, TokenStates states,
    LocationClaim claim, SyncReading reading, LegacyReading legacy, SyncMerge merge, Staging staging, MetadataRefresh metadata, IOptions<SyncOptions> options,
    TimeProvider time, ILogger<TokenSync> logger)
{
    /// <summary>Runs to the end. A failure is not thrown but told in the run and on the token; only faults of our own are thrown besides.</summary>
    /// <param name="full">Everything is to be read; else what has changed, when that is known.</param>
    /// <returns>The run; of another caller's, if one is under way (S3). Refused when the token's state allows no sync.</returns>
    public async Task<Outcome<SyncRun>> RunAsync(Guid tenant, Guid token, bool full, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        await using var alone = await SyncLock.TryTakeAsync(source, token, ct);
        var journal = new SyncJournal(context, token, time);
        if (alone is null) return await journal.LatestAsync(ct) is { } running ? running : VppError.NotFound("synchronisation of token", token.ToString());

        var row = await context.Tokens.AsNoTracking().FirstOrDefaultAsync(t => t.Id == token, ct);
        if (row is null) return VppError.NotFound("token", token.ToString());
        if (await context.Tenants.AnyAsync(one => one.Id == tenant && one.SuspendedAt != null, ct)) return VppError.TokenCannotSync("of a suspended tenant");
        row.State = TokenStates.StateAt(row.State, row.ExpiresAt, time.GetUtcNow());
        if (!MaySync(row.State))
        {
            await journal.RefuseAsync(row, ct);
            return VppError.TokenCannotSync(EnumText.Of(row.State));
        }

        var run = await journal.StartAsync(ct);
        if (full) run.Kind = SyncKind.Full;
        await RunAsync(context, journal, row, run, ct);
        return run;
    }

    /// <summary>An unknown token is checked by its sync (T4); a duplicate has none (T7), nor has one that Apple or another owner stopped (T8, T9).</summary>
    public static bool MaySync(TokenState state) => state is TokenState.Valid or TokenState.Unknown;

    private async Task RunAsync(VppContext context, SyncJournal journal, Token token, SyncRun run, CancellationToken ct)
    {
        var tenant = context.Tenant!.Value;
        try
        {
            var merged = await SyncAndClearAsync(context, token, run, ct);
            (run.Corrected, run.Untracked) = (merged.Corrected, merged.Untracked);
            await journal.CompleteAsync(run, ct);
            Log.Done(logger, token.Id, tenant, run.LicensesRead, run.Corrected, run.Untracked);
        }
        catch (Exception failure) when (failure is AppleException or SyncStoppedException)
        {
            Log.Failed(logger, token.Id, tenant, failure.Message);
            if (failure is AppleException refusal)
                await states.RejectAsync(tenant, token.Id, secrets.Unprotect(token.ProtectedSecret, null), TokenAnswer.RejectionBy(refusal), ct);
            await journal.FailAsync(run, failure.Message, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await journal.InterruptAsync(run, CancellationToken.None);
            throw;
        }
        catch (Exception)
        {
            await journal.FailAsync(run, "The synchronisation failed because of a fault in the service; its log says more.", CancellationToken.None);
            throw;
        }
    }

    // Cleared before the end is told: whoever asks again after that gets a sync of their own. An interrupted one is continued.
    private async Task<Merged> SyncAndClearAsync(VppContext context, Token token, SyncRun run, CancellationToken ct)
    {
        try
        {
            return await SyncAsync(context, token, run, ct);
        }
        finally
        {
            if (!ct.IsCancellationRequested || run.Kind is SyncKind.Delta) await staging.ClearAsync(run.StageId, CancellationToken.None);
        }
    }

    private async Task<Merged> SyncAsync(VppContext context, Token token, SyncRun run, CancellationToken ct)
    {
        var tenant = context.Tenant!.Value;
        var uid = await context.Locations.Where(place => place.Id == token.LocationId).Select(place => place.UId).FirstOrDefaultAsync(ct);
        var answer = await check.ReadAsync(secrets.Unprotect(token.ProtectedSecret, uid), ct);
        var location = await CheckAsync(tenant, token.Id, answer, ct);

        var content = secrets.Unprotect(token.ProtectedSecret, location.UId, (seen, cancel) => states.IsStillOursAsync(tenant, location.Id, seen, cancel));
        await claim.EnsureAsync(tenant, token.Id, content, answer.Config, ct);

        var since = run.Kind is SyncKind.Full ? ReadSince.Nothing : await ReadSince.FindAsync(context, location.Id, options.Value.WholeAfter(time.GetUtcNow()), ct);
        var session = new SyncSession(tenant, token.Id, location.Id, run.StageId, content, since, new SyncProgress(context, run, time));
        var staged = location.IsLegacy ? await legacy.ReadAsync(session, ct) : await reading.ReadAsync(session, ct);
        var merged = await merge.RunAsync(session, staged, ct);

        await metadata.RunAsync(MetadataStore.Of(tenant, token, location, content), ct);
        return merged;
    }

    /// <summary>What Apple says now decides whether the sync goes on.</summary>
    private async Task<Location> CheckAsync(Guid tenant, Guid id, TokenAnswer answer, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        if (await TokenStates.LockTokenAsync(context, id, ct) is not { } token) throw new SyncStoppedException("The token was deleted meanwhile.");

        var placed = await places.ApplyAsync(context, token, answer, ct);
        if (!placed.IsOk) throw new SyncStoppedException(placed.Error.Message);

        await transaction.CommitAsync(ct);
        return token.State is TokenState.Valid && await context.Locations.FirstOrDefaultAsync(place => place.Id == token.LocationId, ct) is { } location
            ? location
            : throw new SyncStoppedException(VppError.TokenCannotSync(EnumText.Of(token.State)).Message);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Synchronised token {TokenId} of tenant {Tenant}: {Licenses} licences, {Corrected} corrected, {Untracked} untracked.")]
        public static partial void Done(ILogger logger, Guid tokenId, Guid tenant, int licenses, int corrected, int untracked);

        [LoggerMessage(2, LogLevel.Warning, "The synchronisation of token {TokenId} of tenant {Tenant} failed: {Reason}")]
        public static partial void Failed(ILogger logger, Guid tokenId, Guid tenant, string reason);
    }
}
