using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Tokens;
using VppManager.Core;
using VppManager.Core.Tokens;

namespace VppManager.Api.Sync;

/// <summary>Asks for a sync of one token, now (S1). Answers at once; joins the one that runs or is about to (S3).</summary>
internal sealed class RequestSync(DbContextOptions<VppContext> database, SyncSchedule schedule, TimeProvider time)
{
    public async Task<Outcome<Done>> ExecuteAsync(Guid tenant, Guid token, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        var row = await context.Tokens.Where(t => t.Id == token).Select(t => new { t.State, t.ExpiresAt, t.LastSyncStatus }).FirstOrDefaultAsync(ct);
        if (row is null) return VppError.NotFound("token", token.ToString());
        var state = TokenStates.StateAt(row.State, row.ExpiresAt, time.GetUtcNow());
        if (!TokenSync.MaySync(state)) return VppError.TokenCannotSync(EnumText.Of(state));
        if (row.LastSyncStatus is TokenSyncStatus.InProgress && await schedule.IsUnderWayAsync(tenant, token, ct)) return new Done();

        await context.Tokens.Where(t => t.Id == token).ExecuteUpdateAsync(set => set.SetProperty(t => t.LastSyncStatus, TokenSyncStatus.InProgress), ct);
        await schedule.AddNowAsync(tenant, token, ct);
        return new Done();
    }
}
