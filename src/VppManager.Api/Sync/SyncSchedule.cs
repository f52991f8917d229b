using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;

namespace VppManager.Api.Sync;

/// <summary>Which syncs are to run when, kept in PostgreSQL by Quartz for all instances.</summary>
internal sealed class SyncSchedule(ISchedulerFactory schedulers, NpgsqlDataSource source, IOptions<SyncOptions> options)
{
    private static readonly TriggerKey RoundTrigger = new("round", "sync-round");

    /// <summary>Puts the settings into effect. A schedule that is there already keeps its next time.</summary>
    public async Task EnsureRoundsAsync(CancellationToken ct)
    {
        var (cron, zone) = (options.Value.Schedule, options.Value.Zone);
        var scheduler = await schedulers.GetScheduler(ct);
        if (await scheduler.GetTrigger(RoundTrigger, ct) is ICronTrigger now && now.CronExpressionString == cron && now.TimeZone.Id == zone.Id) return;

        var trigger = TriggerBuilder.Create().WithIdentity(RoundTrigger).ForJob(SyncRound.Key)
            .WithCronSchedule(cron, how => how.InTimeZone(zone).WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        var job = JobBuilder.Create<SyncRound>().WithIdentity(SyncRound.Key).RequestRecovery().StoreDurably().Build();
        await scheduler.ScheduleJob(job, trigger, ScheduleJobOptions.Replacing, ct);
    }

    /// <summary>A token's moment of this round: always the same while after the round's, and spread over all tokens.</summary>
    public Task AddScheduledAsync(Guid tenant, Guid token, DateTimeOffset round, CancellationToken ct) =>
        AddAsync(tenant, token, asked: false, full: false, round + options.Value.SpreadOver * ShareOf(token), ct);

    /// <param name="full">Everything is to be read, however much is known.</param>
    public Task AddNowAsync(Guid tenant, Guid token, bool full, CancellationToken ct) => AddAsync(tenant, token, asked: true, full, startAt: null, ct);

    /// <summary>Whether a process works on a sync of the token, or is about to because somebody asked. One that died does not.</summary>
    public async Task<bool> IsUnderWayAsync(Guid tenant, Guid token, CancellationToken ct)
    {
        var scheduler = await schedulers.GetScheduler(ct);
        return await SyncLock.IsTakenAsync(source, token, ct) || await scheduler.Exists(SyncJob.Trigger(tenant, token, asked: true), ct);
    }

    private async Task AddAsync(Guid tenant, Guid token, bool asked, bool full, DateTimeOffset? startAt, CancellationToken ct)
    {
        var job = SyncJob.For(tenant, token);
        var trigger = TriggerBuilder.Create().WithIdentity(SyncJob.Trigger(tenant, token, asked)).UsingJobData(SyncJob.Full, full.ToString()).ForJob(job);
        trigger = startAt is null ? trigger.StartNow() : trigger.StartAt(startAt.Value);

        var scheduler = await schedulers.GetScheduler(ct);
        await scheduler.ScheduleJob(job, trigger.Build(), ScheduleJobOptions.Replacing, ct);
    }

    // The end of a version 7 UUID is random.
    private static double ShareOf(Guid token) => BitConverter.ToUInt32(token.ToByteArray(), 12) / (double)uint.MaxValue;
}

/// <summary>Puts the schedule in place when the service starts.</summary>
internal sealed class SyncScheduleStart(SyncSchedule schedule) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => schedule.EnsureRoundsAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
