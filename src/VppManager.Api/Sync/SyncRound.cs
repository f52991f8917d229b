using Microsoft.EntityFrameworkCore;
using Npgsql;
using Quartz;
using VppManager.Api.Data;
using VppManager.Core.Tokens;

namespace VppManager.Api.Sync;

/// <summary>The schedule has come: every token that may sync gets its moment (S1), and what earlier syncs have left behind is cleared away.</summary>
[DisallowConcurrentExecution]
internal sealed partial class SyncRound(
    DbContextOptions<VppContext> database, NpgsqlDataSource source, SyncSchedule schedule, TimeProvider time, ILogger<SyncRound> logger) : IJob
{
    public static readonly JobKey Key = new("round", "sync-round");

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await SweepAsync(cancellationToken);
        var tokens = 0;
        foreach (var tenant in await Tokens.Tenants.ActiveAsync(source, cancellationToken))
        {
            foreach (var token in await TokensAsync(tenant, cancellationToken))
            {
                await schedule.AddScheduledAsync(tenant, token, time.GetUtcNow(), cancellationToken);
                tokens++;
            }
        }
        Log.Scheduled(logger, tokens);
    }

    private async Task SweepAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { RequestPace.Sweep() } };
        foreach (var command in Staging.Sweep(time.GetUtcNow().AddDays(-1))) batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(ct);
    }

    private async Task<List<Guid>> TokensAsync(Guid tenant, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var context = new VppContext(database) { Tenant = tenant };
        return await context.Tokens
            .Where(token => token.ExpiresAt > now)
            .Where(token => token.State == TokenState.Valid || token.State == TokenState.Unknown)
            .Select(token => token.Id)
            .ToListAsync(ct);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The schedule has come: {Tokens} tokens are to be synchronised.")]
        public static partial void Scheduled(ILogger logger, int tokens);
    }
}
