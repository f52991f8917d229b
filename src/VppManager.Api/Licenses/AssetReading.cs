using Npgsql;
using NpgsqlTypes;
using VppManager.Api.Apps;
using VppManager.Apple;
using VppManager.Apple.Apps;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses;

/// <summary>What Apple says of one asset.</summary>
/// <param name="Attempt">Which attempt of the staged rows counts.</param>
/// <param name="Asset">Its counts; null when the location does not own it any more.</param>
internal sealed record AssetAtApple(Guid Pool, int Attempt, Asset? Asset, IReadOnlySet<string> Holders);

/// <summary>Reads one asset whole: its counts, and who holds it, staged under the id of the request.</summary>
internal sealed class AssetReading(NpgsqlDataSource database, AppleClient apple, PageWalk walk)
{
    public async Task<AssetAtApple> ReadAsync(ContentToken token, Pool pool, Guid run, CancellationToken ct)
    {
        var holders = new HashSet<string>(StringComparer.Ordinal);
        var attempt = 0;
        await using var connection = await database.OpenConnectionAsync(ct);
        await foreach (var page in walk.ReadAssignmentsAsync(token, new AssignmentsQuery { AdamId = pool.AdamId }, new WalkOptions(), ct))
        {
            if (page.IsFirst) holders.Clear();
            attempt = page.Attempt;
            var rows = page.Rows.Where(row => row.AdamId == pool.AdamId && row.PricingParam == pool.PricingParam).ToList();
            foreach (var row in rows) holders.Add(row.SerialNumber ?? row.ClientUserId ?? "");
            await StageAsync(connection, run, page.Attempt, rows, ct);
        }

        var assets = await apple.GetAssetsAsync(token, new AssetsQuery { AdamId = pool.AdamId }, 0, ct);
        var asset = assets.Assets.FirstOrDefault(one => one.AdamId == pool.AdamId && one.PricingParam == pool.PricingParam);
        return new AssetAtApple(pool.Id, attempt, asset, holders);
    }

    private static async Task StageAsync(NpgsqlConnection connection, Guid run, int attempt, List<Assignment> rows, CancellationToken ct)
    {
        await using var import = await connection.BeginBinaryImportAsync(
            "copy staged_assignments (run_id, attempt, adam_id, pricing_param, holder_kind, holder) from stdin (format binary)", ct);
        foreach (var row in rows)
        {
            await import.StartRowAsync(ct);
            await import.WriteAsync(run, NpgsqlDbType.Uuid, ct);
            await import.WriteAsync(attempt, NpgsqlDbType.Integer, ct);
            await import.WriteAsync(row.AdamId, NpgsqlDbType.Text, ct);
            await import.WriteAsync(row.PricingParam, NpgsqlDbType.Text, ct);
            await import.WriteAsync(row.SerialNumber is null ? "user" : "device", NpgsqlDbType.Text, ct);
            await import.WriteAsync(row.SerialNumber ?? row.ClientUserId ?? "", NpgsqlDbType.Text, ct);
        }

        await import.CompleteAsync(ct);
    }
}
