using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Tokens;
using AppleSide = VppManager.Apple.Directory;

namespace VppManager.Api.Licenses.Notifications;

/// <summary>What Apple reports of users. The request itself is ended by a question about its event, which then comes soon.</summary>
internal static class UserNotices
{
    public static async Task<Handled> HandleAsync(
        TenantTransaction transaction, NotificationBatch batch, LicensingOptions options, DateTimeOffset now, CancellationToken ct)
    {
        if (batch.Type == NotificationType.UserAssociated)
        {
            var associated = batch.Contents<AppleSide.UserAssociatedNotification>().SelectMany(notice => notice.AssociatedUsers).ToList();
            await ReportAsync(transaction, batch.Location, null, associated, now, ct);
            return Handled.Done;
        }

        // Users of others are left alone.
        if (await EventRequest.FindAsync(transaction, batch, ct) is not { } request)
            return now - batch.Since < options.UnknownEventsFor ? Handled.Unknown : Handled.Done;

        if (request.State is not AppleRequestState.Pending) return Handled.Done;

        var done = batch.Contents<AppleSide.UserManagementNotification>().Where(notice => notice.Result == NotificationResult.Success).SelectMany(notice => notice.Users).ToList();
        await ReportAsync(transaction, batch.Location, request.Id, done, now, ct);
        await transaction.ExecuteAsync(WorkQueue.Hasten(WorkQueue.Request, request.Id, now + options.FirstPoll), ct);
        return Handled.Done;
    }

    /// <summary>Of a request's users, those that it carries; without one, those who accepted their invitations. A late report puts nobody back to what they were.</summary>
    private static async Task ReportAsync(
        TenantTransaction transaction, Guid location, Guid? request, IReadOnlyList<AppleSide.AppleUser> users, DateTimeOffset now, CancellationToken ct)
    {
        var known = users.Where(user => user.Status is AppleSide.AppleUserStatus.Registered or AppleSide.AppleUserStatus.Associated)
            .GroupBy(user => user.ClientUserId).Select(same => same.Last()).ToList();
        if (known.Count == 0) return;

        await transaction.ExecuteAsync(Sql.Command(Report, transaction.Tenant, location, request, now,
            known.Select(user => user.ClientUserId).ToArray(), known.Select(user => user.Status!.ToLowerInvariant()).ToArray(),
            known.Select(user => user.IdHash).ToArray()), ct);
    }

    private const string Report = """
        update apple_users u set status = n.status, id_hash = coalesce(n.id_hash, u.id_hash), reason = null, changed_at = $4
        from unnest($5::text[], $6::text[], $7::text[]) as n (client_user_id, status, id_hash)
        where u.tenant_id = $1 and u.location_id = $2 and u.client_user_id = n.client_user_id and u.status in ('creating', 'registered')
          and case when $3::uuid is null then n.status = 'associated' else u.request_id = $3 end
        """;
}
