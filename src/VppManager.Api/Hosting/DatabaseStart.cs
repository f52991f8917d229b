using Microsoft.Extensions.Options;

namespace VppManager.Api.Hosting;

/// <summary>Before anything else of the service starts: a database that answers, and in Development one that is migrated.</summary>
internal sealed class DatabaseStart(
    DatabaseConnections connections,
    PrivatePostgresKeeper keeper,
    IOptions<DatabaseOptions> options,
    IHostEnvironment environment) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (connections.PrivateFolder is { } folder) await keeper.StartAsync(folder, cancellationToken);
        if (options.Value.MigrateAtStart ?? environment.IsDevelopment()) await DatabaseMigration.ApplyAsync(connections, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Last of all: what stops before it may still write.
    public Task StoppedAsync(CancellationToken cancellationToken) => keeper.StopAsync();
}
