using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Hosting;

namespace VppManager.Api.Licenses;

/// <summary>Hears PostgreSQL say that there is work, whichever instance made it.</summary>
internal sealed partial class WorkSignal(DatabaseConnections connections, IOptions<LicensingOptions> options, TimeProvider time, ILogger<WorkSignal> logger)
    : BackgroundService
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> next = new(StringComparer.Ordinal);

    /// <summary>Completes at the next wake-up of the lane. Take it before looking for work, so that none is missed in between.</summary>
    public Task Next(string lane) => next.GetOrAdd(lane, _ => Bell()).Task;

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
        connection.Notification += (_, notice) => Wake(notice.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Marks.Channel}", connection)) await listen.ExecuteNonQueryAsync(ct);
        foreach (var lane in next.Keys) Wake(lane);
        while (true) await connection.WaitAsync(ct);
    }

    private void Wake(string lane)
    {
        if (next.TryGetValue(lane, out var bell) && next.TryUpdate(lane, Bell(), bell)) bell.TrySetResult();
    }

    private static TaskCompletionSource Bell() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The connection that hears wake-ups was lost; trying again")]
        public static partial void Deaf(ILogger logger, Exception fault);
    }
}
