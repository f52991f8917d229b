using Npgsql;

namespace VppManager.Api.Tests.Licenses.Kills;

/// <summary>A session whose locks hold the service up, until it is disposed.</summary>
internal sealed class Holding(NpgsqlConnection connection) : IAsyncDisposable
{
    public static async Task<Holding> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return new Holding(connection);
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
