using System.Collections.Concurrent;

namespace VppManager.Api.Graph.Query;

/// <summary>
/// Parsed and bound query options by their text. Bounded: emptied when full, so a client that never repeats itself only loses the gain.
/// </summary>
internal sealed class PlanCache
{
    public const int Capacity = 1000;

    private const int LongestText = 2048;

    private readonly ConcurrentDictionary<(string Option, string Text), object> parts = new();
    private int count;

    public int Count => parts.Count;

    public TPart Get<TPart>(string option, string text, Func<TPart> make) where TPart : class
    {
        if (text.Length > LongestText)
        {
            return make();
        }

        if (parts.TryGetValue((option, text), out var known))
        {
            return (TPart)known;
        }

        var part = make();

        if (Interlocked.Increment(ref count) > Capacity)
        {
            parts.Clear();
            Interlocked.Exchange(ref count, 1);
        }

        parts[(option, text)] = part;
        return part;
    }
}
