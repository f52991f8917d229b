namespace VppManager.Api.Hosting;

/// <summary><c>migrate</c>: brings the database to this version, then ends.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(TextWriter output, CancellationToken ct)
    {
        var connections = DatabaseConnections.From(CommandConfiguration.Read());
        await using var server = connections.PrivateFolder is { } folder ? await PrivatePostgres.LaunchAsync(folder, ct) : null;
        await DatabaseMigration.ApplyAsync(connections, ct);
        await output.WriteLineAsync("The database is up to date.");
        return 0;
    }
}
