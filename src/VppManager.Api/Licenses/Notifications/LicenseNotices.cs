using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Apps;
using VppManager.Apple.Licenses;

namespace VppManager.Api.Licenses.Notifications;

/// <summary>
/// Settles the pairs that Apple reports on, as polling would. What a notification cannot decide (too few seats, a fault that passes, an unknown user) is
/// left to a question about the event, which then comes soon: it reads who holds the asset before a seat is given again.
/// </summary>
internal static class LicenseNotices
{
    public static async Task<Handled> HandleAsync(
        TenantTransaction transaction, NotificationBatch batch, LicensingOptions options, DateTimeOffset now, CancellationToken ct)
    {
        var notices = batch.Contents<AssetManagementNotification>().ToList();
        if (await EventRequest.FindAsync(transaction, batch, ct) is { } request)
        {
            // Looked up once more: while others held the pools it may have ended, or been sent again.
            await Seats.LockAsync(transaction, request.PoolIds, ct);
            if (await EventRequest.FindAsync(transaction, batch, ct) is { State: AppleRequestState.Pending } open)
                await SettleAsync(transaction, open, notices, options, now, ct);
            return Handled.Done;
        }

        if (now - batch.Since < options.UnknownEventsFor) return Handled.Unknown;

        if (await ForeignChanges.DifferAsync(transaction, batch.Location, notices, ct)) await LocationLook.AskAsync(transaction, batch.Location, now + options.LookAgainAfter, ct);
        return Handled.Done;
    }

    private static async Task SettleAsync(
        TenantTransaction transaction, AppleRequest request, List<AssetManagementNotification> notices, LicensingOptions options, DateTimeOffset now, CancellationToken ct)
    {
        var pools = await PoolsAsync(transaction, request, ct);
        var ofRequest = notices.Where(notice => notice.Type == TypeOf(request.Kind)).ToList();
        var done = ofRequest.Where(notice => notice.Result == NotificationResult.Success).SelectMany(notice => PairsOf(notice, pools)).Distinct().ToList();
        var refused = ofRequest.Where(IsForGood).SelectMany(notice => PairsOf(notice, pools)
            .Select(pair => new RefusedPair(pair.Pool, pair.Holder, WaitAgain: false, $"apple:{notice.Error!.ErrorNumber}"))).Distinct().ToList();

        await Seats.ConfirmPairsAsync(transaction, request.PoolIds, request.Id, done, now, ct);
        if (refused.Count > 0) await Seats.RefuseAsync(transaction, request.PoolIds, request.Id, refused, now, ct);
        await Seats.PromoteAsync(transaction, request.PoolIds, now, ct);

        var item = new WorkItem(WorkQueue.Request, transaction.Tenant, request.Id, 0);
        if (!await IsOpenAsync(transaction, request, ct))
        {
            await RequestEnd.SettledAsync(transaction, item, request, now, ct);
            return;
        }

        if (ofRequest.Any(notice => notice.Result != NotificationResult.Success && !IsForGood(notice)))
            await transaction.ExecuteAsync(WorkQueue.Hasten(item.Lane, item.Key, now + options.FirstPoll), ct);
        await RequestPlanning.AskForAsync(transaction, request.PoolIds, now, ct);
    }

    private static bool IsForGood(AssetManagementNotification notice) => notice is { Result: NotificationResult.Failure, Error: { } error }
        && error.Meaning is AppleErrorMeaning.Refused or AppleErrorMeaning.NotRevocable or AppleErrorMeaning.NotDeviceAssignable
            or AppleErrorMeaning.AppleAccountTaken or AppleErrorMeaning.UnknownAppleAccount;

    private static string? TypeOf(AppleRequestKind kind) => kind switch
    {
        AppleRequestKind.Associate => EventType.Associate,
        AppleRequestKind.Disassociate => EventType.Disassociate,
        _ => null,
    };

    private static IEnumerable<LicensePair> PairsOf(AssetManagementNotification notice, Dictionary<AssetKey, Guid> pools) =>
        from row in notice.Assignments
        where pools.ContainsKey(new AssetKey(row.AdamId, row.PricingParam)) && (row.SerialNumber ?? row.ClientUserId) is not null
        select new LicensePair(pools[new AssetKey(row.AdamId, row.PricingParam)], row.SerialNumber ?? row.ClientUserId!);

    private static async Task<Dictionary<AssetKey, Guid>> PoolsAsync(TenantTransaction transaction, AppleRequest request, CancellationToken ct)
    {
        var rows = await transaction.ReadAsync(
            Sql.Command("select id, adam_id, pricing_param from pools where tenant_id = $1 and id = any ($2)", transaction.Tenant, request.PoolIds),
            row => (Id: row.GetGuid(0), Key: new AssetKey(row.GetString(1), row.GetString(2))), ct);
        return rows.ToDictionary(row => row.Key, row => row.Id);
    }

    private static Task<bool> IsOpenAsync(TenantTransaction transaction, AppleRequest request, CancellationToken ct) =>
        transaction.ReadOneAsync(
            Sql.Command("select exists (select from licenses where tenant_id = $1 and request_id = $2)", transaction.Tenant, request.Id), row => row.GetBoolean(0), ct);
}
