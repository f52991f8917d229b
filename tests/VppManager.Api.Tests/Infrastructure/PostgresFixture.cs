using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Api.Tests.Infrastructure;

[assembly: AssemblyFixture(typeof(PostgresFixture))]

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>One private PostgreSQL for the whole run, and a template from which every test class gets its own database.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private const string Template = "vpp_template";
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"vppmanager-tests-{Environment.ProcessId}");
    private readonly SemaphoreSlim one = new(1, 1);
    private PrivatePostgres? postgres;
    private int databases;

    /// <summary>Files of the run: keys, sockets, the cluster. Goes when the run ends.</summary>
    public string Folder => folder;

    public async ValueTask InitializeAsync()
    {
        postgres = await PrivatePostgres.LaunchAsync(PostgresFolder.Under(folder), TestContext.Current.CancellationToken);

        // The databases end with the run: what the disk would hold after a power cut matters to nobody.
        foreach (var setting in (string[])["fsync", "full_page_writes", "synchronous_commit"]) await ExecuteAsync($"alter system set {setting} = off");
        await ExecuteAsync("select pg_reload_conf()");
        await ExecuteAsync($"create database {Template}");
        var template = Connection(Template, pooling: false);
        await DatabaseRoles.EnsureAsync(template, TestContext.Current.CancellationToken);
        await DatabaseSetup.ApplyAsync(template, TestContext.Current.CancellationToken);
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>A fresh copy of the template; its owner's connection string.</summary>
    public async Task<string> CreateDatabaseAsync()
    {
        var name = $"vpp_{Interlocked.Increment(ref databases)}";
        await one.WaitAsync();
        try
        {
            await ExecuteAsync($"create database {name} template {Template} strategy wal_log");
        }
        finally
        {
            one.Release();
        }

        return Connection(name, pooling: true);
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (postgres is not null) await postgres.DisposeAsync();
        System.IO.Directory.Delete(folder, recursive: true);
        one.Dispose();
    }

    private string Connection(string database, bool pooling) =>
        new NpgsqlConnectionStringBuilder(postgres!.ConnectionString) { Database = database, Pooling = pooling, MaxPoolSize = 40 }.ConnectionString;

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection("postgres", pooling: false));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
