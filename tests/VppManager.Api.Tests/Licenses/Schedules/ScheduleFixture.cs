using System.Net;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>Two instances that lose patience quickly, reachable for notifications, and a fake Apple service with small pages.</summary>
public sealed class ScheduleFixture(PostgresFixture postgres) : ServiceFixture(postgres)
{
    private readonly int[] ports = [.. Enumerable.Range(0, 2 + Killers).Select(_ => ServiceProcess.FreePort())];

    /// <summary>How many more instances there are that live for a moment only.</summary>
    internal const int Killers = 2;

    /// <summary>With notifications, and an instance that is killed again and again: when more schedules are asked for.</summary>
    internal static bool IsStormy => Environment.GetEnvironmentVariable("VPP_SCHEDULES") is { Length: > 0 };

    protected override int Instances => 2;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Apple:MetadataAddress"] = new Uri(Apple.BaseAddress, "/WebObjects/MZStorePlatform.woa/wa/lookup").ToString(),
        ["Public:BaseAddress"] = IsStormy ? $"http://127.0.0.1:{ports[0]}" : "",
        ["Sync:NoticeLostInstanceAfter"] = "00:00:02",
        ["Licensing:FirstPollWithNotifications"] = "00:00:01",
        ["Licensing:UnknownEventsFor"] = "00:00:01",
        ["Licensing:LookAgainAfter"] = "00:00:01",
        ["Licensing:Senders"] = "12",
        ["Licensing:Lease"] = "00:00:06",
        ["Licensing:SendAgainAfter"] = "00:00:02",
        ["Licensing:TryAgainAfter"] = "00:00:00.20",
        ["Licensing:FirstPoll"] = "00:00:00.08",
        ["Licensing:PollEvery"] = "00:00:00.20",
        ["Apple:Retries"] = "1",
        ["Apple:RetryDelay"] = "00:00:00.05",
        ["Apple:LongestRetryAfter"] = "00:00:01",
        ["Apple:AttemptTimeout"] = "00:00:02",
        ["Apple:TotalTimeout"] = "00:00:05",
        ["Apple:BreakFor"] = "00:00:00.50",
        ["Serilog:MinimumLevel:Default"] = "Error",
    };

    /// <summary>One more instance, as a process that can be killed.</summary>
    internal Task<ServiceProcess> StartMortalAsync(int killer) => ServiceProcess.StartAsync(ports[2 + killer], ProcessSettings(Settings), ProcessLog);

    private protected override void Start(ServiceHost host, int instance)
    {
        host.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, ports[instance]));
        host.StartServer();
    }

    public override async ValueTask InitializeAsync()
    {
        (Apple.Settings.PageSize, Apple.Settings.Limits.MaxAssets, Apple.Settings.Limits.MaxSerialNumbers, Apple.Settings.Limits.MaxUsers) = (5, 2, 4, 2);
        Apple.Settings.EventDelay = TimeSpan.FromMilliseconds(30);
        await base.InitializeAsync();
        await SeatWatch.InstallAsync(this);
    }
}
