using System.Collections.Concurrent;
using System.Diagnostics;

namespace VppManager.Api.Tests.Infrastructure;

/// <summary>
/// Keeps what the traces of this process say while it lives, each text once. Those of the database only when asked for: they are most of all, and say statements
/// without their values.
/// </summary>
internal sealed class TraceKeeper : IDisposable
{
    private const int Most = 200_000;
    private static readonly string[] Sources = ["VppManager", "System.Net.Http", "Microsoft.AspNetCore"];

    private readonly ConcurrentDictionary<string, byte> lines = new(StringComparer.Ordinal);
    private readonly ActivityListener listener;
    private int kept;

    public TraceKeeper(params ReadOnlySpan<string> besides)
    {
        string[] sources = [.. Sources, .. besides];
        listener = new ActivityListener
        {
            ShouldListenTo = source => sources.Any(name => source.Name.StartsWith(name, StringComparison.Ordinal)),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Keep,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Source, name, state, tags and events, a line for each activity.</summary>
    public IEnumerable<string> Lines => lines.Keys;

    public void Dispose() => listener.Dispose();

    private void Keep(Activity activity)
    {
        // The dictionary's own count takes all its locks.
        if (Volatile.Read(ref kept) >= Most) return;
        if (lines.TryAdd($"{activity.Source.Name} {activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(one => one.Tags))}", 0))
            Interlocked.Increment(ref kept);
    }
}
