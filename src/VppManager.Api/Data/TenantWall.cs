using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace VppManager.Api.Data;

/// <summary>
/// Tells PostgreSQL the tenant for row-level security. Outside a transaction the setting travels in front of the statement, in the same
/// round trip and the same implicit transaction; inside one it is made when the transaction starts. So nothing outlives the work.
/// </summary>
internal sealed class TenantWall : DbCommandInterceptor, IDbTransactionInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        PutInFront(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        PutInFront(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override DbDataReader ReaderExecuted(DbCommand command, CommandExecutedEventData eventData, DbDataReader result)
    {
        if (command.Transaction is null)
        {
            result.NextResult();
        }

        return result;
    }

    public override async ValueTask<DbDataReader> ReaderExecutedAsync(
        DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
    {
        if (command.Transaction is null)
        {
            await result.NextResultAsync(cancellationToken);
        }

        return result;
    }

    // The setting is a select: it adds nothing to the number of rows affected.
    public override InterceptionResult<int> NonQueryExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        PutInFront(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        PutInFront(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<object> ScalarExecuting(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        if (!PutInFront(command, eventData))
        {
            return result;
        }

        using var reader = command.ExecuteReader();
        reader.NextResult();
        return InterceptionResult<object>.SuppressWithResult(reader.Read() ? reader.GetValue(0) : null!);
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        if (!PutInFront(command, eventData))
        {
            return result;
        }

        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var found = await reader.ReadAsync(cancellationToken);
        return InterceptionResult<object>.SuppressWithResult(found ? reader.GetValue(0) : null!);
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        using var command = TenantSql.For(TenantOf(eventData.Context), result);
        command.ExecuteNonQuery();
        return result;
    }

    // Npgsql sends BEGIN along with this command: no round trip of its own.
    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var command = TenantSql.For(TenantOf(eventData.Context), result);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    public DbTransaction TransactionUsed(DbConnection connection, TransactionEventData eventData, DbTransaction result)
    {
        using var command = TenantSql.For(TenantOf(eventData.Context), result);
        command.ExecuteNonQuery();
        return result;
    }

    public async ValueTask<DbTransaction> TransactionUsedAsync(
        DbConnection connection, TransactionEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        await using var command = TenantSql.For(TenantOf(eventData.Context), result);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    internal static InvalidOperationException NoTenant() => new("No tenant is set on this context.");

    private static Guid TenantOf(DbContext? context) => (context as TenantDbContext)?.Tenant ?? throw NoTenant();

    private static bool PutInFront(DbCommand command, CommandEventData eventData)
    {
        if (command.Transaction is not null)
        {
            return false;
        }

        if (eventData.CommandSource == CommandSource.SaveChanges)
        {
            // The provider counts the statements of a save by position; one more in front would hide a stale row.
            throw new InvalidOperationException("SaveChanges needs a transaction.");
        }

        TenantSql.PutInFront(command, TenantOf(eventData.Context));
        return true;
    }
}
