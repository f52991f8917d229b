using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Apple;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses;

/// <summary>Asks Apple what came of an event, to its end.</summary>
internal sealed class EventFollowing(
    NpgsqlDataSource database, WorkQueue queue, AppleClient apple, FailedRequests failed, AppleAccountRequests users, IOptions<LicensingOptions> options, TimeProvider time)
{
    public async Task FollowAsync(WorkItem item, AppleRequest request, ContentToken token, CancellationToken ct)
    {
        var status = await apple.GetStatusAsync(token, request.EventId!, ct);

        if (status.IsPending) await WaitAsync(item, request, ct);
        else if (status.State == EventState.Complete) await ConfirmAsync(item, request, token, ct);
        else if (IsPassing(status.Failures)) await SendAgainAsync(item, request, options.Value.PatienceAfter(request.Attempts), ct);
        else await failed.SettleAsync(item, request, token, status.Failures, ct);
    }

    private async Task WaitAsync(WorkItem item, AppleRequest request, CancellationToken ct)
    {
        if (time.GetUtcNow() - request.AcceptedAt < options.Value.SendAgainAfter) await queue.PutOffAsync(item, options.Value.PollEvery, failed: false, ct);
        else await SendAgainAsync(item, request, TimeSpan.Zero, ct);
    }

    /// <summary>A fault of Apple's own says nothing about the pairs.</summary>
    private static bool IsPassing(IReadOnlyList<AppleError> failures) =>
        failures.Count > 0 && failures.All(failure => failure.Meaning is AppleErrorMeaning.TryAgain or AppleErrorMeaning.TooManyRequests);

    /// <summary>Forgets the event: the request goes out once more, or what is left of it.</summary>
    public async Task SendAgainAsync(WorkItem item, AppleRequest request, TimeSpan delay, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("sendAgain"), ct);
        if (request.PoolIds.Length > 0 && await Seats.UnplanRestAsync(transaction, request, ct))
        {
            await RequestEnd.RefusedAsync(transaction, item, request, null, "Partly done; what is left is sent anew.", time.GetUtcNow(), time.GetUtcNow() + delay, ct);
            await transaction.CommitAsync(ct);
            return;
        }

        var forgotten = await transaction.ExecuteAsync(
            Sql.Command("update apple_requests set state = 'queued', event_id = null where tenant_id = $1 and id = $2 and state = 'pending' and event_id = $3",
                item.Tenant, request.Id, request.EventId!), ct);
        if (forgotten == 0) return; // Somebody else was quicker.

        await transaction.ExecuteAsync(WorkQueue.Move(item.Lane, item.Key, time.GetUtcNow() + delay), ct);
        await transaction.CommitAsync(ct);
    }

    private async Task ConfirmAsync(WorkItem item, AppleRequest request, ContentToken token, CancellationToken ct)
    {
        if (request.Kind.IsOfUsers())
        {
            await users.SettleAsync(item, request, token, [], ct);
            return;
        }

        var now = time.GetUtcNow();
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("apple", EventId: request.EventId), ct);
        await transaction.ExecuteAsync(Sql.Command(SilentWebhook, item.Tenant, request.LocationId, request.Id, request.EventId), ct);
        await Seats.ConfirmAsync(transaction, request.PoolIds, request.Id, now, ct);
        await RequestEnd.SettledAsync(transaction, item, request, now, ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The event had ended, and nobody had told us of any of it: until a notification comes, Apple is asked sooner.</summary>
    private const string SilentWebhook = """
        update webhooks set state = 'silent'
        where tenant_id = $1 and location_id = $2 and state = 'working'
          and not exists (select from notifications where tenant_id = $1 and event_id = $4)
          and exists (select from licenses where tenant_id = $1 and request_id = $3)
        """;
}
