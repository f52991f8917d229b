using System.Diagnostics.CodeAnalysis;

namespace VppManager.FakeApple.Licenses;

internal readonly record struct AssignmentRow(Target Target, long Version);

/// <summary>Who holds one asset: a dense list for paging and an index for finding.</summary>
internal sealed class AssignmentBook
{
    private readonly List<AssignmentRow> _rows = [];
    private readonly Dictionary<Target, int> _places = [];

    public int Count => _rows.Count;

    public AssignmentRow this[int place] => _rows[place];

    public bool Contains(Target target) => _places.ContainsKey(target);

    public bool TryFind(Target target, [NotNullWhen(true)] out AssignmentRow? row)
    {
        row = _places.TryGetValue(target, out var place) ? _rows[place] : null;

        return row is not null;
    }

    public bool Add(Target target, long version)
    {
        if (!_places.TryAdd(target, _rows.Count)) return false;

        _rows.Add(new AssignmentRow(target, version));

        return true;
    }

    /// <summary>The last row moves into the gap, so rows behind it shift under a client that is paging.</summary>
    public bool Remove(Target target)
    {
        if (!_places.Remove(target, out var place)) return false;

        var last = _rows[^1];
        _rows.RemoveAt(_rows.Count - 1);
        if (last.Target == target) return true;

        _rows[place] = last;
        _places[last.Target] = place;

        return true;
    }
}
