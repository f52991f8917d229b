using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Directory;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses.Notifications;

/// <summary>What Apple reports of users. The request itself is ended by a question about its event, which then comes soon.</summary>
internal static class UserNotices
{
    public static async Task<Handled> HandleAsync(
        TenantTransaction transaction, NotificationBatch batch, LicensingOptions options, DateTimeOffset now, CancellationToken ct)
    {
        if (batch.Type == NotificationType.UserAssociated)
        {
            var associated = batch.Contents<UserAssociatedNotification>().SelectMany(notice => notice.AssociatedUsers).ToList();
            await AppleUsers.ReportedAsync(transaction, batch.Location, null, associated, now, ct);
            return Handled.Done;
        }

        // Users of others are left alone.
        if (await EventRequest.FindAsync(transaction, batch, ct) is not { } request)
            return now - batch.Since < options.UnknownEventsFor ? Handled.Unknown : Handled.Done;

        if (request.State is not AppleRequestState.Pending) return Handled.Done;

        var done = batch.Contents<UserManagementNotification>().Where(notice => notice.Result == NotificationResult.Success).SelectMany(notice => notice.Users).ToList();
        await AppleUsers.ReportedAsync(transaction, batch.Location, request.Id, done, now, ct);
        await transaction.ExecuteAsync(WorkQueue.Hasten(WorkQueue.Request, request.Id, now + options.FirstPoll), ct);
        return Handled.Done;
    }
}
