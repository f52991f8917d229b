using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Hosting;

namespace VppManager.Benchmarks;

/// <summary>A private PostgreSQL with the schema of the product, gone when disposed.</summary>
internal sealed class BenchDatabase : IAsyncDisposable
{
    private readonly PrivatePostgres postgres;
    private readonly string folder;

    private BenchDatabase(PrivatePostgres postgres, string folder)
    {
        this.postgres = postgres;
        this.folder = folder;
        Owner = NpgsqlDataSource.Create(postgres.ConnectionString);
        Application = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Options = $"-c role={DatabaseRoles.Application} -c jit=off", CommandTimeout = 600 });
    }

    /// <summary>Of the owner, for a service of its own.</summary>
    public string ConnectionString => postgres.ConnectionString;

    /// <summary>Where processes on this database may keep their files.</summary>
    public string Folder => folder;

    /// <summary>Sees every tenant; makes the data.</summary>
    public NpgsqlDataSource Owner { get; }

    /// <summary>What the service works as: bound by row-level security.</summary>
    public NpgsqlDataSource Application { get; }

    public static async Task<BenchDatabase> StartAsync(CancellationToken ct)
    {
        var folder = Path.Combine(Path.GetTempPath(), $"vppmanager-bench-{Environment.ProcessId}");
        var postgres = await PrivatePostgres.LaunchAsync(PostgresFolder.Under(folder), ct);
        await DatabaseRoles.EnsureAsync(postgres.ConnectionString, ct);
        await DatabaseSetup.ApplyAsync(postgres.ConnectionString, ct);
        return new BenchDatabase(postgres, folder);
    }

    public async Task ExecuteAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Owner.CreateCommand(sql);
        command.CommandTimeout = 600;
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync(ct);
    }

    public async Task<long> CountAsync(string sql, CancellationToken ct, params object[] values)
    {
        await using var command = Owner.CreateCommand(sql);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Owner.DisposeAsync();
        await Application.DisposeAsync();
        NpgsqlConnection.ClearAllPools();
        await postgres.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
