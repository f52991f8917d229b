using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Apps;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses;

/// <summary>Sends a request. If the service dies between Apple's answer and our commit it is sent again, which does no harm at Apple.</summary>
internal sealed class RequestSending(NpgsqlDataSource database, VppContext context, AppleClient apple, IOptions<LicensingOptions> options, TimeProvider time)
{
    public async Task SendAsync(WorkItem item, AppleRequest request, ContentToken token, CancellationToken ct)
    {
        var accepted = await (request.Kind switch
        {
            AppleRequestKind.Associate => apple.AssociateAsync(token, await AssetsAsync(request, ct), ct),
            AppleRequestKind.Disassociate => apple.DisassociateAsync(token, await AssetsAsync(request, ct), ct),
            _ => apple.CreateUsersAsync(token, [.. request.ClientUserIds.Select(id => new RequestUser(id))], ct),
        });

        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("sent", EventId: accepted.EventId), ct);
        // Should the lease have ended meanwhile and another worker have sent it too, that worker's event is the one that is followed.
        var mine = await transaction.ExecuteAsync(
            Sql.Command("""
                update apple_requests set state = 'pending', event_id = $3, accepted_at = $4, attempts = attempts + 1, error_number = null, error = null
                where tenant_id = $1 and id = $2 and state = 'queued'
                """, item.Tenant, request.Id, accepted.EventId, time.GetUtcNow()), ct);
        if (mine == 0) return;

        await transaction.ExecuteAsync(WorkQueue.Move(item.Lane, item.Key, time.GetUtcNow() + options.Value.FirstPoll), ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<ManageAssets> AssetsAsync(AppleRequest request, CancellationToken ct)
    {
        var assets = await context.Pools.Where(pool => request.PoolIds.Contains(pool.Id))
            .Select(pool => new { pool.AdamId, pool.PricingParam }).ToListAsync(ct);

        return new ManageAssets([.. assets.Select(asset => new AssetKey(asset.AdamId, asset.PricingParam))])
        {
            SerialNumbers = request.SerialNumbers,
            ClientUserIds = request.ClientUserIds,
        };
    }
}
