using Microsoft.Extensions.Options;
using VppManager.Api.Access;
using VppManager.Api.Licenses;

namespace VppManager.Api.Directory.Mdm;

/// <summary>Tells MDM servers which devices have something to do. Asleep where no tenant has one.</summary>
internal sealed partial class DeviceTelling(
    DeviceNews news, MdmCommands commands, NanoMdmClient nano, DeviceWebhookClient webhooks, WorkSignal signal, WorkQueue queue, IOptions<NanoMdmOptions> nanoOptions,
    IOptions<DeviceWebhookOptions> hookOptions, IOptions<LicensingOptions> licensing, TenantStandings standings, TimeProvider time, ILogger<DeviceTelling> logger) : BackgroundService
{
    private const int Most = 100;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(30);

    private DateTimeOffset nextSweep;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Guid[] tenants = [.. hookOptions.Value.Hooks.Select(hook => hook.Tenant).Append(nanoOptions.Value.Tenant ?? Guid.Empty).Where(tenant => tenant != Guid.Empty).Distinct()];
        var isListening = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var woken = signal.Next(DeviceNews.Lane);
                if (!isListening) await news.ListenAsync(tenants, stoppingToken);
                isListening = true;
                if (tenants.Length == 0) return;

                await SweepAsync(stoppingToken);
                if (!await TellAsync(stoppingToken)) await queue.SleepAsync(DeviceNews.Lane, woken, licensing.Value.LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                // It must outlive any fault: what it was doing is leased, and done again.
                Log.Fault(logger, fault);
                await Task.Delay(licensing.Value.LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        if (nanoOptions.Value.Tenant is not { } tenant || time.GetUtcNow() < nextSweep) return;

        nextSweep = time.GetUtcNow() + SweepEvery;
        await news.SweepAsync(tenant, nanoOptions.Value.AskEvery, ct);
    }

    private async Task<bool> TellAsync(CancellationToken ct)
    {
        var claimed = await news.ClaimAsync(licensing.Value.Lease, Most, ct);
        foreach (var ofTenant in claimed.GroupBy(item => item.Tenant))
        {
            // Nobody hears of the devices of a suspended tenant; what there is to tell waits.
            if ((await standings.OfAsync(ofTenant.Key, ct)).IsSuspended) await news.PutOffAsync([.. ofTenant], licensing.Value.TryAgainAfter, ct);
            else await TellAsync([.. ofTenant], ct);
        }

        return claimed.Count > 0;
    }

    private async Task TellAsync(IReadOnlyList<DeviceToTell> items, CancellationToken ct)
    {
        List<DeviceToTell> told = [], failed = [];
        var hook = hookOptions.Value.Hooks.FirstOrDefault(one => one.Tenant == items[0].Tenant);
        var isHooked = hook is null || await TriedAsync(() => webhooks.PostAsync(hook, [.. items.Select(item => item.Device)], ct), items[0].Tenant);
        foreach (var item in items)
        {
            var isTold = isHooked && (nanoOptions.Value.Tenant != item.Tenant || await TriedAsync(() => ThroughNanoMdmAsync(item, ct), item.Tenant));
            (isTold ? told : failed).Add(item);
        }

        if (told.Count > 0) await news.ToldAsync(told, ct);
        if (failed.Count > 0) await news.PutOffAsync(failed, licensing.Value.PatienceAfter(failed.Max(item => item.Attempts)), ct);
    }

    /// <summary>Into the queue first, and one push for all of it.</summary>
    private async Task ThroughNanoMdmAsync(DeviceToTell item, CancellationToken ct)
    {
        if (await commands.NextAsync(item.Tenant, item.Device, nanoOptions.Value.LostAfter, ct) is not { } next) return;

        foreach (var command in next.Commands)
        {
            await nano.EnqueueAsync(next.EnrollmentId, command.Body, ct);
            await commands.SentAsync(item.Tenant, command.Id, ct);
        }

        await nano.PushAsync(next.EnrollmentId, ct);
    }

    private async Task<bool> TriedAsync(Func<Task> tell, Guid tenant)
    {
        try
        {
            await tell();
            return true;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException { InnerException: TimeoutException })
        {
            Log.NotTold(logger, tenant, fault.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "Telling devices met a fault and goes on")]
        public static partial void Fault(ILogger logger, Exception fault);

        [LoggerMessage(LogLevel.Warning, "The MDM server of tenant {Tenant} could not be told, and is tried again: {Why}")]
        public static partial void NotTold(ILogger logger, Guid tenant, string why);
    }
}
