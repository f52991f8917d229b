using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Api.Tokens;
using VppManager.Apple;

namespace VppManager.Api.Licenses;

/// <summary>What to do when Apple does not take a request, by what the refusal means.</summary>
internal sealed partial class RequestRefusals(
    NpgsqlDataSource database,
    WorkQueue queue,
    TokenStates tokens,
    EventFollowing following,
    FailedRequests failed,
    AppleAccountRequests users,
    IOptions<LicensingOptions> options,
    TimeProvider time,
    ILogger<RequestRefusals> logger)
{
    public async Task HandleAsync(WorkItem item, AppleRequest request, LocationToken token, AppleException refusal, CancellationToken ct)
    {
        Log.Refused(logger, request.Id, request.Kind, refusal.Meaning, refusal.ErrorNumber);
        await (refusal.Meaning switch
        {
            _ when refusal.IsTokenDead || refusal.Meaning is AppleErrorMeaning.ReadOnly => TokenRefusedAsync(item, token, refusal, ct),
            AppleErrorMeaning.UnknownEvent => following.SendAgainAsync(item, request, TimeSpan.Zero, ct),
            AppleErrorMeaning.SplitAndTryAgain => TakeApartAsync(item, request, [], refusal.ErrorNumber, ct),
            AppleErrorMeaning.UnknownUser => UnknownUsersAsync(item, request, token, refusal, ct),
            _ when IsForGood(refusal) && request.State is AppleRequestState.Queued && request.Kind.IsOfUsers() => users.RefuseAsync(item, request, Named(refusal), ct),
            _ when IsForGood(refusal) && request.State is AppleRequestState.Queued => failed.SettleAsync(item, request, token.Content, [Named(refusal)], ct),
            _ => queue.PutOffAsync(item, refusal.RetryAfter ?? options.Value.PatienceAfter(item.Attempts), failed: true, ct),
        });
    }

    private static bool IsForGood(AppleException refusal) =>
        refusal.ErrorNumber is not null && !refusal.IsPassing
        && refusal.Meaning is not (AppleErrorMeaning.ReadOnly or AppleErrorMeaning.LegacyToken or AppleErrorMeaning.ServiceRemoved);

    private static AppleError Named(AppleException refusal) => new() { ErrorNumber = refusal.ErrorNumber!.Value, ErrorMessage = refusal.Message, ErrorInfo = refusal.Info };

    /// <summary>What users unknown to Apple were to get waits until they are registered anew; what was to be taken from them is gone.</summary>
    private Task UnknownUsersAsync(WorkItem item, AppleRequest request, LocationToken token, AppleException refusal, CancellationToken ct)
    {
        var named = refusal.Info?.ClientUserIds ?? [];
        return request.Kind switch
        {
            AppleRequestKind.Associate => TakeApartAsync(item, request, named.Count > 0 ? named : request.ClientUserIds, null, ct),
            AppleRequestKind.Disassociate when named.Count > 0 => DisassociateOthersAsync(item, request, [.. named], ct),
            AppleRequestKind.Disassociate => failed.SettleAsync(item, request, token.Content, [Named(refusal)], ct),
            _ => users.RefuseAsync(item, request, Named(refusal), ct),
        };
    }

    private async Task DisassociateOthersAsync(WorkItem item, AppleRequest request, string[] unknown, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("takenApart"), ct);
        var now = time.GetUtcNow();
        await Seats.UnplanAsync(transaction, request.PoolIds, request.Id, unknown, ct);
        await Seats.ConfirmAsync(transaction, request.PoolIds, request.Id, now, ct);
        await AppleAccountRows.UnknownAsync(transaction, request.LocationId, unknown, now, ct);
        await RequestEnd.RefusedAsync(transaction, item, request, null, "Taken apart: Apple does not know some of the users.", now, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The token says so from now on; a renewal, and of a read-only one the next sync, clears it, and what waits is tried again.</summary>
    private async Task TokenRefusedAsync(WorkItem item, LocationToken token, AppleException refusal, CancellationToken ct)
    {
        await tokens.RejectAsync(item.Tenant, token.Id, token.Content, TokenAnswer.RejectionBy(refusal), ct);
        await queue.PutOffAsync(item, options.Value.TryAgainAfter, failed: true, ct);
    }

    /// <summary>
    /// The pairs go back to be planned again: in smaller requests, or after their users were made known to Apple once more. At once, unless the same
    /// would be sent.
    /// </summary>
    /// <param name="tooMany">Of what the request held too many, by Apple's number.</param>
    private async Task TakeApartAsync(WorkItem item, AppleRequest request, IReadOnlyList<string> unknownUsers, int? tooMany, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var planAt = tooMany is not null && NarrowedLimits.IsLeast(request, tooMany) ? now + options.Value.TryAgainAfter : now;
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("takenApart"), ct);
        await Seats.UnplanAsync(transaction, request.PoolIds, request.Id, [], ct);
        await AppleAccountRows.UnknownAsync(transaction, request.LocationId, [.. unknownUsers], now, ct);
        await AppleAccountRows.UnplanAsync(transaction, request.Id, ct);
        await RequestEnd.RefusedAsync(transaction, item, request, tooMany, "Taken apart, to be sent anew.", now, planAt, ct);
        await transaction.CommitAsync(ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Apple refused request {RequestId} ({Kind}): {Meaning} {ErrorNumber}")]
        public static partial void Refused(ILogger logger, Guid requestId, AppleRequestKind kind, AppleErrorMeaning meaning, int? errorNumber);
    }
}
