using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace VppManager.Apple;

/// <summary>
/// The way of one call: tries it (again, where harmless), each try through the location's lane, at the location's pace, with a request of
/// its own.
/// </summary>
internal sealed class AppleTransport(
    IHttpClientFactory http,
    IRequestPace pace,
    Lanes lanes,
    IOptions<AppleOptions> settings,
    TimeProvider time,
    ILogger<AppleTransport> logger)
{
    public const string HttpClientName = "VppManager.Apple";

    private static readonly ResiliencePropertyKey<AppleCall> CallKey = new("apple-call");

    /// <summary>Apple counts by the second, and does not say with 9646 when to come back. Who was refused waits longer each time; the others as long as this.</summary>
    private static readonly TimeSpan Respite = TimeSpan.FromSeconds(1);

    private readonly AppleOptions options = settings.Value;

    private readonly ResiliencePipeline calls = RetryRule.Build(settings.Value, time, CallKey, logger);

    private readonly ResiliencePipeline attempts =
        new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(settings.Value.AttemptTimeout).Build();

    public async Task<T> SendAsync<T>(AppleCall call, Func<ReadOnlyMemory<byte>, T> read, CancellationToken ct)
    {
        using var activity = AppleTelemetry.Start(call);
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(CallKey, call);
        try
        {
            return await calls.ExecuteAsync(async inner => await TryAsync(call, read, inner.CancellationToken), context);
        }
        catch (TimeoutRejectedException late)
        {
            throw activity.Failed(AppleFault.OutOfReach(call, "no success in time", call.LastFailure ?? (Exception)late));
        }
        catch (AppleException failure)
        {
            activity.Failed(failure);
            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> TryAsync<T>(AppleCall call, Func<ReadOnlyMemory<byte>, T> read, CancellationToken ct)
    {
        var lane = lanes.Of(call.LaneKey);
        try
        {
            await lane.WaitAsync(call, ct);
            return await lane.Breaker.ExecuteAsync(async inner => await PacedAsync(call, read, inner), ct);
        }
        catch (BrokenCircuitException broken)
        {
            throw AppleFault.LeftAlone(call, broken.RetryAfter ?? options.BreakFor);
        }
        catch (AppleException failure) when (!failure.IsNotSent)
        {
            call.LastFailure = failure;
            lane.HoldBack(failure.RetryAfter);
            await HoldOthersAsync(call, failure.RetryAfter ?? (failure.Meaning is AppleErrorMeaning.TooManyRequests ? Respite : null), ct);
            throw;
        }
    }

    /// <summary>
    /// Other processes, too. No longer than anybody waits within a call: after that they ask for themselves, and are told.
    /// </summary>
    private ValueTask HoldOthersAsync(AppleCall call, TimeSpan? wait, CancellationToken ct) => wait is { } said && call.Token is { } token && !call.TokenInCookie
        ? pace.HoldAsync(token.PaceKey, said < options.LongestRetryAfter ? said : options.LongestRetryAfter, ct)
        : ValueTask.CompletedTask;

    private async ValueTask<T> PacedAsync<T>(AppleCall call, Func<ReadOnlyMemory<byte>, T> read, CancellationToken ct)
    {
        if (call.Token is not { } token)
            return await TimedAsync(call, read, ct);

        var permit = await pace.WaitAsync(token.PaceKey, call.PermitsPerSecond, options.AttemptTimeout, ct);
        try
        {
            return await TimedAsync(call, read, ct);
        }
        finally
        {
            // What was called off may still reach Apple; its permit runs out.
            if (!ct.IsCancellationRequested) await pace.AnsweredAsync(token.PaceKey, permit, ct);
        }
    }

    private async ValueTask<T> TimedAsync<T>(AppleCall call, Func<ReadOnlyMemory<byte>, T> read, CancellationToken ct)
    {
        var started = time.GetTimestamp();
        var outcome = "Cancelled";
        try
        {
            var answer = await attempts.ExecuteAsync(async inner => await ExchangeAsync(call, read, inner), ct);
            outcome = "Ok";
            return answer;
        }
        catch (Exception fault) when (fault is TimeoutRejectedException or HttpRequestException)
        {
            outcome = nameof(AppleErrorMeaning.OutOfReach);
            throw AppleFault.OutOfReach(call, fault is HttpRequestException ? fault.Message : "no answer in time", fault);
        }
        catch (AppleException refusal)
        {
            outcome = refusal.Meaning.ToString();
            throw;
        }
        finally
        {
            AppleTelemetry.Count(call, outcome, time.GetElapsedTime(started));
        }
    }

    private async ValueTask<T> ExchangeAsync<T>(AppleCall call, Func<ReadOnlyMemory<byte>, T> read, CancellationToken ct)
    {
        var askedAt = time.GetUtcNow();
        using var client = http.CreateClient(HttpClientName);
        using var request = call.ToRequest(options.UserAgent);
        using var response = await client.SendAsync(request, ct);

        var body = await response.Content.ReadAsByteArrayAsync(ct);
        var reply = AppleReply.Read(call, response, body, read, time.GetUtcNow());
        if (reply is AppleAnswer answer) answer.AskedAt = askedAt;
        return reply;
    }
}
