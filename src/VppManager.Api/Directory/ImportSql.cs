using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Directory;

/// <summary>The statements of an import, within its transaction: $1 is the tenant, $2 now.</summary>
internal sealed class ImportSql(NpgsqlConnection connection, Guid tenant, DateTimeOffset now)
{
    /// <summary>A staged row that a check stumbled over.</summary>
    internal sealed record Row(int Number, string? Name);

    public async Task<int> ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var batch = BatchOf(sql);
        return await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<Row?> FirstAsync(string sql, CancellationToken ct)
    {
        await using var batch = BatchOf(sql);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct) ? new Row(reader.GetInt32(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetString(1)) : null;
    }

    public async Task<List<Guid>> IdsAsync(string sql, CancellationToken ct)
    {
        await using var batch = BatchOf(sql);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(ct)) ids.Add(reader.GetGuid(0));
        return ids;
    }

    private NpgsqlBatch BatchOf(string sql) => new(connection) { BatchCommands = { Sql.Command(sql, tenant, now) }, Timeout = 0 };
}
