using VppManager.Api.Apps;
using VppManager.Api.Sync;
using VppManager.Apple;
using VppManager.Apple.Apps;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses;

/// <summary>What Apple says of one asset.</summary>
/// <param name="Attempt">Which attempt of the staged rows counts.</param>
/// <param name="Torn">It changed while it was read, and fewer were read than Apple counts: who is absent need not be. Who was seen is there.</param>
/// <param name="Asset">Its counts; null when the location does not own it any more.</param>
/// <param name="Holders">Those among the holders in question who were seen.</param>
internal sealed record AssetAtApple(Guid Pool, int Attempt, bool Torn, Asset? Asset, IReadOnlySet<string> Holders);

/// <summary>Reads one asset whole: its counts, and who holds it, staged under the id of the request.</summary>
internal sealed class AssetReading(AppleClient apple, PageWalk walk, Staging staging, TimeProvider time)
{
    /// <param name="asked">The holders in question. All others are staged and not kept in memory, however many they are.</param>
    /// <param name="keep">Told after every page that there is progress.</param>
    public async Task<AssetAtApple> ReadAsync(
        ContentToken token, Pool pool, Guid run, IReadOnlySet<string> asked, Func<CancellationToken, Task> keep, CancellationToken ct)
    {
        var holders = new HashSet<string>(StringComparer.Ordinal);
        var staged = new StagedList(0, null, 0, 0, false, time.GetUtcNow());
        await foreach (var page in walk.ReadAssignmentsAsync(token, new AssignmentsQuery { AdamId = pool.AdamId }, new WalkOptions(), ct))
        {
            if (page.IsFirst) holders.Clear();
            staged = staged.With(page);
            var rows = page.Rows.Where(row => row.AdamId == pool.AdamId && row.PricingParam == pool.PricingParam).ToList();
            holders.UnionWith(rows.Select(row => row.SerialNumber ?? row.ClientUserId ?? "").Where(asked.Contains));
            await staging.AddAsync(run, $"{StagedList.Assignments} of {pool.Id}", staged, rows, ct);
            await keep(ct);
        }

        var assets = await apple.GetAssetsAsync(token, new AssetsQuery { AdamId = pool.AdamId }, 0, ct);
        var asset = assets.Assets.FirstOrDefault(one => one.AdamId == pool.AdamId && one.PricingParam == pool.PricingParam);
        // As at a synchronisation: of a list that changed on the way it takes as many as Apple counts.
        var torn = staged.Torn && asset is not null && await staging.CountAsync(run, staged.Attempt, pool.AdamId, pool.PricingParam, ct) < asset.AssignedCount;
        return new AssetAtApple(pool.Id, staged.Attempt, torn, asset, holders);
    }
}
