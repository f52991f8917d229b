using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
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
    IOptions<LicensingOptions> options,
    TimeProvider time,
    ILogger<RequestRefusals> logger)
{
    public async Task HandleAsync(WorkItem item, AppleRequest request, LocationToken token, AppleException refusal, CancellationToken ct)
    {
        Log.Refused(logger, request.Id, request.Kind, refusal.Meaning, refusal.ErrorNumber);
        await (refusal.Meaning switch
        {
            _ when refusal.IsTokenDead => TokenDeadAsync(item, token, refusal, ct),
            AppleErrorMeaning.ReadOnly => ReadOnlyAsync(item, token, ct),
            AppleErrorMeaning.UnknownEvent => following.SendAgainAsync(item, request, TimeSpan.Zero, ct),
            AppleErrorMeaning.SplitAndTryAgain => TakeApartAsync(item, request, [], ct),
            AppleErrorMeaning.UnknownUser => TakeApartAsync(item, request, refusal.Info?.ClientUserIds is { Count: > 0 } named ? named : request.ClientUserIds, ct),
            _ when IsForGood(refusal) && request.State is AppleRequestState.Queued => failed.SettleAsync(item, request, token.Content, [Named(refusal)], ct),
            _ => queue.PutOffAsync(item, refusal.RetryAfter ?? options.Value.PatienceAfter(item.Attempts), failed: true, ct),
        });
    }

    private static bool IsForGood(AppleException refusal) =>
        refusal.ErrorNumber is not null && !refusal.IsPassing
        && refusal.Meaning is not (AppleErrorMeaning.ReadOnly or AppleErrorMeaning.LegacyToken or AppleErrorMeaning.ServiceRemoved);

    private static AppleError Named(AppleException refusal) => new() { ErrorNumber = refusal.ErrorNumber!.Value, ErrorMessage = refusal.Message, ErrorInfo = refusal.Info };

    private async Task TokenDeadAsync(WorkItem item, LocationToken token, AppleException refusal, CancellationToken ct)
    {
        await tokens.RejectAsync(item.Tenant, token.Id, TokenAnswer.RejectionBy(refusal), ct);
        await queue.PutOffAsync(item, options.Value.TryAgainAfter, failed: true, ct);
    }

    private async Task ReadOnlyAsync(WorkItem item, LocationToken token, CancellationToken ct)
    {
        await tokens.SeeReadOnlyAsync(item.Tenant, token.Id, ct);
        await queue.PutOffAsync(item, options.Value.PatienceAfter(item.Attempts), failed: true, ct);
    }

    /// <summary>The pairs go back to be planned again: with other limits, or after their users were made known to Apple once more.</summary>
    private async Task TakeApartAsync(WorkItem item, AppleRequest request, IReadOnlyList<string> unknownUsers, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("takenApart"), ct);
        await Seats.UnplanAsync(transaction, request.PoolIds, request.Id, ct);
        await transaction.ExecuteAsync(Sql.Command("""
            update apple_users set status = 'new', request_id = null
            where tenant_id = $1 and location_id = $2 and (client_user_id = any ($3) or request_id = $4)
            """, item.Tenant, request.LocationId, unknownUsers.ToArray(), request.Id), ct);
        await RequestEnd.RefusedAsync(transaction, item, request, null, "Taken apart, to be sent anew.", time.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Apple refused request {RequestId} ({Kind}): {Meaning} {ErrorNumber}")]
        public static partial void Refused(ILogger logger, Guid requestId, AppleRequestKind kind, AppleErrorMeaning meaning, int? errorNumber);
    }
}
