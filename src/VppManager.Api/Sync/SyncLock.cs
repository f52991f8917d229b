using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Sync;

/// <summary>
/// One sync of a token at a time, over all instances (S3). The lock lives as long as its connection: when a process dies, PostgreSQL lets it go.
/// </summary>
internal sealed class SyncLock : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly Guid token;

    private SyncLock(NpgsqlConnection connection, Guid token) => (this.connection, this.token) = (connection, token);

    /// <summary>Null when a sync of the token is running.</summary>
    public static async Task<SyncLock?> TryTakeAsync(NpgsqlDataSource database, Guid token, CancellationToken ct)
    {
        var connection = await database.OpenConnectionAsync(ct);
        try
        {
            if (await AskAsync(connection, "select pg_try_advisory_lock($1, $2)", token, ct)) return new SyncLock(connection, token);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
        await connection.DisposeAsync();
        return null;
    }

    public static async Task<bool> IsTakenAsync(NpgsqlDataSource database, Guid token, CancellationToken ct)
    {
        const string Taken = """
            select exists (select from pg_locks where locktype = 'advisory' and objsubid = 2 and granted
                and database = (select oid from pg_database where datname = current_database())
                and classid = ($1::bigint & 4294967295)::oid and objid = ($2::bigint & 4294967295)::oid)
            """;
        await using var connection = await database.OpenConnectionAsync(ct);
        return await AskAsync(connection, Taken, token, ct);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (connection.FullState == System.Data.ConnectionState.Open)
                await AskAsync(connection, "select pg_advisory_unlock($1, $2)", token, CancellationToken.None);
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    // The last half of a version 7 UUID is random.
    private static async Task<bool> AskAsync(NpgsqlConnection connection, string question, Guid token, CancellationToken ct)
    {
        var bytes = token.ToByteArray();
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Sql.Command(question, BitConverter.ToInt32(bytes, 8), BitConverter.ToInt32(bytes, 12)) },
        };
        return (bool)(await batch.ExecuteScalarAsync(ct))!;
    }
}
