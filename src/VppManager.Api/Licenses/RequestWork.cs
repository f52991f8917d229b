using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VppManager.Api.Data;
using VppManager.Api.Tokens;
using VppManager.Apple;

namespace VppManager.Api.Licenses;

/// <summary>Takes one request to Apple a step further: sends it, or asks what came of it. No transaction is open while Apple is asked.</summary>
internal sealed partial class RequestWork(
    WorkQueue queue,
    VppContext context,
    LocationTokens tokens,
    RequestSending sending,
    EventFollowing following,
    RequestRefusals refusals,
    IOptions<LicensingOptions> options,
    ILogger<RequestWork> logger)
{
    public async Task RunAsync(WorkItem item, CancellationToken ct)
    {
        using var lease = queue.LeaseOf(item);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, lease.Token);
        try
        {
            await WorkOffAsync(item, either.Token);
        }
        catch (OperationCanceledException) when (lease.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            Log.LeaseEnded(logger, item.Key);
        }
    }

    private async Task WorkOffAsync(WorkItem item, CancellationToken ct)
    {
        context.Tenant = item.Tenant;
        var request = await context.AppleRequests.AsNoTracking().SingleOrDefaultAsync(one => one.Id == item.Key, ct);
        if (request is { State: AppleRequestState.Queued or AppleRequestState.Pending }) await StepAsync(item, request, ct);
        else await queue.DropAsync(item, ct);
    }

    private async Task StepAsync(WorkItem item, AppleRequest request, CancellationToken ct)
    {
        // With a token that may only read, what was sent before is followed; the rest waits.
        if (await tokens.FindAsync(item.Tenant, request.LocationId, ct) is not { } token || (token.IsReadOnly && request.State is AppleRequestState.Queued))
        {
            await queue.PutOffAsync(item, options.Value.TryAgainAfter, failed: false, ct);
            return;
        }

        try
        {
            if (request.State is AppleRequestState.Queued) await sending.SendAsync(item, request, token.Content, ct);
            else await following.FollowAsync(item, request, token.Content, ct);
        }
        catch (AppleException refusal)
        {
            await refusals.HandleAsync(item, request, token, refusal, ct);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of request {RequestId} ended before it was done; another worker goes on with it")]
        public static partial void LeaseEnded(ILogger logger, Guid requestId);
    }
}
