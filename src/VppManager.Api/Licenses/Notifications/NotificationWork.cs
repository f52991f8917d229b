using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Tokens.Webhooks;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses.Notifications;

/// <summary>Works notifications off: in any order, however often they came, racing with polling. All effects of a batch are in one transaction.</summary>
internal sealed partial class NotificationWork(
    NpgsqlDataSource database, WorkQueue queue, IOptions<LicensingOptions> options, TimeProvider time, ILogger<NotificationWork> logger)
{
    private const int MostAttempts = 10;
    private static readonly TimeSpan Soonest = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Latest = TimeSpan.FromSeconds(30);

    /// <returns>Whether there was anything to do.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (await queue.ClaimAsync(WorkQueue.Notification, options.Value.Lease, ct) is not { } item) return false;

        await queue.WorkAsync(item, () => WorkOffAsync(item, ct), ct);
        return true;
    }

    private async Task WorkOffAsync(WorkItem item, CancellationToken ct)
    {
        if (item.Attempts > MostAttempts)
        {
            await GiveUpAsync(item, ct);
            return;
        }

        switch (await TakeAsync(item, ct))
        {
            case Taking.Nothing:
                await queue.DropAsync(item, ct);
                break;
            case Taking.Elsewhere:
                await queue.PutOffAsync(item, Soonest, failed: false, ct);
                break;
        }
    }

    /// <summary>What it said, and whom it may have named, goes as if it had been worked off; a look at the location makes up for it.</summary>
    private async Task GiveUpAsync(WorkItem item, CancellationToken ct)
    {
        Log.GivenUp(logger, item.Key, item.Tenant);
        var now = time.GetUtcNow();
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("notification"), ct);
        var locations = await transaction.ReadAsync(
            Sql.Command($"{WorkedOff} and worked_off_at is null returning location_id", item.Tenant, (Guid[])[item.Key], now), row => row.GetGuid(0), ct);
        await transaction.ExecuteAsync(WorkQueue.Remove(item.Lane, item.Key), ct);
        foreach (var location in locations) await LocationLook.AskAsync(transaction, location, now + options.Value.LookAgainAfter, ct);
        await transaction.CommitAsync(ct);
    }

    private async Task<Taking> TakeAsync(WorkItem item, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var transaction = await TenantTransaction.BeginAsync(database, item.Tenant, new Cause("notification"), ct);
        if (await NotificationBatch.TakeAsync(transaction, item, now, ct) is not { } batch) return Taking.Nothing;
        // Another worker holds it: it may be at it, or have come upon it while it gathered others, and leave it.
        if (batch.Taken.Count == 0) return Taking.Elsewhere;

        await transaction.ExecuteAsync(Causes.Set(new Cause("apple", EventId: batch.EventId)), ct);
        var handled = batch.Type switch
        {
            NotificationType.AssetManagement => await LicenseNotices.HandleAsync(transaction, batch, options.Value, now, ct),
            NotificationType.AssetCount => await CountNotices.HandleAsync(transaction, batch, options.Value, now, ct),
            NotificationType.UserManagement or NotificationType.UserAssociated => await UserNotices.HandleAsync(transaction, batch, options.Value, now, ct),
            _ => Handled.Done,
        };
        await FinishAsync(transaction, batch, handled, now, ct);
        await transaction.CommitAsync(ct);
        return Taking.Done;
    }

    private async Task FinishAsync(TenantTransaction transaction, NotificationBatch batch, Handled handled, DateTimeOffset now, CancellationToken ct)
    {
        if (handled is Handled.Unknown)
        {
            var wait = TimeSpan.FromTicks(Math.Clamp((now - batch.Since).Ticks, Soonest.Ticks, Latest.Ticks));
            await transaction.ExecuteAsync(WorkQueue.Add(WorkQueue.Notification, transaction.Tenant, batch.Ids, now + wait), ct);
            WebhookTelemetry.Received(batch.Type, "unknownEvent");
            return;
        }

        await transaction.ExecuteAsync(Sql.Command(WorkedOff, transaction.Tenant, batch.Ids, now), ct);
        await transaction.ExecuteAsync(
            Sql.Command("delete from notifications where tenant_id = $1 and location_id = $2 and worked_off_at < $3",
                transaction.Tenant, batch.Location, now - options.Value.KeepNotifications), ct);
    }

    private const string WorkedOff = "update notifications set worked_off_at = $3, body = null where tenant_id = $1 and id = any ($2)";

    private enum Taking
    {
        Done,

        /// <summary>There is nothing to work off.</summary>
        Nothing,
        Elsewhere,
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The notification {Notification} of tenant {Tenant} was given up after many attempts; a look at its location says what it said")]
        public static partial void GivenUp(ILogger logger, Guid notification, Guid tenant);
    }
}
