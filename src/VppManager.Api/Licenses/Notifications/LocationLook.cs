using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VppManager.Api.Data;
using VppManager.Api.Sync;
using VppManager.Core.Tokens;

namespace VppManager.Api.Licenses.Notifications;

/// <summary>
/// Somebody else has changed a location, or something does not add up: it is synchronised, once for all that came together. So is a token about which
/// Apple could not be asked, by its own id, again and again until it could.
/// </summary>
internal sealed class LocationLook(WorkQueue queue, VppContext context, RequestSync sync, SyncSchedule schedule, IOptions<LicensingOptions> options)
{
    /// <summary>Asks for a look, as the last thing of a transaction.</summary>
    public static Task AskAsync(TenantTransaction transaction, Guid location, DateTimeOffset at, CancellationToken ct) =>
        transaction.ExecuteAsync(WorkQueue.Add(WorkQueue.Look, transaction.Tenant, [location], at), ct);

    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (await queue.ClaimAsync(WorkQueue.Look, options.Value.Lease, ct) is not { } item) return false;

        await queue.WorkAsync(item, () => LookAsync(item, ct), ct);
        return true;
    }

    private async Task LookAsync(WorkItem item, CancellationToken ct)
    {
        context.Tenant = item.Tenant;
        var token = await context.Tokens
            .Where(one => (one.LocationId == item.Key && (one.State == TokenState.Valid || one.State == TokenState.Unknown))
                || (one.Id == item.Key && one.State == TokenState.Unknown))
            .Select(one => new { one.Id, one.State }).FirstOrDefaultAsync(ct);

        // The sync under way may have read what changed before it changed.
        var isUnknown = token is { State: TokenState.Unknown };
        if (token is not null && !isUnknown && await schedule.IsUnderWayAsync(item.Tenant, token.Id, ct))
        {
            await queue.PutOffAsync(item, options.Value.LookAgainAfter, failed: false, ct);
            return;
        }

        if (token is not null) await sync.ExecuteAsync(item.Tenant, token.Id, ct);
        if (isUnknown) await queue.PutOffAsync(item, options.Value.PatienceAfter(item.Attempts), failed: true, ct);
        else await queue.DropAsync(item, ct);
    }
}
