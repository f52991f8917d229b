using Npgsql;

namespace VppManager.Api.Hosting;

/// <summary>Keeps the private PostgreSQL up as long as the service lives: when the server ends, by a crash or with the service that ran it, another is launched.</summary>
internal sealed partial class PrivatePostgresKeeper(IServiceProvider services, ILogger<PrivatePostgresKeeper> logger) : IAsyncDisposable
{
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stopping = new();
    private PrivatePostgres? _server;
    private Task _watch = Task.CompletedTask;

    public async Task StartAsync(PostgresFolder folder, CancellationToken ct)
    {
        _server = await LaunchAsync(folder, ct);
        _watch = WatchAsync(folder, _stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _watch;
        if (_server is not null) await _server.DisposeAsync();
        _server = null;
        _stopping.Dispose();
    }

    private async Task WatchAsync(PostgresFolder folder, CancellationToken ct)
    {
        try
        {
            while (true)
            {
                await _server!.EndedAsync(ct);
                Log.Ended(logger, _server.Postmaster);
                await _server.DisposeAsync();
                _server = await RelaunchAsync(folder, ct);
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
                var server = await LaunchAsync(folder, ct);
                ForgetBrokenConnections();
                return server;
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
        var server = await PrivatePostgres.LaunchAsync(folder, ct);
        if (server.Attached) Log.Attached(logger, server.Postmaster, folder.Home);
        else Log.Started(logger, server.Postmaster, folder.Home);
        return server;
    }

    // What lies in the pools leads to the server that is gone.
    private void ForgetBrokenConnections()
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
