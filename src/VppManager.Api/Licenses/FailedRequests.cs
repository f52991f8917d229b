using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Apps;
using VppManager.Api.Data;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Api.Sync;
using VppManager.Apple;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses;

/// <summary>
/// A failed event says that something, not what, was not done. So Apple is asked who holds the assets now, and every pair is settled by that.
/// </summary>
internal sealed class FailedRequests(
    NpgsqlDataSource database, WorkQueue queue, VppContext context, AssetReading reading, Staging staging, AppleAccountRequests users,
    IOptions<LicensingOptions> options, TimeProvider time)
{
    public async Task SettleAsync(WorkItem item, AppleRequest request, ContentToken token, IReadOnlyList<AppleError> failures, CancellationToken ct)
    {
        if (request.Kind.IsOfUsers())
        {
            await users.SettleAsync(item, request, token, failures, ct);
            return;
        }

        var pools = await context.Pools.AsNoTracking().Where(pool => request.PoolIds.Contains(pool.Id)).ToListAsync(ct);
        var readSince = time.GetUtcNow();
        var read = await ReadAsync(item, request, pools, token, ct);
        var isTorn = read.Values.Any(asset => asset.Torn);
        if (!isTorn || request.State is AppleRequestState.Pending) await WriteAsync(item, request, pools, read, failures, readSince, ct);

        // Nothing is known of the rest until it is read once more.
        if (isTorn) await queue.PutOffAsync(item, options.Value.PollEvery, failed: false, ct);
    }

    /// <summary>All pairs, or where something moved while it was read those of which all is known all the same.</summary>
    private async Task WriteAsync(
        WorkItem item, AppleRequest request, List<Pool> pools, Dictionary<Guid, AssetAtApple> read, IReadOnlyList<AppleError> failures, DateTimeOffset readSince,
        CancellationToken ct)
    {
        var isTorn = read.Values.Any(asset => asset.Torn);
        var refused = pools.SelectMany(pool => Refused(request, pool, read[pool.Id], failures)).ToList();
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("apple", EventId: request.EventId), ct);
        var now = time.GetUtcNow();
        await Seats.RefuseAsync(transaction, request.PoolIds, request.Id, refused, now, ct);
        await AppleAccountRows.UnknownAsync(transaction, request.LocationId, UnknownUsers(request, failures), now, ct);
        await Seats.CorrectAsync(transaction, [.. read.Values], request.Id, readSince, now, ct);
        if (isTorn) await Seats.ConfirmPairsAsync(transaction, request.PoolIds, request.Id, [.. pools.SelectMany(pool => Proved(request, read[pool.Id]))], now, ct);
        else await Seats.ConfirmAsync(transaction, request.PoolIds, request.Id, now, ct);

        await transaction.ExecuteAsync(Sql.Command("delete from staged_assignments where run_id = $1", request.Id), ct);
        if (!isTorn) await RequestEnd.SettledAsync(transaction, item, request, now, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<Dictionary<Guid, AssetAtApple>> ReadAsync(WorkItem item, AppleRequest request, List<Pool> pools, ContentToken token, CancellationToken ct)
    {
        // What an earlier attempt has staged must not be taken for what is read now.
        await staging.ClearAsync(request.Id, ct);
        var asked = request.SerialNumbers.Concat(request.ClientUserIds).ToHashSet(StringComparer.Ordinal);
        var read = new Dictionary<Guid, AssetAtApple>();
        foreach (var pool in pools)
            read[pool.Id] = await reading.ReadAsync(token, pool, request.Id, asked, cancel => queue.KeepAsync(item, options.Value.Lease, cancel), ct);
        return read;
    }

    /// <summary>Who was seen has the licence, however much moved meanwhile; who was not seen has none only where everything was read.</summary>
    private static IEnumerable<LicensePair> Proved(AppleRequest request, AssetAtApple asset) =>
        from holder in request.SerialNumbers.Concat(request.ClientUserIds)
        let isSeen = asset.Holders.Contains(holder)
        where isSeen == request.Kind is AppleRequestKind.Associate && (isSeen || !asset.Torn)
        select new LicensePair(asset.Pool, holder);

    /// <summary>Those that Apple does not know any more; they are made known again before anything is assigned to them.</summary>
    private static string[] UnknownUsers(AppleRequest request, IReadOnlyList<AppleError> failures) =>
    [
        .. failures.Where(failure => failure.Meaning is AppleErrorMeaning.UnknownUser)
            .SelectMany(failure => failure.ErrorInfo?.ClientUserIds is { Count: > 0 } named ? named : request.ClientUserIds).Distinct(),
    ];

    /// <summary>An assignment that is not there, or a release that is still there, as far as that is proved.</summary>
    private static IEnumerable<RefusedPair> Refused(AppleRequest request, Pool pool, AssetAtApple asset, IReadOnlyList<AppleError> failures) =>
        from holder in request.SerialNumbers.Concat(request.ClientUserIds)
        let isSeen = asset.Holders.Contains(holder)
        where isSeen == request.Kind is AppleRequestKind.Disassociate && (isSeen || !asset.Torn)
        let failure = FailureOf(pool, holder, failures)
        select Refused(request, pool, holder, failure);

    /// <summary>Nobody whom Apple does not know is refused for good: they are registered, and get the licence then.</summary>
    private static RefusedPair Refused(AppleRequest request, Pool pool, string holder, AppleError? failure) => failure switch
    {
        _ when request.Kind is AppleRequestKind.Disassociate =>
            new RefusedPair(pool.Id, holder, WaitAgain: false, failure is null ? "notTakenBack" : $"apple:{failure.ErrorNumber}"),
        null or { Meaning: AppleErrorMeaning.NotEnoughLicenses } => new RefusedPair(pool.Id, holder, WaitAgain: true, "noLicensesLeft"),
        { Meaning: AppleErrorMeaning.UnknownUser or AppleErrorMeaning.TryAgain or AppleErrorMeaning.TooManyRequests } =>
            new RefusedPair(pool.Id, holder, WaitAgain: true, $"apple:{failure.ErrorNumber}"),
        _ => new RefusedPair(pool.Id, holder, WaitAgain: false, $"apple:{failure.ErrorNumber}"),
    };

    /// <summary>The failure that names the pair; one that names no target is about all of them.</summary>
    private static AppleError? FailureOf(Pool pool, string holder, IReadOnlyList<AppleError> failures) =>
        failures.FirstOrDefault(failure =>
            failure.ErrorInfo is not { } info
            || ((info.Assets.Count == 0 || info.Assets.Any(asset => asset.AdamId == pool.AdamId && asset.PricingParam == pool.PricingParam))
                && ((info.SerialNumbers.Count == 0 && info.ClientUserIds.Count == 0) || info.SerialNumbers.Contains(holder) || info.ClientUserIds.Contains(holder))));
}
