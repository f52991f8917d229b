using VppManager.Apple;
using VppManager.Apple.Apps;

namespace VppManager.Api.Apps;

/// <summary>What a store said.</summary>
/// <param name="Asked">The numbers it answered about, or will never answer about; those not found among them it does not have.</param>
internal sealed record StoreAnswer(IReadOnlyList<AppMetadata> Found, IReadOnlyList<string> Asked);

/// <summary>
/// Asks stores for one refresh: the newer catalogue where this service has a key for it, else or after its failure the old look-up. An item over
/// which a store stumbles is asked for alone in the end, and does not take the others with it.
/// </summary>
internal sealed partial class StoreReading(AppleClient apple, MetadataStore store, ILogger logger)
{
    private const int Batch = 50;
    private const int MostFailures = 8;

    private bool hasCatalog = apple.HasCatalog;
    private int failures;

    /// <exception cref="AppleException">No store can be asked now.</exception>
    public async Task<StoreAnswer> ReadAsync(IReadOnlyList<WantedItem> items, string country, CancellationToken ct)
    {
        try
        {
            var found = await AskAsync(items, country, ct);
            failures = 0;
            return new StoreAnswer([.. found], [.. items.Select(item => item.AdamId)]);
        }
        catch (AppleException refusal) when (refusal.Meaning is not (AppleErrorMeaning.OutOfReach or AppleErrorMeaning.TryAgain or AppleErrorMeaning.TooManyRequests))
        {
            if (++failures > MostFailures) throw;
            if (items.Count > 1) return await InHalvesAsync(items, country, ct);

            Log.ItemRefused(logger, items[0].AdamId, country, refusal.Message);
            return new StoreAnswer([], [items[0].AdamId]);
        }
    }

    public static IEnumerable<WantedItem[]> Batches(IEnumerable<WantedItem> items) => items.Chunk(Batch);

    private async Task<StoreAnswer> InHalvesAsync(IReadOnlyList<WantedItem> items, string country, CancellationToken ct)
    {
        var half = items.Count / 2;
        var first = await ReadAsync([.. items.Take(half)], country, ct);
        var second = await ReadAsync([.. items.Skip(half)], country, ct);
        return new StoreAnswer([.. first.Found, .. second.Found], [.. first.Asked, .. second.Asked]);
    }

    private async Task<IEnumerable<AppMetadata>> AskAsync(IReadOnlyList<WantedItem> items, string country, CancellationToken ct)
    {
        if (hasCatalog && await AskCatalogAsync(items, country, ct) is { } found) return found;

        return (await apple.LookUpAsync(store.Content, [.. items.Select(item => item.AdamId)], country, store.Platform, ct)).Values;
    }

    private async Task<IEnumerable<AppMetadata>?> AskCatalogAsync(IReadOnlyList<WantedItem> items, string country, CancellationToken ct)
    {
        var found = new List<AppMetadata>();
        try
        {
            foreach (var kind in items.GroupBy(item => item.IsBook))
                found.AddRange((await apple.LookUpInCatalogAsync(store.Content, [.. kind.Select(item => item.AdamId)], kind.Key, country, store.Platform, ct)).Values);
            return found;
        }
        catch (AppleException refusal)
        {
            hasCatalog = false;
            Log.NoCatalog(logger, store.Token, store.Tenant, refusal.Message);
            return null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The store of {Country} cannot describe {AdamId}: {Reason}")]
        public static partial void ItemRefused(ILogger logger, string adamId, string country, string reason);

        [LoggerMessage(2, LogLevel.Warning, "The catalogue did not answer for token {TokenId} of tenant {Tenant}; the old look-up is asked: {Reason}")]
        public static partial void NoCatalog(ILogger logger, Guid tokenId, Guid tenant, string reason);
    }
}
