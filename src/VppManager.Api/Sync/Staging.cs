using Npgsql;
using NpgsqlTypes;
using VppManager.Api.Data;
using VppManager.Apple.Apps;
using VppManager.Apple.Licenses;

namespace VppManager.Api.Sync;

/// <summary>Where the pages of a sync are kept until they are merged: streamed in, one COPY a page, so that a million licences need no more memory than a page.</summary>
internal sealed class Staging(NpgsqlDataSource database)
{
    private const string Assets = """
        copy staged_assets (run_id, attempt, adam_id, pricing_param, product_type, total, assigned, available, retired, device_assignable, revocable, platforms)
        from stdin (format binary)
        """;

    private const string Assignments = "copy staged_assignments (run_id, attempt, adam_id, pricing_param, holder_kind, holder) from stdin (format binary)";

    public Task AddAsync(Guid run, int attempt, IReadOnlyList<Asset> rows, CancellationToken ct) => CopyAsync(Assets, rows, async (copy, asset) =>
    {
        await copy.WriteAsync(run, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(attempt, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(asset.AdamId, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(asset.PricingParam, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(asset.ProductType, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(asset.TotalCount, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(asset.AssignedCount, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(asset.AvailableCount, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(asset.RetiredCount, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(asset.DeviceAssignable, NpgsqlDbType.Boolean, ct);
        await copy.WriteAsync(asset.Revocable, NpgsqlDbType.Boolean, ct);
        await copy.WriteAsync(asset.SupportedPlatforms.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text, ct);
    }, ct);

    public Task AddAsync(Guid run, int attempt, IReadOnlyList<Assignment> rows, CancellationToken ct) => CopyAsync(Assignments, rows, async (copy, row) =>
    {
        await copy.WriteAsync(run, NpgsqlDbType.Uuid, ct);
        await copy.WriteAsync(attempt, NpgsqlDbType.Integer, ct);
        await copy.WriteAsync(row.AdamId, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(row.PricingParam, NpgsqlDbType.Text, ct);
        await copy.WriteAsync(row.SerialNumber is null ? "user" : "device", NpgsqlDbType.Text, ct);
        await copy.WriteAsync(row.SerialNumber ?? row.ClientUserId ?? "", NpgsqlDbType.Text, ct);
    }, ct);

    /// <summary>Removes what a sync has staged.</summary>
    public async Task ClearAsync(Guid run, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Sql.Command("delete from staged_assets where run_id = $1", run),
                Sql.Command("delete from staged_assignments where run_id = $1", run),
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Removes what syncs have left that ended before without their end: a run's id begins with the time of its start.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Sweep(DateTimeOffset before)
    {
        var oldest = Guid.CreateVersion7(before);
        yield return Sql.Command("delete from staged_assets where run_id < $1", oldest);
        yield return Sql.Command("delete from staged_assignments where run_id < $1", oldest);
    }

    private async Task CopyAsync<T>(string into, IReadOnlyList<T> rows, Func<NpgsqlBinaryImporter, T, Task> write, CancellationToken ct)
    {
        if (rows.Count == 0) return;

        await using var connection = await database.OpenConnectionAsync(ct);
        await using var copy = await connection.BeginBinaryImportAsync(into, ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            await write(copy, row);
        }
        await copy.CompleteAsync(ct);
    }
}
