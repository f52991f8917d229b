namespace VppManager.Apple;

/// <summary>
/// Keeps all requests of one location within Apple's limit, for every process that speaks for it. Asked before every try,
/// retries included. <see cref="InMemoryRequestPace"/> does for a single process.
/// </summary>
/// <remarks>
/// Apple counts when a request reaches it, and that may be any time between its sending and its answer. So a permit is free again a second
/// after the answer, not after the sending: no second at Apple's end can hold more requests than there are permits, whatever stalls on the way.
/// </remarks>
public interface IRequestPace
{
    /// <summary>Waits until the next request of <paramref name="key"/> may go out.</summary>
    /// <param name="key">The location: <see cref="Tokens.ContentToken.PaceKey"/>.</param>
    /// <param name="permitsPerSecond">
    /// How many requests a second may hold, spaced evenly, without bursts. The safety margin under Apple's limit is taken off already.
    /// </param>
    /// <param name="atMost">How long the request may take. After that, and a second, the permit is free even if nobody said that the answer came.</param>
    /// <param name="ct">Gives up waiting. The slot may be lost.</param>
    /// <returns>The permit of this one request.</returns>
    ValueTask<RequestPermit> WaitAsync(string key, int permitsPerSecond, TimeSpan atMost, CancellationToken ct);

    /// <summary>Says that the answer came, or that none will: a second later the permit is another's.</summary>
    /// <param name="key">The location.</param>
    /// <param name="permit">What the wait gave.</param>
    /// <param name="ct">Gives up; the permit then ends by itself.</param>
    ValueTask AnsweredAsync(string key, RequestPermit permit, CancellationToken ct);

    /// <summary>
    /// Apple wants the location to be left alone: no further request of <paramref name="key"/> goes out meanwhile, in whatever process. Those who have
    /// their slot already are not called back.
    /// </summary>
    /// <param name="key">The location.</param>
    /// <param name="wait">For how long.</param>
    /// <param name="ct">Gives up.</param>
    ValueTask HoldAsync(string key, TimeSpan wait, CancellationToken ct);
}

/// <summary>The right to one request.</summary>
/// <param name="Until">When it ends if nobody says that the answer came; no two of a location are alike.</param>
public readonly record struct RequestPermit(DateTime Until);
