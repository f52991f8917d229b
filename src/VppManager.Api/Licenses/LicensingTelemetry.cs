using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace VppManager.Api.Licenses;

/// <summary>What can be seen of licensing from outside. Names no tenant, no app and no holder.</summary>
internal static class LicensingTelemetry
{
    public const string Name = "VppManager.Licensing";

    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Settled = Meter.CreateHistogram<double>("vpp.settle.duration", "s", "How long one settling of a tenant took");
    private static readonly Counter<long> Requests = Meter.CreateCounter<long>("vpp.apple_requests", "{request}", "Requests to Apple that ended, by kind and outcome");

    public static void SettledIn(TimeSpan duration) => Settled.Record(duration.TotalSeconds);

    public static void Ended(AppleRequestKind kind, string outcome) =>
        Requests.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()), new KeyValuePair<string, object?>("outcome", outcome));
}
