using Npgsql;
using NpgsqlTypes;
using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Apps;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;

namespace VppManager.Api.Sync;

/// <summary>
/// Where the pages of a sync are kept until they are merged: streamed in, one COPY a page, so that a million licences need no more memory than
/// a page. How far each list has come is written with its rows, for whoever continues after a kill.
/// </summary>
internal sealed class Staging(NpgsqlDataSource database)
{
    private const string Assets = """
        copy staged_assets (run_id, attempt, adam_id, pricing_param, product_type, total, assigned, available, retired, device_assignable, revocable, platforms)
        from stdin (format binary)
        """;

    private const string Assignments = "copy staged_assignments (run_id, attempt, adam_id, pricing_param, holder_kind, holder) from stdin (format binary)";

    private const string Users = "copy staged_users (run_id, attempt, client_user_id, status, id_hash) from stdin (format binary)";

    private const string Progress = """
        insert into staged_lists (run_id, list, attempt, version_id, pages, rows, torn, read_since) values ($1, $2, $3, $4, $5, $6, $7, $8)
        on conflict (run_id, list) do update set attempt = excluded.attempt, version_id = excluded.version_id, pages = excluded.pages,
            rows = excluded.rows, torn = excluded.torn, read_since = excluded.read_since
        """;

    public Task AddAsync(Guid stage, string list, StagedList staged, IReadOnlyList<Asset> rows, CancellationToken ct) =>
        AddAsync(Assets, stage, list, staged, rows, (copy, asset) => WriteAsync(copy, asset, ct), ct);

    public Task AddAsync(Guid stage, string list, StagedList staged, IReadOnlyList<Assignment> rows, CancellationToken ct) =>
        AddAsync(Assignments, stage, list, staged, rows, async (copy, row) =>
        {
            await copy.WriteAsync(row.AdamId, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.PricingParam, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.SerialNumber is null ? "user" : "device", NpgsqlDbType.Text, ct);
            await copy.WriteAsync(row.SerialNumber ?? row.ClientUserId ?? "", NpgsqlDbType.Text, ct);
        }, ct);

    public Task AddAsync(Guid stage, string list, StagedList staged, IReadOnlyList<AppleUser> rows, CancellationToken ct) =>
        AddAsync(Users, stage, list, staged, rows, async (copy, user) =>
        {
            await copy.WriteAsync(user.ClientUserId, NpgsqlDbType.Text, ct);
            await copy.WriteAsync(user.Status ?? "", NpgsqlDbType.Text, ct);
            if (user.IdHash is null) await copy.WriteNullAsync(ct);
            else await copy.WriteAsync(user.IdHash, NpgsqlDbType.Text, ct);
        }, ct);

    /// <summary>How far a list had come when its sync was interrupted.</summary>
    public async Task<StagedList?> FindAsync(Guid stage, string list, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Sql.Command("select attempt, version_id, pages, rows, torn, read_since from staged_lists where run_id = $1 and list = $2", stage, list) },
        };
        await using var reader = await batch.ExecuteReaderAsync(ct);
        return await reader.ReadAsync(ct)
            ? new StagedList(
                reader.GetInt32(0), await reader.IsDBNullAsync(1, ct) ? null : reader.GetString(1), reader.GetInt32(2), reader.GetInt64(3), reader.GetBoolean(4),
                await reader.GetFieldValueAsync<DateTimeOffset>(5, ct))
            : null;
    }

    /// <summary>The counts of one app, read once more.</summary>
    public async Task CorrectAsync(Guid stage, int attempt, Asset asset, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Sql.Command("""
                    update staged_assets set total = $5, assigned = $6, available = $7, retired = $8
                    where run_id = $1 and attempt = $2 and adam_id = $3 and pricing_param = $4
                    """, stage, attempt, asset.AdamId, asset.PricingParam, asset.TotalCount, asset.AssignedCount, asset.AvailableCount, asset.RetiredCount),
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Removes what a sync has staged.</summary>
    public Task ClearAsync(Guid stage, CancellationToken ct) => ExecuteAsync(Delete("run_id = $1", stage), ct);

    /// <summary>Removes one list, to be read from its beginning.</summary>
    public Task ClearAsync(Guid stage, string list, CancellationToken ct) =>
        ExecuteAsync([Sql.Command($"delete from staged_{list} where run_id = $1", stage), Sql.Command("delete from staged_lists where run_id = $1 and list = $2", stage, list)], ct);

    /// <summary>Removes the licences that were staged under this attempt and later ones.</summary>
    public Task ClearAsync(Guid stage, int fromAttempt, CancellationToken ct) =>
        ExecuteAsync([Sql.Command("delete from staged_assignments where run_id = $1 and attempt >= $2", stage, fromAttempt)], ct);

    /// <summary>How many there are of an asset that hold it, each counted once however often it was read.</summary>
    public async Task<long> CountAsync(Guid stage, int attempt, string adamId, string pricingParam, CancellationToken ct)
    {
        const string Holders = """
            select count(*) from (
                select distinct holder_kind, holder from staged_assignments where run_id = $1 and attempt = $2 and adam_id = $3 and pricing_param = $4) d
            """;
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Sql.Command(Holders, stage, attempt, adamId, pricingParam) } };
        return (long)(await batch.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Removes what syncs have left that ended before without their end: a run's id begins with the time of its start.</summary>
    public static IEnumerable<NpgsqlBatchCommand> Sweep(DateTimeOffset before) => Delete("run_id < $1", Guid.CreateVersion7(before));

    private static IEnumerable<NpgsqlBatchCommand> Delete(string which, Guid run) =>
        ((string[])["staged_lists", "staged_assets", "staged_assignments", "staged_users"]).Select(table => Sql.Command($"delete from {table} where {which}", run));

    private async Task ExecuteAsync(IEnumerable<NpgsqlBatchCommand> commands, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var command in commands) batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private async Task AddAsync<T>(
        string into, Guid stage, string list, StagedList staged, IReadOnlyList<T> rows, Func<NpgsqlBinaryImporter, T, Task> write, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (rows.Count > 0) await CopyAsync(connection, into, stage, staged.Attempt, rows, write, ct);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                Sql.Command(Progress, stage, list, staged.Attempt, staged.VersionId, staged.Pages, staged.Rows, staged.Torn, staged.ReadSince),
            },
        };
        await batch.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task CopyAsync<T>(
        NpgsqlConnection connection, string into, Guid stage, int attempt, IReadOnlyList<T> rows, Func<NpgsqlBinaryImporter, T, Task> write, CancellationToken ct)
    {
        await using var copy = await connection.BeginBinaryImportAsync(into, ct);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(stage, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(attempt, NpgsqlDbType.Integer, ct);
            await write(copy, row);
        }
        await copy.CompleteAsync(ct);
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter copy, Asset asset, CancellationToken ct)
    {
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
    }
}
