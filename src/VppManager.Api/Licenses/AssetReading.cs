using VppManager.Api.Apps;
using VppManager.Api.Sync;
using VppManager.Apple;
using VppManager.Apple.Apps;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Licenses;

/// <summary>What Apple says of one asset.</summary>
/// <param name="Attempt">Which attempt of the staged rows counts.</param>
/// <param name="Asset">Its counts; null when the location does not own it any more.</param>
/// <param name="Torn">It changed while it was read: who is absent need not be.</param>
internal sealed record AssetAtApple(Guid Pool, int Attempt, bool Torn, Asset? Asset, IReadOnlySet<string> Holders);

/// <summary>Reads one asset whole: its counts, and who holds it, staged under the id of the request.</summary>
internal sealed class AssetReading(AppleClient apple, PageWalk walk, Staging staging, TimeProvider time)
{
    public async Task<AssetAtApple> ReadAsync(ContentToken token, Pool pool, Guid run, CancellationToken ct)
    {
        var holders = new HashSet<string>(StringComparer.Ordinal);
        var staged = new StagedList(0, null, 0, 0, false, time.GetUtcNow());
        await foreach (var page in walk.ReadAssignmentsAsync(token, new AssignmentsQuery { AdamId = pool.AdamId }, new WalkOptions(), ct))
        {
            if (page.IsFirst) holders.Clear();
            staged = staged.With(page);
            var rows = page.Rows.Where(row => row.AdamId == pool.AdamId && row.PricingParam == pool.PricingParam).ToList();
            foreach (var row in rows) holders.Add(row.SerialNumber ?? row.ClientUserId ?? "");
            await staging.AddAsync(run, $"{StagedList.Assignments} of {pool.Id}", staged, rows, ct);
        }

        var assets = await apple.GetAssetsAsync(token, new AssetsQuery { AdamId = pool.AdamId }, 0, ct);
        var asset = assets.Assets.FirstOrDefault(one => one.AdamId == pool.AdamId && one.PricingParam == pool.PricingParam);
        return new AssetAtApple(pool.Id, staged.Attempt, staged.Torn, asset, holders);
    }
}
