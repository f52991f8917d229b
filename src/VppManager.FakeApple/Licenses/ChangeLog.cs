using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Sync;

namespace VppManager.FakeApple.Licenses;

/// <summary>What was assigned when, for <c>sinceVersionId</c>. It forgets its older half when it grows too long.</summary>
internal sealed class ChangeLog(VersionLine versions)
{
    private const int Longest = 4_000_000;

    private readonly List<(long Version, FakeAsset Asset, Target Target)> _entries = [];
    private (long Since, long At, List<AssignmentPair> Rows)? _answered;

    public void Add(long version, FakeAsset asset, Target target)
    {
        _entries.Add((version, asset, target));
        if (_entries.Count > Longest) ForgetOlderHalf();
    }

    /// <summary>Pairs assigned after that version which still are. Kept for the next page of the same question.</summary>
    public List<AssignmentPair> Since(long version)
    {
        if (_answered is { } answered && answered.Since == version && answered.At == versions.Current) return answered.Rows;

        var rows = new List<AssignmentPair>();
        for (var i = FirstAfter(version); i < _entries.Count; i++)
        {
            var (at, asset, target) = _entries[i];
            if (asset.Book.TryFind(target, out var row) && row.Value.Version == at) rows.Add(new(asset, target));
        }

        _answered = (version, versions.Current, rows);

        return rows;
    }

    private int FirstAfter(long version)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Version <= version) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private void ForgetOlderHalf()
    {
        var half = _entries.Count / 2;
        versions.Oldest = _entries[half].Version;
        _entries.RemoveRange(0, half);
    }
}
