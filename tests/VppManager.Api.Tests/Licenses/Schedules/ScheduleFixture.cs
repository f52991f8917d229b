using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses.Schedules;

/// <summary>Two instances that lose patience quickly, and a fake Apple service with small pages.</summary>
public sealed class ScheduleFixture(PostgresFixture postgres) : ServiceFixture(postgres)
{
    protected override int Instances => 2;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Apple:MetadataAddress"] = new Uri(Apple.BaseAddress, "/WebObjects/MZStorePlatform.woa/wa/lookup").ToString(),
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

    public override async ValueTask InitializeAsync()
    {
        (Apple.Settings.PageSize, Apple.Settings.Limits.MaxAssets, Apple.Settings.Limits.MaxSerialNumbers, Apple.Settings.Limits.MaxUsers) = (5, 2, 4, 2);
        Apple.Settings.EventDelay = TimeSpan.FromMilliseconds(30);
        await base.InitializeAsync();
        await SeatWatch.InstallAsync(this);
    }
}
