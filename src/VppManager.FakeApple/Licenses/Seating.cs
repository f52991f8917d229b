using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Licenses;

/// <summary>Gives the licences of one asset to a batch of targets. Called with the location's gate held.</summary>
internal static class Seating
{
    public static BatchResult Seat(FakeLocation location, FakeAsset? asset, AssetWork batch, ExhaustionPolicy policy)
    {
        if (asset is null) return BatchResult.AllFailed(batch, 9709);

        var failed = new List<BatchFailure>();
        var known = Split(batch.Targets, target => target.IsDevice || location.Users.Active(target.Id) is not null, out var unknown);
        if (unknown.Count > 0) failed.Add(new BatchFailure(9609, unknown));

        var needy = Split(known, target => !asset.Book.Contains(target), out var holders);
        var seated = needy.Take(needy.Count <= asset.Available ? needy.Count : Part(asset, policy)).ToList();
        if (seated.Count < needy.Count) failed.Add(new BatchFailure(9709, needy[seated.Count..]));

        location.Ledger.Assign(asset, seated);

        return new BatchResult(batch.Key, [.. holders, .. seated], failed);
    }

    private static int Part(FakeAsset asset, ExhaustionPolicy policy) =>
        policy == ExhaustionPolicy.PerTarget ? Math.Max(0, asset.Available) : 0;

    private static List<Target> Split(IEnumerable<Target> targets, Func<Target, bool> which, out List<Target> others)
    {
        var parts = targets.ToLookup(which);
        others = [.. parts[false]];

        return [.. parts[true]];
    }
}
