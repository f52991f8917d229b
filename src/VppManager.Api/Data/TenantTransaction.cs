using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace VppManager.Api.Data;

/// <summary>Why something changes, for the ledger: set once per transaction, read by the triggers.</summary>
internal sealed record Cause(string Name, string? Actor = null, string? EventId = null);

/// <summary>One PostgreSQL transaction for one tenant, for the set-based statements that EF Core does not write.</summary>
internal sealed class TenantTransaction : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;

    private readonly bool isOwn;

    private TenantTransaction(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid tenant, bool isOwn = true) =>
        (this.connection, this.transaction, Tenant, this.isOwn) = (connection, transaction, tenant, isOwn);

    /// <summary>The transaction that the context has begun: what this does is part of it, and ends with it.</summary>
    public static TenantTransaction Within(VppContext context) => new(
        (NpgsqlConnection)context.Database.GetDbConnection(), (NpgsqlTransaction)context.Database.CurrentTransaction!.GetDbTransaction(),
        context.Tenant!.Value, isOwn: false);

    public Guid Tenant { get; }
    public NpgsqlConnection Connection => connection;

    /// <summary>How long one statement may take. Set-based ones over a million rows need more than the usual half minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    public static async Task<TenantTransaction> BeginAsync(NpgsqlDataSource database, Guid tenant, Cause cause, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(ct);
            await using var settings = new NpgsqlBatch(connection, transaction);
            settings.BatchCommands.Add(TenantSql.For(tenant));
            settings.BatchCommands.Add(Causes.Set(cause));
            await settings.ExecuteNonQueryAsync(ct);
            return new TenantTransaction(connection, transaction, tenant);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public async Task<int> ExecuteAsync(NpgsqlBatchCommand command, CancellationToken ct)
    {
        await using var batch = BatchOf(command);
        return await batch.ExecuteNonQueryAsync(ct);
    }

    public async Task<List<T>> ReadAsync<T>(NpgsqlBatchCommand command, Func<DbDataReader, T> row, CancellationToken ct)
    {
        await using var batch = BatchOf(command);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = new List<T>();
        while (await reader.ReadAsync(ct)) rows.Add(row(reader));
        return rows;
    }

    /// <summary>Row by row, however many there are.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        NpgsqlBatchCommand command, Func<DbDataReader, T> row, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var batch = BatchOf(command);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) yield return row(reader);
    }

    public async Task<T?> ReadOneAsync<T>(NpgsqlBatchCommand command, Func<DbDataReader, T> row, CancellationToken ct)
    {
        var rows = await ReadAsync(command, row, ct);
        return rows.Count == 0 ? default : rows[0];
    }

    public Task CommitAsync(CancellationToken ct) => transaction.CommitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        if (!isOwn) return;
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private NpgsqlBatch BatchOf(NpgsqlBatchCommand command) =>
        new(connection, transaction) { BatchCommands = { command }, Timeout = (int)Patience.TotalSeconds };
}

internal static class Causes
{
    public static NpgsqlBatchCommand Set(Cause cause) => Sql.Command(
        "select set_config('app.cause', $1, true), set_config('app.actor', $2, true), set_config('app.event', $3, true)",
        cause.Name, cause.Actor ?? "", cause.EventId ?? "");
}
