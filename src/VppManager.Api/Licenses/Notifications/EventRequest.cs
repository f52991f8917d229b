using VppManager.Api.Data;

namespace VppManager.Api.Licenses.Notifications;

/// <summary>The request of ours that an event belongs to.</summary>
internal static class EventRequest
{
    /// <returns>Null when no request of ours at the location has this event, or has it yet.</returns>
    public static Task<AppleRequest?> FindAsync(TenantTransaction transaction, NotificationBatch batch, CancellationToken ct) =>
        transaction.ReadOneAsync(Sql.Command(Find, transaction.Tenant, batch.Location, batch.EventId), row => new AppleRequest
        {
            Id = row.GetGuid(0),
            LocationId = batch.Location,
            Kind = Enum.Parse<AppleRequestKind>(row.GetString(1), ignoreCase: true),
            State = Enum.Parse<AppleRequestState>(row.GetString(2), ignoreCase: true),
            PoolIds = row.GetFieldValue<Guid[]>(3),
            EventId = batch.EventId,
        }, ct);

    private const string Find =
        "select id, kind, state, pool_ids from apple_requests where tenant_id = $1 and location_id = $2 and event_id = $3 order by id limit 1";
}
