using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Tokens;
using VppManager.Core;
using VppManager.Core.Tokens;

namespace VppManager.Api.Sync;

/// <summary>Asks for a sync of one token, now (S1). Answers at once; joins the one that runs or is about to (S3).</summary>
internal sealed class RequestSync(DbContextOptions<VppContext> database, SyncSchedule schedule, TimeProvider time)
{
    /// <summary>Everything is read: who asks by hand expects that it is right afterwards.</summary>
    public Task<Outcome<Done>> ExecuteAsync(Guid tenant, Guid token, CancellationToken ct) => AskAsync(tenant, token, full: true, ct);

    /// <summary>What has changed is read, unless it is time for everything.</summary>
    public Task<Outcome<Done>> ChangesAsync(Guid tenant, Guid token, CancellationToken ct) => AskAsync(tenant, token, full: false, ct);

    private async Task<Outcome<Done>> AskAsync(Guid tenant, Guid token, bool full, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        var row = await context.Tokens.Where(t => t.Id == token).Select(t => new { t.State, t.ExpiresAt, t.LastSyncStatus }).FirstOrDefaultAsync(ct);
        if (row is null) return VppError.NotFound("token", token.ToString());
        var state = TokenStates.StateAt(row.State, row.ExpiresAt, time.GetUtcNow());
        if (!TokenSync.MaySync(state)) return VppError.TokenCannotSync(EnumText.Of(state));
        if (row.LastSyncStatus is TokenSyncStatus.InProgress && await schedule.IsUnderWayAsync(tenant, token, ct)) return new Done();

        await context.Tokens.Where(t => t.Id == token).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastSyncStatus, TokenSyncStatus.InProgress), ct);
        await schedule.AddNowAsync(tenant, token, full, ct);
        return new Done();
    }
}
