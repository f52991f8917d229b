using System.Net.Http.Headers;
using VppManager.Api.Tests.Infrastructure;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Licenses.Kills;

/// <summary>
/// The service as a process. It is killed once, while one organization's licences are at each step of their way, and one more is being synchronised;
/// then it is started again. What has become of each is for the tests to see.
/// </summary>
public sealed class Killed(PostgresFixture postgres) : ServiceFixture(postgres)
{
    public const int Synchronised = 300;

    private readonly int port = ServiceProcess.FreePort();
    private readonly Dictionary<KillStep, KilledOrganization> organizations = [];
    private ServiceProcess? process;

    protected override int Instances => 0;

    /// <summary>The organization whose synchronisation was broken off, and its token.</summary>
    internal (Organization Organization, Guid Token) Reading { get; private set; }

    internal KilledOrganization At(KillStep step) => organizations[step];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        using (var first = await ServiceProcess.StartAsync(port, Settings, ProcessLog))
        {
            await PrepareAsync();
            foreach (var (_, one) in organizations) await one.ReachAsync();
            await first.KillAsync();
        }

        Apple.Faults.Clear();
        Apple.Journal.Clear();
        foreach (var (_, one) in organizations) await one.LetGoAsync();
        process = await ServiceProcess.StartAsync(port, Settings, ProcessLog);
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var (_, one) in organizations) await one.DisposeAsync();
        process?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private async Task PrepareAsync()
    {
        foreach (var step in Enum.GetValues<KillStep>())
        {
            organizations[step] = new KilledOrganization(this, step, new Organization(this, Apple.AddLocation($"Killed at {step}"), Caller));
            await organizations[step].PrepareAsync();
        }

        Apple.Settings.PageSize = 20;
        var reading = new Organization(this, Apple.AddLocation("Killed while it is read"), Caller);
        reading.Location.AddAsset("1000400001", 1_000);
        reading.Location.Assign("1000400001", Enumerable.Range(0, Synchronised).Select(n => $"KS{n:D4}"));
        // The user list waits: by then all licences are staged.
        Apple.Faults.Next("/users", 1, Fault.Slow(TimeSpan.FromMinutes(5)), reading.Location.Uid);
        Reading = (reading, await reading.CreateTokenAsync());
        await Eventually.IsAsync(
            () => this.ScalarAsync<long>("select coalesce(sum(rows), 0)::bigint from staged_lists where list = 'assignments'"),
            rows => rows == Synchronised);
    }

    private HttpClient Caller(Guid tenant) => new()
    {
        BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token(tenant)) },
    };

    private new Dictionary<string, string> Settings => ProcessSettings(new Dictionary<string, string>
    {
        ["Licensing:GatherFor"] = "00:00:00.05",
        ["Licensing:FirstPoll"] = "00:00:00.20",
        ["Licensing:PollEvery"] = "00:00:00.20",
        ["Licensing:LookEvery"] = "00:00:00.50",
        ["Licensing:Lease"] = "00:00:05",
        ["Licensing:Senders"] = "12",
    });
}
