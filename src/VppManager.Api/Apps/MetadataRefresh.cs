using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Apps;

namespace VppManager.Api.Apps;

/// <summary>
/// Names, icons, versions and the like of a token's apps, from the store of its country or the first other one that has them. What no store
/// knows stays as it was (T14), and so does what an administrator edited; a store out of reach fails nothing.
/// </summary>
internal sealed partial class MetadataRefresh(
    DbContextOptions<VppContext> database, NpgsqlDataSource source, AppleClient apple, IOptions<MetadataOptions> options, TimeProvider time,
    ILogger<MetadataRefresh> logger)
{
    /// <summary>Reads what is new, what is old, and what a change of the token's country made doubtful.</summary>
    public async Task RunAsync(MetadataStore store, CancellationToken ct)
    {
        MetadataPlan plan;
        await using (var context = new VppContext(database) { Tenant = store.Tenant })
            plan = await MetadataPlan.ReadAsync(context, store, options.Value, time.GetUtcNow(), ct);

        try
        {
            var reading = new StoreReading(apple, store, logger);
            await SeekAsync(reading, store, plan.Anywhere, store.Countries(options.Value.Countries), ct);
            await SeekAsync(reading, store, plan.AtHome, [store.Country], ct);
            foreach (var (country, items) in plan.Again) await ReadAgainAsync(reading, store, items, country, ct);
        }
        catch (AppleException refusal)
        {
            Log.NotRead(logger, store.Token, store.Tenant, refusal.Message);
        }
    }

    private async Task SeekAsync(StoreReading reading, MetadataStore store, IReadOnlyList<WantedItem> items, IReadOnlyList<string> countries, CancellationToken ct)
    {
        foreach (var batch in StoreReading.Batches(items))
        {
            var left = batch;
            foreach (var country in countries.TakeWhile(_ => left.Length > 0))
            {
                var answer = await reading.ReadAsync(left, country, ct);
                await WriteAsync(store, answer.Found, country, store.Country, ct);
                left = [.. left.ExceptBy(answer.Found.Select(item => item.AdamId), item => item.AdamId)];
            }

            if (left.Length > 0) await ExecuteAsync(store, MetadataSql.Asked, [left.Select(item => item.AdamId).ToArray(), time.GetUtcNow(), store.Country], ct);
        }
    }

    private async Task ReadAgainAsync(StoreReading reading, MetadataStore store, IEnumerable<WantedItem> items, string country, CancellationToken ct)
    {
        foreach (var batch in StoreReading.Batches(items))
        {
            var answer = await reading.ReadAsync(batch, country, ct);
            await WriteAsync(store, answer.Found, country, null, ct);
            await ExecuteAsync(store, MetadataSql.Asked, [answer.Asked.ToArray(), time.GetUtcNow(), null], ct);
        }
    }

    private Task WriteAsync(MetadataStore store, IReadOnlyList<AppMetadata> found, string country, string? sought, CancellationToken ct) => found.Count == 0
        ? Task.CompletedTask
        : ExecuteAsync(store, MetadataSql.Write, [MetadataRow.ToJson(found), country, time.GetUtcNow(), sought], ct);

    private async Task ExecuteAsync(MetadataStore store, string sql, object?[] values, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(source, store.Tenant, new Cause("sync"), ct);
        await transaction.ExecuteAsync(Sql.Command(sql, [store.Tenant, store.Token, .. values]), ct);
        await transaction.CommitAsync(ct);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The metadata of the apps of token {TokenId} of tenant {Tenant} was not read to the end: {Reason}")]
        public static partial void NotRead(ILogger logger, Guid tokenId, Guid tenant, string reason);
    }
}
