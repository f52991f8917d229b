using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace VppManager.Apple;

/// <summary>
/// When a try is repeated: a read whenever Apple may do better next time; anything else only when Apple said that it did nothing. A write
/// whose answer was lost may have happened, and goes back to the caller.
/// </summary>
internal static partial class RetryRule
{
    public static ResiliencePipeline Build(
        AppleOptions options, TimeProvider time, ResiliencePropertyKey<AppleCall> callKey, ILogger logger)
    {
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = time }.AddTimeout(options.TotalTimeout);
        if (options.Retries == 0)
            return pipeline.Build();

        return pipeline.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.RetryDelay,
            MaxDelay = options.LongestRetryAfter,
            ShouldHandle = args => ValueTask.FromResult(
                MayRepeat(args.Context.Properties.GetValue(callKey, null!), args.Outcome.Exception, options)),
            DelayGenerator = args => ValueTask.FromResult((args.Outcome.Exception as AppleException)?.RetryAfter),
            OnRetry = args =>
            {
                var call = args.Context.Properties.GetValue(callKey, null!);
                var failure = args.Outcome.Exception as AppleException;
                Log.TryingAgain(logger, call.Name, call.Token?.PaceKey, failure?.Meaning, failure?.ErrorNumber, args.RetryDelay);
                return ValueTask.CompletedTask;
            },
        }).Build();
    }

    public static bool MayRepeat(AppleCall call, Exception? exception, AppleOptions options)
    {
        if (call.Once || exception is not AppleException failure || failure.IsNotSent || failure.RetryAfter > options.LongestRetryAfter)
            return false;

        return WasNotProcessed(failure)
            || call.IsRead && failure.Meaning is AppleErrorMeaning.TryAgain or AppleErrorMeaning.OutOfReach;
    }

    private static bool WasNotProcessed(AppleException failure) =>
        failure.HttpStatus == 429 || failure.ErrorNumber is AppleErrorNumber.TooManyRequests or AppleErrorNumber.TemporarilyUnavailable;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Apple: {Call} of {Location} goes out again in {Delay} ({Meaning}, {ErrorNumber}).")]
        public static partial void TryingAgain(
            ILogger logger, string call, string? location, AppleErrorMeaning? meaning, int? errorNumber, TimeSpan delay);
    }
}
