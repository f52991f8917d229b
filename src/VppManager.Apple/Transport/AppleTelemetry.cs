using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace VppManager.Apple;

/// <summary>
/// What can be watched: source and meter <c>VppManager.Apple</c>. Tags name the call and its outcome; never a token or a location.
/// </summary>
internal static class AppleTelemetry
{
    private const string Name = "VppManager.Apple";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Requests =
        Meter.CreateCounter<long>("apple.requests", "{request}", "Requests sent to Apple, each try counted.");

    private static readonly Histogram<double> Duration =
        Meter.CreateHistogram<double>("apple.request.duration", "s", "How long Apple took to answer, without waiting for its turn.");

    public static Activity? Start(AppleCall call)
    {
        var activity = Source.StartActivity($"apple {call.Name}", ActivityKind.Client);
        activity?.SetTag("apple.call", call.Name);
        return activity;
    }

    public static AppleException Failed(this Activity? activity, AppleException failure)
    {
        activity?.SetTag("apple.error_number", failure.ErrorNumber);
        activity?.SetStatus(ActivityStatusCode.Error, failure.Meaning.ToString());
        return failure;
    }

    public static void Count(AppleCall call, string outcome, TimeSpan took)
    {
        var tags = new TagList { { "call", call.Name }, { "outcome", outcome } };
        Requests.Add(1, tags);
        Duration.Record(took.TotalSeconds, tags);
    }
}
