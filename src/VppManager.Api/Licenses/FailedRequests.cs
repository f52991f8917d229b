using Microsoft.EntityFrameworkCore;
using Npgsql;
using VppManager.Api.Apps;
using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses;

/// <summary>
/// A failed event says that something, not what, was not done. So Apple is asked who holds the assets now, and every pair is settled by that.
/// </summary>
internal sealed class FailedRequests(NpgsqlDataSource database, VppContext context, AssetReading reading, TimeProvider time)
{
    public async Task SettleAsync(WorkItem item, AppleRequest request, ContentToken token, IReadOnlyList<AppleError> failures, CancellationToken ct)
    {
        if (request.Kind is AppleRequestKind.CreateUsers)
        {
            await UsersAsync(item, request, failures, ct);
            return;
        }

        var pools = await context.Pools.AsNoTracking().Where(pool => request.PoolIds.Contains(pool.Id)).ToListAsync(ct);
        var readSince = time.GetUtcNow();
        var read = new Dictionary<Guid, AssetAtApple>();
        foreach (var pool in pools) read[pool.Id] = await reading.ReadAsync(token, pool, request.Id, ct);

        var refused = pools.SelectMany(pool => Refused(request, pool, read[pool.Id], failures)).ToList();
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("apple", EventId: request.EventId), ct);
        var now = time.GetUtcNow();
        await Seats.RefuseAsync(transaction, request.PoolIds, request.Id, refused, now, ct);
        await AppleUsers.ForgetAsync(transaction, request.LocationId, UnknownUsers(request, failures), ct);
        await Seats.CorrectAsync(transaction, [.. read.Values], request.Id, readSince, now, ct);
        await Seats.ConfirmAsync(transaction, request.PoolIds, request.Id, now, ct);
        await transaction.ExecuteAsync(Sql.Command("delete from staged_assignments where run_id = $1", request.Id), ct);
        await RequestEnd.SettledAsync(transaction, item, request, now, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task UsersAsync(WorkItem item, AppleRequest request, IReadOnlyList<AppleError> failures, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("apple", EventId: request.EventId), ct);
        await AppleUsers.RegisteredAsync(transaction, request, failures, time.GetUtcNow(), ct);
        await RequestEnd.SettledAsync(transaction, item, request, time.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>Those that Apple does not know any more; they are made known again before anything is assigned to them.</summary>
    private static string[] UnknownUsers(AppleRequest request, IReadOnlyList<AppleError> failures) =>
    [
        .. failures.Where(failure => failure.Meaning is AppleErrorMeaning.UnknownUser)
            .SelectMany(failure => failure.ErrorInfo?.ClientUserIds is { Count: > 0 } named ? named : request.ClientUserIds).Distinct(),
    ];

    /// <summary>An assignment that is not there, or a release that is still there.</summary>
    private static IEnumerable<RefusedPair> Refused(AppleRequest request, Pool pool, AssetAtApple asset, IReadOnlyList<AppleError> failures) =>
        from holder in request.SerialNumbers.Concat(request.ClientUserIds)
        where asset.Holders.Contains(holder) == request.Kind is AppleRequestKind.Disassociate
        let failure = FailureOf(pool, holder, failures)
        select failure?.Meaning switch
        {
            null when request.Kind is AppleRequestKind.Disassociate => new RefusedPair(pool.Id, holder, WaitAgain: true, failures is [var first, ..] ? $"apple:{first.ErrorNumber}" : "stillAtApple"),
            null or AppleErrorMeaning.NotEnoughLicenses => new RefusedPair(pool.Id, holder, WaitAgain: true, "noLicensesLeft"),
            AppleErrorMeaning.TryAgain or AppleErrorMeaning.UnknownUser => new RefusedPair(pool.Id, holder, WaitAgain: true, $"apple:{failure.ErrorNumber}"),
            _ => new RefusedPair(pool.Id, holder, WaitAgain: false, $"apple:{failure.ErrorNumber}"),
        };

    /// <summary>The failure that names the pair; one that names no target is about all of them.</summary>
    private static AppleError? FailureOf(Pool pool, string holder, IReadOnlyList<AppleError> failures) =>
        failures.FirstOrDefault(failure =>
            failure.ErrorInfo is not { } info
            || ((info.Assets.Count == 0 || info.Assets.Any(asset => asset.AdamId == pool.AdamId && asset.PricingParam == pool.PricingParam))
                && ((info.SerialNumbers.Count == 0 && info.ClientUserIds.Count == 0) || info.SerialNumbers.Contains(holder) || info.ClientUserIds.Contains(holder))));
}
