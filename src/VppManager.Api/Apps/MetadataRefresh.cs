using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Apps;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Apps;

/// <summary>Which store to read, and for which token.</summary>
internal sealed record MetadataStore(Guid Tenant, Guid Token, ContentToken Content, string Country, string Platform);

/// <summary>
/// Names, icons and the like of a token's apps, from the store of its country. What that store does not know stays as it was (T14);
/// a store out of reach fails nothing.
/// </summary>
internal sealed partial class MetadataRefresh(
    DbContextOptions<VppContext> database, NpgsqlDataSource source, AppleClient apple, TimeProvider time, ILogger<MetadataRefresh> logger)
{
    private const int Batch = 50;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private const string Update = """
        update apps a
        set display_name = coalesce(m.name, a.display_name), publisher = coalesce(m.publisher, a.publisher),
            description = coalesce(m.description, a.description), bundle_id = coalesce(m.bundle_id, a.bundle_id),
            app_store_url = coalesce(m.app_store_url, a.app_store_url), icon_url = coalesce(m.icon_url, a.icon_url),
            genres = coalesce(m.genres, a.genres), release_date = coalesce(m.release_date, a.release_date),
            latest_version = coalesce(m.latest_version, a.latest_version),
            ipad = case when a.kind = 'ios' then coalesce(m.ipad, a.ipad) else a.ipad end,
            iphone = case when a.kind = 'ios' then coalesce(m.iphone, a.iphone) else a.iphone end,
            metadata_country = $4, modified_at = $5
        from pools p, jsonb_to_recordset($3::jsonb) as m (adam_id text, name text, publisher text, description text, bundle_id text, app_store_url text,
            icon_url text, genres text[], release_date timestamptz, latest_version text, ipad boolean, iphone boolean)
        where a.tenant_id = $1 and a.token_id = $2 and p.tenant_id = $1 and p.id = a.pool_id and p.adam_id = m.adam_id
          and (a.metadata_country is distinct from $4
            or m.name <> a.display_name or m.publisher is distinct from a.publisher or m.description is distinct from a.description
            or m.bundle_id is distinct from a.bundle_id or m.app_store_url is distinct from a.app_store_url or m.icon_url is distinct from a.icon_url
            or m.genres is distinct from a.genres or m.latest_version is distinct from a.latest_version)
        """;

    /// <param name="all">Everything; else only what was never found, or found in another country's store.</param>
    public async Task RunAsync(MetadataStore store, bool all, CancellationToken ct)
    {
        foreach (var some in (await ToReadAsync(store, all, ct)).Chunk(Batch))
        {
            try
            {
                var found = await apple.LookUpAsync(store.Content, some, store.Country, store.Platform, ct);
                await WriteAsync(store, found.Values, ct);
            }
            catch (AppleException refusal)
            {
                Log.NotRead(logger, store.Token, store.Tenant, refusal.Message);
                return;
            }
        }
    }

    private async Task<List<string>> ToReadAsync(MetadataStore store, bool all, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = store.Tenant };
        return await context.Apps
            .Where(app => app.TokenId == store.Token && (all || app.MetadataCountry == null || app.MetadataCountry != store.Country))
            .Join(context.Pools, app => app.PoolId, pool => pool.Id, (app, pool) => pool)
            .Where(pool => pool.Total > 0)
            .Select(pool => pool.AdamId)
            .Distinct().OrderBy(adamId => adamId)
            .ToListAsync(ct);
    }

    private async Task WriteAsync(MetadataStore store, IEnumerable<AppMetadata> found, CancellationToken ct)
    {
        var rows = found.Select(Row.Of).ToList();
        if (rows.Count == 0) return;

        await using var transaction = await TenantTransaction.BeginAsync(source, store.Tenant, new Cause("sync"), ct);
        await transaction.ExecuteAsync(
            Sql.Command(Update, store.Tenant, store.Token, JsonSerializer.Serialize(rows, Json), store.Country, time.GetUtcNow()), ct);
        await transaction.CommitAsync(ct);
    }

    private sealed record Row(string AdamId, string? Name, string? Publisher, string? Description, string? BundleId, string? AppStoreUrl, string? IconUrl,
        IReadOnlyList<string>? Genres, DateTimeOffset? ReleaseDate, string? LatestVersion, bool? Ipad, bool? Iphone)
    {
        public static Row Of(AppMetadata item) => new(
            item.AdamId, item.Name, item.ArtistName ?? item.Seller, item.Description, item.BundleId, item.Url, item.ArtworkUrl,
            item.GenreNames.Count == 0 ? null : item.GenreNames, item.ReleaseDate, item.LatestVersion,
            RunsOn(item, "ipad"), RunsOn(item, "iphone") ?? RunsOn(item, "ipod"));

        private static bool? RunsOn(AppMetadata item, string family) =>
            item.DeviceFamilies.Count == 0 ? null : item.DeviceFamilies.Contains(family, StringComparer.OrdinalIgnoreCase);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The metadata of the apps of token {TokenId} of tenant {Tenant} was not read to the end: {Reason}")]
        public static partial void NotRead(ILogger logger, Guid tokenId, Guid tenant, string reason);
    }
}
