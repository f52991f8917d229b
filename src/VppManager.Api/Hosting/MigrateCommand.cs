using VppManager.Api.Data;

namespace VppManager.Api.Hosting;

/// <summary>
/// <c>migrate</c>: brings the database to this version, then ends.
/// <c>migrate --check</c>: only looks whether the model has changes that no migration carries.
/// </summary>
internal static class MigrateCommand
{
    private const int Pending = 1;

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var line = CommandLine.Parse(args, names: [], switches: ["check"]);
        if (line.Fault is { } fault) throw new StartRefusedException($"{fault}\nUsage: migrate [--check]");

        return line.Has("check") ? await CheckAsync(output) : await ApplyAsync(output, ct);
    }

    private static async Task<int> CheckAsync(TextWriter output)
    {
        var pending = DatabaseSetup.HasPendingModelChanges();
        await output.WriteLineAsync(pending ? "The model has changes that no migration carries." : "Every change of the model has its migration.");
        return pending ? Pending : 0;
    }

    private static async Task<int> ApplyAsync(TextWriter output, CancellationToken ct)
    {
        var connections = DatabaseConnections.From(CommandConfiguration.Read());
        await using var server = connections.PrivateFolder is { } folder ? await PrivatePostgres.LaunchAsync(folder, ct) : null;
        await DatabaseMigration.ApplyAsync(connections, ct);
        await output.WriteLineAsync("The database is up to date.");
        return 0;
    }
}
