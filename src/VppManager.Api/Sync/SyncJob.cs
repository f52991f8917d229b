using Quartz;
using VppManager.Api.Data;

namespace VppManager.Api.Sync;

/// <summary>The sync of one token as a job: never twice at a time, and done again elsewhere when its process dies. It is gone when nothing triggers it.</summary>
[DisallowConcurrentExecution]
internal sealed class SyncJob(TokenSync sync) : IJob
{
    /// <summary>In a trigger's data: everything is to be read, however much is known.</summary>
    public const string Full = "full";

    private const string Group = "sync";
    private const string Tenant = "tenant";
    private const string Token = "token";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        var full = data.TryGetString(Full, out var word) && bool.Parse(word!);
        await sync.RunAsync(Guid.Parse(data.GetString(Tenant)!), Guid.Parse(data.GetString(Token)!), full, cancellationToken);
    }

    public static IJobDetail For(Guid tenant, Guid token) => JobBuilder.Create<SyncJob>()
        .WithIdentity($"{tenant}:{token}", Group)
        .UsingJobData(Tenant, tenant.ToString())
        .UsingJobData(Token, token.ToString())
        .RequestRecovery()
        .Build();

    /// <summary>One trigger that somebody asked for, and one of the schedule.</summary>
    public static TriggerKey Trigger(Guid tenant, Guid token, bool asked) => new($"{tenant}:{token}", asked ? "asked" : "scheduled");
}
