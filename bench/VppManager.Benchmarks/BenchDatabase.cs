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
            new NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Options = $"-c role={DatabaseRoles.Application}", CommandTimeout = 600 });
    }

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
        if (Environment.GetEnvironmentVariable("EXPLAIN") is not null) { await using var o = new NpgsqlConnection(postgres.ConnectionString); await o.OpenAsync(ct); foreach (var q in new[]{"load 'auto_explain'","alter system set session_preload_libraries='auto_explain'","alter system set auto_explain.log_min_duration=50","alter system set auto_explain.log_analyze=on","alter system set auto_explain.log_nested_statements=on","alter system set auto_explain.log_triggers=on","select pg_reload_conf()"}) { await using var d = new NpgsqlCommand(q, o); await d.ExecuteNonQueryAsync(ct);} NpgsqlConnection.ClearAllPools(); }
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
        await postgres.DisposeAsync();
        if (Environment.GetEnvironmentVariable("EXPLAIN") is not null) File.Copy(Path.Combine(folder, "postgres", "postgres.log"), "/tmp/explain.log", true);
        Directory.Delete(folder, recursive: true);
    }
}
