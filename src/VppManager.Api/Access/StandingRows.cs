using System.Collections.Frozen;
using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Access;

/// <summary>A tenant's standing out of its rows, in one round trip.</summary>
internal sealed class StandingRows(NpgsqlDataSource database)
{
    private const string Roles = """
        select a.members, a.role_scope_tag_ids, d.allowed, d.not_allowed
        from role_assignments a join graph_role_definitions d on d.tenant_id = a.tenant_id and d.id = a.role_definition_id
        where a.tenant_id = $1
        """;

    public async Task<TenantStanding> ReadAsync(Guid tenant, CancellationToken ct)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(TenantSql.Whole(tenant));
        batch.BatchCommands.Add(Sql.Command("select suspended_at is not null from tenants where id = $1", tenant));
        batch.BatchCommands.Add(Sql.Command(Roles, tenant));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        await reader.NextResultAsync(ct);
        var suspended = await reader.ReadAsync(ct) && reader.GetBoolean(0);
        await reader.NextResultAsync(ct);
        var grants = new List<RoleGrant>();
        while (await reader.ReadAsync(ct)) grants.Add(Grant(reader));
        return new TenantStanding(suspended, grants);
    }

    private static RoleGrant Grant(NpgsqlDataReader row) => new(
        row.GetFieldValue<Guid[]>(0).ToFrozenSet(),
        row.GetFieldValue<string[]>(2).Except(row.GetFieldValue<string[]>(3), StringComparer.OrdinalIgnoreCase)
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase),
        row.GetFieldValue<string[]>(1));
}
