using Polly;
using Polly.CircuitBreaker;

namespace VppManager.Apple;

/// <summary>
/// What one location has to itself at one of Apple's services: a circuit breaker, and the time until which Apple wants to be left alone.
/// One location's death or penalty stops no other.
/// </summary>
internal sealed class Lane
{
    private readonly AppleOptions options;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private DateTimeOffset heldUntil;
    private long usedAt;

    public Lane(AppleOptions options, TimeProvider time)
    {
        this.options = options;
        this.time = time;
        Breaker = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakAfter,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = options.BreakFor,
                ShouldHandle = args => ValueTask.FromResult(IsDeath(args.Outcome.Exception)),
            })
            .Build();
    }

    public ResiliencePipeline Breaker { get; }

    public DateTimeOffset UsedAt => new(Interlocked.Read(ref usedAt), TimeSpan.Zero);

    public void Use() => Interlocked.Exchange(ref usedAt, time.GetUtcNow().Ticks);

    /// <summary>Apple said when to come back; those who come earlier may be locked out for longer.</summary>
    public void HoldBack(TimeSpan? wait)
    {
        if (wait is null)
            return;

        var until = time.GetUtcNow() + wait.Value;
        lock (gate)
            heldUntil = until > heldUntil ? until : heldUntil;
    }

    /// <summary>Waits for as long as Apple wants to be left alone, or refuses if that is too long to wait here.</summary>
    public Task WaitAsync(AppleCall call, CancellationToken ct)
    {
        var wait = Remaining();
        if (wait <= TimeSpan.Zero)
            return Task.CompletedTask;
        if (call.Once || wait > options.LongestRetryAfter)
            throw AppleFault.LeftAlone(call, wait);

        return Task.Delay(wait, time, ct);
    }

    private TimeSpan Remaining()
    {
        lock (gate)
            return heldUntil - time.GetUtcNow();
    }

    private static bool IsDeath(Exception? exception) => exception is AppleException failure
        && (failure.Meaning is AppleErrorMeaning.OutOfReach or AppleErrorMeaning.Unreadable || failure.HttpStatus >= 500);
}
