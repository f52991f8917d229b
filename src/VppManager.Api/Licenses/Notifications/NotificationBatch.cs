using VppManager.Api.Data;
using VppManager.Apple;

namespace VppManager.Api.Licenses.Notifications;

/// <summary>Notifications that are worked off together: of one location, one type and one event.</summary>
internal sealed record NotificationBatch(Guid Location, string Type, string? EventId, IReadOnlyList<TakenNotification> Taken)
{
    /// <summary>When the first of them came.</summary>
    public DateTimeOffset Since => Taken.Min(one => one.ReceivedAt);

    public Guid[] Ids => [.. Taken.Select(one => one.Id)];

    public IEnumerable<T> Contents<T>() where T : NotificationContent => Taken.Select(one => AppleNotification.Parse(one.Body).Content).OfType<T>();

    /// <summary>
    /// Takes an item's notification, and with it what else is due of the same kind. Their items are gone when the transaction commits.
    /// </summary>
    /// <returns>Null when it was worked off already, or its location is gone.</returns>
    public static async Task<NotificationBatch?> TakeAsync(TenantTransaction transaction, WorkItem item, DateTimeOffset now, CancellationToken ct)
    {
        var head = await transaction.ReadOneAsync(
            Sql.Command("select location_id, type, event_id from notifications where tenant_id = $1 and id = $2 and worked_off_at is null", item.Tenant, item.Key),
            row => new NotificationBatch(row.GetGuid(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), []), ct);
        if (head is null) return null;

        // One that has failed before is taken alone, so that it holds up no others.
        var taken = await transaction.ReadAsync(
            Sql.Command(Take, item.Key, item.Tenant, head.Location, head.Type, head.EventId ?? "", now, item.Attempts == 1),
            row => new TakenNotification(row.GetGuid(0), row.GetDateTime(1), row.GetFieldValue<byte[]>(2)), ct);
        return head with { Taken = taken };
    }

    private const string Take = """
        with mine as (
            select w.key from work w join notifications n on n.tenant_id = $2 and n.id = w.key
            where w.lane = 'notification' and w.tenant_id = $2
              and n.location_id = $3 and n.type = $4 and coalesce(n.event_id, '') = $5 and n.worked_off_at is null
              and (w.key = $1 or ($7 and w.run_at <= $6 and w.attempts = 0))
            order by w.key <> $1, w.run_at limit 100 for update of w skip locked),
        gone as (delete from work w using mine where w.lane = 'notification' and w.key = mine.key)
        select n.id, n.received_at, n.body from notifications n join mine on mine.key = n.id where n.tenant_id = $2 order by n.received_at, n.id
        """;
}

internal sealed record TakenNotification(Guid Id, DateTimeOffset ReceivedAt, byte[] Body);

/// <summary>What became of a batch.</summary>
internal enum Handled
{
    /// <summary>All of it is in effect, or had been before.</summary>
    Done,

    /// <summary>It is about an event that we do not know, perhaps because Apple's answer to our own request is still on its way.</summary>
    Unknown,
}
