using Microsoft.Extensions.Options;
using Npgsql;
using Quartz;
using VppManager.Api.Data;
using VppManager.Api.Hosting;

namespace VppManager.Api.Access;

/// <summary>
/// Deletes audit events that are older than they are kept, once a day on one instance. The service's own role may not delete any, so the owner
/// of the tables is asked.
/// </summary>
[DisallowConcurrentExecution]
internal sealed partial class ForgetAuditEvents(
    DatabaseConnections connections, IOptions<AuditOptions> options, TimeProvider time, ILogger<ForgetAuditEvents> logger) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var forgotten = await RunAsync(cancellationToken);
        if (forgotten > 0) Log.Forgotten(logger, forgotten);
    }

    public async Task<long> RunAsync(CancellationToken ct)
    {
        await using var owner = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connections.Owner) { Pooling = false }.ConnectionString);
        await owner.OpenAsync(ct);
        await using var batch = new NpgsqlBatch(owner)
        {
            BatchCommands = { Sql.Command("select forget_audit_events($1)", time.GetUtcNow() - options.Value.KeepFor) },
        };
        return (long)(await batch.ExecuteScalarAsync(ct))!;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Count} audit events were older than they are kept and have been deleted")]
        public static partial void Forgotten(ILogger logger, long count);
    }
}
