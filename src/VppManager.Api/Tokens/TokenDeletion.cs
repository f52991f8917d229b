using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core.Licenses;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>Deletes a token once Apple has taken its licences back (T12, the later rules).</summary>
internal sealed class TokenDeletion(WorkQueue queue, VppContext context, DeleteToken delete, IOptions<LicensingOptions> options)
{
    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (await queue.ClaimAsync(WorkQueue.Deletion, options.Value.Lease, ct) is not { } item) return false;

        await queue.WorkAsync(item, () => WorkOffAsync(item, ct), ct);
        return true;
    }

    private async Task WorkOffAsync(WorkItem item, CancellationToken ct)
    {
        context.Tenant = item.Tenant;
        if (await IsUnderWayAsync(item.Key, ct))
        {
            await queue.PutOffAsync(item, options.Value.TryAgainAfter, failed: false, ct);
            return;
        }

        await delete.DeleteNowAsync(item.Key, ct);
        await queue.DropAsync(item, ct);
    }

    /// <summary>With a token that Apple does not take any more nothing can be taken back: there is nothing to wait for.</summary>
    private Task<bool> IsUnderWayAsync(Guid token, CancellationToken ct) => context.Tokens.AnyAsync(
        one => one.Id == token && one.State == TokenState.Valid
            && context.Licenses.Any(license => (license.State == LicenseState.Assigning || license.State == LicenseState.Releasing)
                && context.Pools.Any(pool => pool.Id == license.PoolId && pool.LocationId == one.LocationId)), ct);
}
