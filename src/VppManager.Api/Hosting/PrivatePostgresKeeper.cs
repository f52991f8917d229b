using Npgsql;

namespace VppManager.Api.Hosting;

/// <summary>
/// Keeps the private PostgreSQL up as long as the service lives: when the server ends, by a crash or with the service that ran it,
/// another is launched.
/// </summary>
internal sealed partial class PrivatePostgresKeeper(IServiceProvider services, ILogger<PrivatePostgresKeeper> logger) : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stopping = new();
    private PrivatePostgres? server;
    private Task watch = Task.CompletedTask;

    public async Task StartAsync(PostgresFolder folder, CancellationToken ct)
    {
        server = await LaunchAsync(folder, ct);
        watch = WatchAsync(folder, stopping.Token);
    }

    /// <summary>Ends the server after everything that uses it has stopped.</summary>
    public async Task StopAsync()
    {
        // A stop may be asked for twice, the second time when the services are gone.
        if (server is not null && !stopping.IsCancellationRequested) ForgetConnections();
        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested) return;

        await stopping.CancelAsync();
        await watch;
        if (server is not null) await server.DisposeAsync();
        server = null;
        stopping.Dispose();
    }

    private async Task WatchAsync(PostgresFolder folder, CancellationToken ct)
    {
        try
        {
            while (server is { } current)
            {
                await current.EndedAsync(ct);
                Log.Ended(logger, current.Postmaster);
                server = null;
                await current.DisposeAsync();
                server = await RelaunchAsync(folder, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            Log.WatchEnded(logger);
        }
    }

    private async Task<PrivatePostgres> RelaunchAsync(PostgresFolder folder, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                var launched = await LaunchAsync(folder, ct);
                ForgetConnections();
                return launched;
            }
            catch (Exception cause) when (cause is StartRefusedException or NpgsqlException or IOException)
            {
                Log.Refused(logger, cause);
                await Task.Delay(PauseAfterRefusal, ct);
            }
        }
    }

    private async Task<PrivatePostgres> LaunchAsync(PostgresFolder folder, CancellationToken ct)
    {
        var launched = await PrivatePostgres.LaunchAsync(folder, ct);
        if (launched.Attached) Log.Attached(logger, launched.Postmaster, folder.Home);
        else Log.Started(logger, launched.Postmaster, folder.Home);
        return launched;
    }

    // What lies in the pools leads to a server that is gone, or is about to be.
    private void ForgetConnections()
    {
        NpgsqlConnection.ClearAllPools();
        foreach (var source in services.GetServices<NpgsqlDataSource>()) source.Clear();
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Private PostgreSQL {Pid} started in {Folder}")]
        public static partial void Started(ILogger logger, int pid, string folder);

        [LoggerMessage(LogLevel.Information, "Private PostgreSQL {Pid} in {Folder} is run by another process; using it")]
        public static partial void Attached(ILogger logger, int pid, string folder);

        [LoggerMessage(LogLevel.Warning, "Private PostgreSQL {Pid} ended; launching it again")]
        public static partial void Ended(ILogger logger, int pid);

        [LoggerMessage(LogLevel.Error, "Private PostgreSQL could not be launched again; trying again shortly")]
        public static partial void Refused(ILogger logger, Exception cause);

        [LoggerMessage(LogLevel.Debug, "No longer watching the private PostgreSQL")]
        public static partial void WatchEnded(ILogger logger);
    }
}
