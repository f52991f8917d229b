using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Api.Licenses.Notifications;
using VppManager.Api.Tokens;

namespace VppManager.Api.Licenses;

/// <summary>
/// Runs the lanes of licensing: settling, planning, the requests to Apple, and what Apple tells unasked. Each lane works until nothing is left, then sleeps until it is woken
/// by PostgreSQL, by the time of the next item, or by itself after a while.
/// </summary>
internal sealed partial class LicensingWorker(
    IServiceScopeFactory scopes, WorkQueue queue, WorkSignal signal, RequestLane requests, IOptions<LicensingOptions> options, TimeProvider time, ILogger<LicensingWorker> logger)
    : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.WhenAll(Lanes(stoppingToken));
        await requests.EndAsync();
    }

    private IEnumerable<Task> Lanes(CancellationToken stoppingToken) =>
    [
        LaneAsync(Marks.Lane, services => services.GetRequiredService<Settling>().RunAsync(stoppingToken), stoppingToken),
        LaneAsync(WorkQueue.Plan, services => services.GetRequiredService<RequestPlanning>().RunAsync(stoppingToken), stoppingToken),
        LaneAsync(WorkQueue.Notification, services => services.GetRequiredService<NotificationWork>().RunAsync(stoppingToken), stoppingToken),
        LaneAsync(WorkQueue.Look, services => services.GetRequiredService<LocationLook>().RunAsync(stoppingToken), stoppingToken),
        LaneAsync(WorkQueue.Deletion, services => services.GetRequiredService<TokenDeletion>().RunAsync(stoppingToken), stoppingToken),
        LaneAsync(WorkQueue.Request, _ => requests.RunAsync(stoppingToken), stoppingToken),
    ];

    private async Task LaneAsync(string lane, Func<IServiceProvider, Task<bool>> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var woken = signal.Next(lane);
                if (await RunAsync(work)) continue;
                await queue.SleepAsync(lane, woken, options.Value.LookEvery, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // The lane must outlive any fault: what it was doing is leased or uncommitted, and is done again.
                Log.LaneFault(logger, lane, fault);
                await Task.Delay(options.Value.LookEvery, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> RunAsync(Func<IServiceProvider, Task<bool>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The lane {Lane} met a fault and goes on")]
        public static partial void LaneFault(ILogger logger, string lane, Exception fault);
    }
}
