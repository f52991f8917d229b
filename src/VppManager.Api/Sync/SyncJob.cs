using Quartz;

namespace VppManager.Api.Sync;

/// <summary>The sync of one token as a job: never twice at a time, and done again elsewhere when its process dies. It is gone when nothing triggers it.</summary>
[DisallowConcurrentExecution]
internal sealed class SyncJob(TokenSync sync) : IJob
{
    private const string Group = "sync";
    private const string Tenant = "tenant";
    private const string Token = "token";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        await sync.RunAsync(Guid.Parse(data.GetString(Tenant)!), Guid.Parse(data.GetString(Token)!), cancellationToken);
    }

    public static IJobDetail For(Guid tenant, Guid token) => JobBuilder.Create<SyncJob>()
        .WithIdentity($"{tenant}:{token}", Group)
        .UsingJobData(Tenant, tenant.ToString())
        .UsingJobData(Token, token.ToString())
        .RequestRecovery()
        .Build();

    /// <summary>One trigger that an administrator asked for, and one of the schedule.</summary>
    public static TriggerKey Trigger(Guid tenant, Guid token, bool asked) => new($"{tenant}:{token}", asked ? "asked" : "scheduled");
}
