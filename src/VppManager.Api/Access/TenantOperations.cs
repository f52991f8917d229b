using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Access;

/// <summary>Tenants as a whole, for the operator of the service. Works as the owner of the tables; the service itself cannot do this.</summary>
internal sealed class TenantOperations(NpgsqlDataSource owner, TimeProvider time)
{
    private const string Operator = """{"id": "operator", "name": "operator", "application": true, "permissions": [], "tags": []}""";

    public async Task<IReadOnlyList<Tenant>> ListAsync(CancellationToken ct)
    {
        await using var command = owner.CreateCommand("select id, name, behavior, suspended_at, created_at from tenants order by created_at, id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var tenants = new List<Tenant>();
        while (await reader.ReadAsync(ct))
            tenants.Add(new Tenant
            {
                Id = reader.GetGuid(0),
                Name = reader.GetString(1),
                Behavior = reader.GetString(2),
                SuspendedAt = reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                CreatedAt = reader.GetFieldValue<DateTimeOffset>(4),
            });
        return tenants;
    }

    /// <returns>False when there is one with this id.</returns>
    public Task<bool> CreateAsync(Guid id, string name, string behavior, CancellationToken ct) => ChangeAsync(id, "Create Tenant", Sql.Command(
        "insert into tenants (id, name, behavior, created_at) values ($1, $2, $3, $4) on conflict (id) do nothing", id, name, behavior, time.GetUtcNow()), ct);

    /// <summary>Its callers are refused, and nothing more is sent to Apple; or the other way round.</summary>
    /// <returns>False when there is none.</returns>
    public Task<bool> SuspendAsync(Guid id, bool suspend, CancellationToken ct) => ChangeAsync(id, suspend ? "Action suspend" : "Action resume", suspend
        ? Sql.Command("update tenants set suspended_at = coalesce(suspended_at, $2) where id = $1", id, time.GetUtcNow())
        : Sql.Command("update tenants set suspended_at = null where id = $1", id), ct);

    /// <returns>How many rows it had; null when it is not there or not suspended.</returns>
    public async Task<long?> DeleteAsync(Guid id, CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command("select delete_tenant($1)", id) }, Timeout = 0 };
        try
        {
            return (long)(await batch.ExecuteScalarAsync(ct))!;
        }
        catch (PostgresException refused) when (refused.SqlState == PostgresErrorCodes.RaiseException && refused.MessageText.StartsWith("only a suspended", StringComparison.Ordinal))
        {
            return null;
        }
    }

    private async Task<bool> ChangeAsync(Guid id, string activity, NpgsqlBatchCommand change, CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction) { BatchCommands = { Sql.Command(Remember, id), change } };
        if (await batch.ExecuteNonQueryAsync(ct) == 0) return false;

        await using var audit = new NpgsqlBatch(connection, transaction) { BatchCommands = { TenantSql.Whole(id), Event(id, activity) } };
        await audit.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    private const string Remember = """
        select set_config('app.tenant_before', coalesce((select to_jsonb(t)::text from tenants t where t.id = $1 for update), '{}'), true)
        """;

    private static NpgsqlBatchCommand Event(Guid id, string activity) => Sql.Command("""
        select audit_event(
            $1, $2::jsonb || jsonb_build_object('correlation', gen_random_uuid()), $3, 'Tenant', $1,
            coalesce(audit_changes(current_setting('app.tenant_before')::jsonb, to_jsonb(t)), '{}'), null)
        from tenants t where t.id = $1
        """, id, Operator, activity);
}
