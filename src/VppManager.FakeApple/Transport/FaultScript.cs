using System.IO.Enumeration;

namespace VppManager.FakeApple.Transport;

/// <summary>A fault waiting for the next requests to a path.</summary>
public sealed record PlannedFault(string Path, string? LocationUid, int Left, Fault Fault);

/// <summary>Faults to come, used up in the order in which they were planned.</summary>
public sealed class FaultScript
{
    private readonly Lock _gate = new();
    private readonly List<PlannedFault> _planned = [];

    public IReadOnlyList<PlannedFault> Planned
    {
        get { lock (_gate) return [.. _planned]; }
    }

    /// <summary>The next <paramref name="count"/> requests whose path matches fail so.</summary>
    /// <param name="path">End of the path, or a pattern with <c>*</c>.</param>
    /// <param name="count">How many requests.</param>
    /// <param name="fault">What happens to them.</param>
    /// <param name="locationUid">Only requests with a token of this location.</param>
    public void Next(string path, int count, Fault fault, string? locationUid = null)
    {
        lock (_gate) _planned.Add(new PlannedFault(path, locationUid, count, fault));
    }

    public void Clear()
    {
        lock (_gate) _planned.Clear();
    }

    /// <summary>Forgets what was planned for the requests of one location.</summary>
    public void Clear(string locationUid)
    {
        lock (_gate) _planned.RemoveAll(planned => planned.LocationUid == locationUid);
    }

    internal Fault? Take(string path, string? locationUid)
    {
        lock (_gate)
        {
            var place = _planned.FindIndex(planned => Matches(planned.Path, path) && (planned.LocationUid ?? locationUid) == locationUid);
            if (place < 0) return null;

            var found = _planned[place];
            if (found.Left > 1) _planned[place] = found with { Left = found.Left - 1 };
            else _planned.RemoveAt(place);

            return found.Fault;
        }
    }

    private static bool Matches(string pattern, string path) =>
        pattern.Contains('*', StringComparison.Ordinal)
            ? FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false)
            : path.EndsWith(pattern, StringComparison.Ordinal);
}
