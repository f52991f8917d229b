using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Core.Assignments;

namespace VppManager.Api.Apps;

/// <summary>An asset of which to ask a store.</summary>
internal sealed record WantedItem(string AdamId, bool IsBook);

/// <summary>
/// What to ask which store. Everything is remembered on the apps, so that a sync asks for new apps at once, for known ones once a day where they
/// were found, and looks around the world only rarely.
/// </summary>
/// <param name="Anywhere">Never found: to be looked for in all countries.</param>
/// <param name="AtHome">Known, from another store or of another country of the token: to be looked for in the token's (T14).</param>
/// <param name="Again">Known and old, by the country that answered.</param>
internal sealed record MetadataPlan(
    IReadOnlyList<WantedItem> Anywhere, IReadOnlyList<WantedItem> AtHome, IReadOnlyDictionary<string, List<WantedItem>> Again)
{
    public static async Task<MetadataPlan> ReadAsync(VppContext context, MetadataStore store, MetadataOptions options, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await context.Apps.AsNoTracking().Where(app => app.TokenId == store.Token)
            .Join(context.Pools.Where(pool => pool.Total > 0), app => app.PoolId, pool => pool.Id, (app, pool) => new Known(
                pool.AdamId, app.Kind == AppKind.Book, app.MetadataCountry, app.MetadataSought, app.MetadataSoughtAt, app.MetadataAt))
            .ToListAsync(ct);
        return Of([.. rows.GroupBy(row => row.AdamId).Select(Oldest).OrderBy(row => row.AdamId, StringComparer.Ordinal)], store.Country, options, now);
    }

    private static MetadataPlan Of(List<Known> known, string country, MetadataOptions options, DateTimeOffset now)
    {
        bool IsToSeek(Known one) => one.Sought != country || (one.Country != country && one.SoughtAt <= now - options.SearchAgainAfter);

        var seek = known.Where(IsToSeek).ToList();
        var old = known.Where(one => !IsToSeek(one) && one.Country is not null && one.At <= now - options.RefreshAfter);
        return new MetadataPlan(
            [.. seek.Where(one => one.Country is null).Select(Item)],
            [.. seek.Where(one => one.Country is not null).Select(Item)],
            old.GroupBy(one => one.Country!).ToDictionary(group => group.Key, group => group.Select(Item).ToList()));
    }

    private static WantedItem Item(Known one) => new(one.AdamId, one.IsBook);

    // One asset may be two apps, and one of them new.
    private static Known Oldest(IGrouping<string, Known> apps) => apps.OrderBy(app => app.At ?? DateTimeOffset.MinValue).ThenBy(app => app.Sought is null ? 0 : 1).First();

    private sealed record Known(string AdamId, bool IsBook, string? Country, string? Sought, DateTimeOffset? SoughtAt, DateTimeOffset? At);
}
