using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Sync;

namespace VppManager.FakeApple.Licenses;

/// <summary>All assets and assignments of a location. Every member is called with the location's gate held.</summary>
internal sealed class AssignmentLedger(int tag, FakeClock clock)
{
    private readonly Dictionary<AssetKey, FakeAsset> _byKey = [];
    private readonly List<FakeAsset> _assets = [];
    private ChangeLog? _changes;

    public VersionLine AssetVersions { get; } = new(tag * 4, clock);

    public VersionLine Versions { get; } = new((tag * 4) + 1, clock);

    public TargetPool Targets { get; } = new();

    public IReadOnlyList<FakeAsset> Assets => _assets;

    public ChangeLog Changes => _changes ??= new ChangeLog(Versions);

    public FakeAsset? Find(AssetKey key) => _byKey.GetValueOrDefault(key);

    public void Add(FakeAsset asset)
    {
        _byKey.Add(asset.Key, asset);
        _assets.Add(asset);
        AssetVersions.Bump();
    }

    public void Remove(FakeAsset asset)
    {
        _byKey.Remove(asset.Key);
        _assets.Remove(asset);
        Bump();
    }

    /// <summary>Assigns those of the targets that do not hold the asset yet; the caller has seen to it that there is room.</summary>
    public List<Target> Assign(FakeAsset asset, IEnumerable<Target> targets)
    {
        var missing = targets.Where(target => !asset.Book.Contains(target)).ToList();
        if (missing.Count == 0) return missing;

        var version = Bump();
        foreach (var target in missing)
        {
            asset.Book.Add(target, version);
            Changes.Add(version, asset, target);
        }

        asset.Witness();

        return missing;
    }

    public List<Target> Unassign(FakeAsset asset, IEnumerable<Target> targets)
    {
        var removed = targets.Where(asset.Book.Remove).ToList();
        if (removed.Count > 0) Bump();

        return removed;
    }

    private long Bump()
    {
        AssetVersions.Bump();

        return Versions.Bump();
    }
}
