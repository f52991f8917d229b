using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Licenses;

internal readonly record struct AssignmentPair(FakeAsset Asset, Target Target);

/// <summary>The assignments a query means. Without a filter on holders a page costs what it shows, however many there are.</summary>
internal sealed class AssignmentSet
{
    private readonly IReadOnlyList<FakeAsset> _books = [];
    private readonly List<AssignmentPair>? _pairs;

    private AssignmentSet(IReadOnlyList<FakeAsset> books) => (_books, Count) = (books, books.Sum(asset => asset.Book.Count));

    private AssignmentSet(List<AssignmentPair> pairs) => (_pairs, Count) = (pairs, pairs.Count);

    public int Count { get; }

    /// <summary>Called with the location's gate held.</summary>
    public static AssignmentSet Of(AppleCall call, long? since)
    {
        var (ledger, request) = (call.Location.Ledger, call.Request);
        var (adamId, pricing) = (request.Text("adamId"), request.Text("pricingParam"));
        var assets = ledger.Assets
            .Where(asset => (adamId ?? asset.AdamId) == asset.AdamId && (pricing ?? asset.PricingParam) == asset.PricingParam).ToList();
        var onlyActive = request.Flag("excludeInactiveUsers") == true;
        var (serial, user) = (request.Text("serialNumber"), request.Text("clientUserId"));
        var anyHolder = !onlyActive && serial is null && user is null;
        if (since is null && anyHolder) return new AssignmentSet(assets);
        if (since is { } moment && anyHolder && assets.Count == ledger.Assets.Count) return new AssignmentSet(ledger.Changes.Since(moment));

        var pairs = since is { } version ? Changed(ledger, version, [.. assets])
            : serial is null && user is null ? assets.SelectMany(All)
            : Held(assets, serial is null ? ledger.Targets.KnownUser(user!) : ledger.Targets.KnownDevice(serial));

        return new AssignmentSet([.. pairs.Where(pair => Matches(pair.Target, serial, user) && (!onlyActive || IsActive(call, pair.Target)))]);
    }

    public IEnumerable<AssignmentPair> Rows(int start, int count)
    {
        if (_pairs is not null) return _pairs.Skip(start).Take(count);

        return Walk(start, count);
    }

    private IEnumerable<AssignmentPair> Walk(int start, int count)
    {
        foreach (var asset in _books)
        {
            for (; start < asset.Book.Count && count > 0; start++, count--) yield return new(asset, asset.Book[start].Target);
            if (count == 0) yield break;

            start -= asset.Book.Count;
        }
    }

    private static IEnumerable<AssignmentPair> All(FakeAsset asset) =>
        Enumerable.Range(0, asset.Book.Count).Select(place => new AssignmentPair(asset, asset.Book[place].Target));

    private static IEnumerable<AssignmentPair> Held(List<FakeAsset> assets, Target? target) =>
        target is null ? [] : assets.Where(asset => asset.Book.Contains(target)).Select(asset => new AssignmentPair(asset, target));

    private static IEnumerable<AssignmentPair> Changed(AssignmentLedger ledger, long since, HashSet<FakeAsset> assets) =>
        ledger.Changes.Since(since).Where(pair => assets.Contains(pair.Asset));

    private static bool Matches(Target target, string? serial, string? user) =>
        (serial is null || (target.IsDevice && target.Id == serial)) && (user is null || (!target.IsDevice && target.Id == user));

    private static bool IsActive(AppleCall call, Target target) => target.IsDevice || call.Location.Users.Active(target.Id) is not null;
}
