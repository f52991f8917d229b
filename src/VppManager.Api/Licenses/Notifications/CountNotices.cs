using VppManager.Api.Data;
using VppManager.Apple.Apps;

namespace VppManager.Api.Licenses.Notifications;

/// <summary>
/// Licences were bought, refunded or transferred: the total moves, and those who wait are served at once (L6). What does not add up, or may have been
/// read by a sync already, is looked at with Apple.
/// </summary>
internal static class CountNotices
{
    /// <summary>Apple delivers within five minutes, or not at all.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    public static async Task<Handled> HandleAsync(
        TenantTransaction transaction, NotificationBatch batch, LicensingOptions options, DateTimeOffset now, CancellationToken ct)
    {
        var deltas = batch.Contents<AssetCountNotification>()
            .GroupBy(notice => new AssetKey(notice.AdamId, notice.PricingParam), notice => (long)notice.CountDelta)
            .ToDictionary(asset => asset.Key, asset => asset.Sum());
        var keys = deltas.Keys.ToList();
        var pools = await transaction.ReadAsync(
            Sql.Command(Pools, transaction.Tenant, batch.Location, keys.Select(key => key.AdamId).ToArray(), keys.Select(key => key.PricingParam).ToArray()),
            row => (Id: row.GetGuid(0), Key: new AssetKey(row.GetString(1), row.GetString(2))), ct);

        var addedUp = await Seats.AddAsync(transaction, [.. pools.Select(pool => (pool.Id, deltas[pool.Key]))], now, ct);
        await RequestPlanning.AskForAsync(transaction, [.. pools.Select(pool => pool.Id)], now, ct);
        if (!addedUp || pools.Count < keys.Count || await MayBeKnownAsync(transaction, batch, ct))
            await LocationLook.AskAsync(transaction, batch.Location, now + options.LookAgainAfter, ct);
        return Handled.Done;
    }

    private static Task<bool> MayBeKnownAsync(TenantTransaction transaction, NotificationBatch batch, CancellationToken ct) =>
        transaction.ReadOneAsync(Sql.Command(MayBeKnown, transaction.Tenant, batch.Location, batch.Since - Late), row => row.GetBoolean(0), ct);

    private const string Pools = """
        select p.id, p.adam_id, p.pricing_param
        from unnest($3::text[], $4::text[]) as k (adam_id, pricing_param)
        join pools p on p.tenant_id = $1 and p.location_id = $2 and p.adam_id = k.adam_id and p.pricing_param = k.pricing_param
        order by p.id
        """;

    private const string MayBeKnown = """
        select exists (select from locations where tenant_id = $1 and id = $2 and synced_at > $3)
            or exists (select from tokens where tenant_id = $1 and location_id = $2 and last_sync_status = 'inProgress')
        """;
}
