using Npgsql;

namespace VppManager.Api.Hosting;

/// <summary>The files of a private server, and the one database in it.</summary>
internal static class PostgresCluster
{
    // Compares by code point, yet knows capital and small letters of every script.
    private static string CharacterTypes => OperatingSystem.IsMacOS() ? "UTF-8" : "C.UTF-8";

    public static string MaintenanceConnection(PostgresFolder folder) =>
        new NpgsqlConnectionStringBuilder(folder.ConnectionString) { Database = "postgres", Pooling = false, Timeout = 5 }.ConnectionString;

    /// <summary>Made aside under a name of its own and moved: a launcher killed half-way leaves nothing that looks finished, and disturbs nobody.</summary>
    public static async Task InitializeAsync(string binaries, PostgresFolder folder, UnprivilegedUser? user, CancellationToken ct)
    {
        foreach (var halfDone in System.IO.Directory.GetDirectories(folder.Home, "data*")) System.IO.Directory.Delete(halfDone, recursive: true);

        var aside = Path.Combine(folder.Home, $"data.{Guid.NewGuid():N}");
        // Not synced: there is nothing of anybody's in it yet, and the system writes it out long before there is.
        string[] arguments = ["-D", aside, "-U", PostgresFolder.OwnerRole, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C", $"--lc-ctype={CharacterTypes}"];
        using var initdb = await PostgresProcess.StartAsync(Path.Combine(binaries, "initdb"), arguments, folder, user);
        await initdb.WaitForExitAsync(ct);
        if (initdb.ExitCode != 0) throw PostgresLog.Refusal("PostgreSQL's initdb failed", folder);

        System.IO.Directory.Move(aside, folder.Data);
    }

    public static async Task EnsureDatabaseAsync(PostgresFolder folder, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(MaintenanceConnection(folder));
        await connection.OpenAsync(ct);
        await using var exists = new NpgsqlCommand($"select exists (select from pg_database where datname = '{PostgresFolder.Database}')", connection);
        if (await exists.ExecuteScalarAsync(ct) is true) return;

        await using var create = new NpgsqlCommand($"create database {PostgresFolder.Database}", connection);
        await create.ExecuteNonQueryAsync(ct);
    }
}
