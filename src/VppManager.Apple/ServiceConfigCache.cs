using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

/// <summary>
/// Apple's limits, read again whenever they are older than <see cref="AppleOptions.LimitsMaxAge"/>. While Apple does not answer, the last
/// ones read hold; before any were read, the documented ones.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/service-config"/>.
/// </summary>
public sealed partial class ServiceConfigCache : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim reading = new(1, 1);
    private readonly AppleTransport transport;
    private readonly AppleOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private volatile Entry current = new(new ServiceConfig(), DateTimeOffset.MinValue, WasRead: false);

    internal ServiceConfigCache(
        AppleTransport transport, IOptions<AppleOptions> options, TimeProvider time, ILogger<ServiceConfigCache> logger)
    {
        this.transport = transport;
        this.options = options.Value;
        this.time = time;
        this.logger = logger;
    }

    /// <summary>The service config, at most five minutes old as far as Apple answers. Never fails but by cancellation.</summary>
    /// <param name="ct">Gives up.</param>
    public async ValueTask<ServiceConfig> GetAsync(CancellationToken ct)
    {
        if (IsFresh(current))
            return current.Config;

        // Who has limits to go by does not queue for newer ones.
        if (!await reading.WaitAsync(current.WasRead ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, ct))
            return current.Config;
        try
        {
            return IsFresh(current) ? current.Config : await RefreshAsync(ct);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Has the limits read again at the next question, as after Apple refused a request as too big.</summary>
    public void Expire() => current = current with { GoodUntil = DateTimeOffset.MinValue };

    /// <inheritdoc/>
    public void Dispose() => reading.Dispose();

    internal Task<ServiceConfig> ReadAsync(bool once, CancellationToken ct)
    {
        var address = new Query("service/config").Under(options.BaseAddress, AppleClient.BasePath);
        var call = new AppleCall("service/config", HttpMethod.Get, address) { Once = once };
        return transport.SendAsync(call, body => AppleClient.Parse(body, AppleJson.Default.ServiceConfig), ct);
    }

    private async Task<ServiceConfig> RefreshAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            current = new Entry(await ReadAsync(once: true, both.Token), time.GetUtcNow() + options.LimitsMaxAge, WasRead: true);
        }
        catch (Exception fault) when (fault is AppleException || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Log.NotRead(logger, fault);
            current = current with { GoodUntil = time.GetUtcNow() + RestAfterFailure };
        }
        return current.Config;
    }

    private bool IsFresh(Entry entry) => time.GetUtcNow() < entry.GoodUntil;

    private sealed record Entry(ServiceConfig Config, DateTimeOffset GoodUntil, bool WasRead);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Apple's limits could not be read; the last ones known hold on.")]
        public static partial void NotRead(ILogger logger, Exception fault);
    }
}
