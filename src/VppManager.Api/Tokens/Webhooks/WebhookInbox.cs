using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Apple;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Tokens.Webhooks;

/// <summary>What is known of a location when somebody posts to its address.</summary>
internal sealed record WebhookKeys(string UId, IReadOnlyList<byte[]?> SecretHashes);

/// <summary>Takes notifications in: any instance can, since all of it is in PostgreSQL.</summary>
internal sealed class WebhookInbox(NpgsqlDataSource database, TimeProvider time)
{
    /// <returns>Null when the tenant has no such location, or Apple was never told an address for it.</returns>
    public async Task<WebhookKeys?> KeysAsync(Guid tenant, Guid location, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.For(tenant), Sql.Command(Keys, tenant, location) } };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        return await reader.ReadAsync(ct) ? new WebhookKeys(reader.GetString(0), [Hash(1), Hash(2), Hash(3)]) : null;

        byte[]? Hash(int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<byte[]>(column);
    }

    /// <summary>Stores a notification, to be worked off by whoever is free.</summary>
    /// <returns>False when it came before.</returns>
    public async Task<bool> AddAsync(Guid tenant, Guid location, AppleNotification notification, byte[] body, CancellationToken ct)
    {
        var (id, now) = (Guid.CreateVersion7(), time.GetUtcNow());
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("notification"), ct);
        var isNew = await transaction.ExecuteAsync(
            Sql.Command(Add, tenant, id, location, notification.NotificationId, notification.NotificationType, notification.Content?.EventId, now, body), ct) > 0;
        await transaction.ExecuteAsync(Sql.Command(Received, tenant, location, now), ct);
        if (isNew) await transaction.ExecuteAsync(WorkQueue.Add(WorkQueue.Notification, tenant, [id], now), ct);
        await transaction.CommitAsync(ct);
        return isNew;
    }

    private const string Keys = """
        select l.uid, w.secret_hash, w.previous_secret_hash, w.offered_secret_hash
        from webhooks w join locations l on l.tenant_id = $1 and l.id = w.location_id
        where w.tenant_id = $1 and w.location_id = $2
        """;

    private const string Add = """
        insert into notifications (tenant_id, id, location_id, notification_id, type, event_id, received_at, body)
        values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (tenant_id, location_id, notification_id) do nothing
        """;

    /// <summary>Not for each of a flood.</summary>
    private const string Received = """
        update webhooks set received_at = $3, state = case when state = 'silent' then 'working' else state end
        where tenant_id = $1 and location_id = $2 and (state = 'silent' or received_at is null or received_at < $3::timestamptz - interval '1 minute')
        """;
}
