using Quartz;

namespace VppManager.Api.Access;

/// <summary>Has old audit events forgotten once a day.</summary>
internal sealed class AuditSchedule(ISchedulerFactory schedulers) : IHostedService
{
    private const string Daily = "0 30 3 ? * *";
    private static readonly TriggerKey Trigger = new("daily", "audit");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        if (await scheduler.Exists(Trigger, cancellationToken)) return;

        var job = JobBuilder.Create<ForgetAuditEvents>().WithIdentity("forget", "audit").StoreDurably().Build();
        var trigger = TriggerBuilder.Create().WithIdentity(Trigger).ForJob(job)
            .WithCronSchedule(Daily, how => how.WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed)).Build();
        await scheduler.ScheduleJob(job, trigger, ScheduleJobOptions.Replacing, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
