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
            AppleRequestKind.CreateUsers => apple.CreateUsersAsync(token, await UsersAsync(request, ct), ct),
            AppleRequestKind.UpdateUsers => apple.UpdateUsersAsync(token, await UsersAsync(request, ct), ct),
            AppleRequestKind.RetireUsers => apple.RetireUsersAsync(token, request.ClientUserIds, ct),
            _ => throw new InvalidOperationException($"A request of the kind {request.Kind} cannot be sent."),
        });

        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("sent", EventId: accepted.EventId), ct);
        // Should the lease have ended meanwhile and another worker have sent it too, that worker's event is the one that is followed.
        var mine = await transaction.ExecuteAsync(
            Sql.Command("""
                update apple_requests set state = 'pending', event_id = $3, accepted_at = $4, attempts = attempts + 1, error_number = null, error = null
                where tenant_id = $1 and id = $2 and state = 'queued'
                """, item.Tenant, request.Id, accepted.EventId, time.GetUtcNow()), ct);
        if (mine == 0) return;

        var isTold = await transaction.ReadOneAsync(Sql.Command(WillBeTold, item.Tenant, request.LocationId, accepted.EventId), row => row.GetBoolean(0), ct);
        var firstPoll = isTold ? options.Value.FirstPollWithNotifications : options.Value.FirstPoll;
        await transaction.ExecuteAsync(WorkQueue.Move(item.Lane, item.Key, time.GetUtcNow() + firstPoll), ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Not where Apple was so much quicker that what it told was taken for somebody else's.</summary>
    private const string WillBeTold = """
        select exists (select from webhooks where tenant_id = $1 and location_id = $2 and state = 'working')
           and not exists (select from notifications where tenant_id = $1 and event_id = $3 and worked_off_at is not null)
        """;

    /// <summary>An id of our own and, where there is one, the Managed Apple Account; nothing else (G4).</summary>
    private async Task<List<RequestUser>> UsersAsync(AppleRequest request, CancellationToken ct)
    {
        var users = await context.AppleUsers.Where(user => user.LocationId == request.LocationId && user.RequestId == request.Id)
            .Select(user => new { user.ClientUserId, user.ManagedAppleId }).ToListAsync(ct);

        return [.. users.Select(user => new RequestUser(user.ClientUserId) { ManagedAppleId = user.ManagedAppleId })];
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
