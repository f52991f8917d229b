namespace VppManager.Apple;

/// <summary>
/// Keeps all requests of one location within Apple's limit, for every process that speaks for it. Asked before every try,
/// retries included. <see cref="InMemoryRequestPace"/> does for a single process.
/// </summary>
public interface IRequestPace
{
    /// <summary>Waits until the next request of <paramref name="key"/> may go out.</summary>
    /// <param name="key">The location: <see cref="Tokens.ContentToken.PaceKey"/>.</param>
    /// <param name="permitsPerSecond">
    /// How many requests a second may hold, spaced evenly, without bursts. The safety margin under Apple's limit is taken off already.
    /// </param>
    /// <param name="ct">Gives up waiting. The slot may be lost.</param>
    ValueTask WaitAsync(string key, int permitsPerSecond, CancellationToken ct);

    /// <summary>
    /// Apple wants the location to be left alone: no further request of <paramref name="key"/> goes out meanwhile, in whatever process. Those who have
    /// their slot already are not called back.
    /// </summary>
    /// <param name="key">The location.</param>
    /// <param name="wait">For how long.</param>
    /// <param name="ct">Gives up.</param>
    ValueTask HoldAsync(string key, TimeSpan wait, CancellationToken ct);
}
