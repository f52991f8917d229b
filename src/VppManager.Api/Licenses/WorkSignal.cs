using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Hosting;

namespace VppManager.Api.Licenses;

/// <summary>Hears PostgreSQL say that there is work, whichever instance made it.</summary>
internal sealed partial class WorkSignal(DatabaseConnections connections, IOptions<LicensingOptions> options, TimeProvider time, ILogger<WorkSignal> logger)
    : BackgroundService
{
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next wake-up. Take it before looking for work, so that none is missed in between.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or System.Net.Sockets.SocketException or IOException)
            {
                // Workers look by themselves meanwhile.
                Log.Deaf(logger, fault);
                await Task.Delay(options.Value.LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        var settings = new NpgsqlConnectionStringBuilder(connections.Application) { Pooling = false, KeepAlive = 30 };
        await using var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(ct);
        connection.Notification += (_, _) => Wake();
        await using (var listen = new NpgsqlCommand($"listen {Marks.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        Wake();
        while (true) await connection.WaitAsync(ct);
    }

    private void Wake() => Interlocked.Exchange(ref next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The connection that hears wake-ups was lost; trying again")]
        public static partial void Deaf(ILogger logger, Exception fault);
    }
}
