using System.Net.Http.Headers;
using VppManager.Api.Tests.Infrastructure;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Sync;

/// <summary>The instances come and go within the tests.</summary>
public sealed class ComingAndGoing(PostgresFixture postgres) : ServiceFixture(postgres)
{
    protected override int Instances => 0;
}

/// <summary>A sync whose process ends while it reads.</summary>
public sealed class InterruptedSyncTests(ComingAndGoing service, PostgresFixture postgres) : IClassFixture<ComingAndGoing>
{
    private const int Licences = 300;
    private readonly int port = ServiceProcess.FreePort();

    [Fact]
    [Trait("Rule", "S4"), Trait("Rule", "S8")]
    public async Task Kill_WhileReading_TheNextProcessGoesOnWithoutBeingAsked()
    {
        service.Apple.Settings.PageSize = 20;
        var organization = new Organization(service, service.Apple.AddLocation("Killed"), Client);
        organization.Location.AddAsset("1000400001", 1_000);
        organization.Location.Assign("1000400001", Enumerable.Range(0, Licences).Select(n => $"KS{n:D4}"));
        using var before = await ServiceProcess.StartAsync(port, Settings);
        // The user list waits: by then all licences are staged.
        service.Apple.Faults.Next("/users", 1, Fault.Slow(TimeSpan.FromMinutes(5)), organization.Location.Uid);
        var token = await CreateTokenAsync(organization);
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select coalesce(sum(rows), 0)::bigint from staged_lists where list = 'assignments'"), rows => rows == Licences);
        await before.KillAsync();
        service.Apple.Faults.Clear();
        service.Apple.Journal.Clear();

        using var after = await ServiceProcess.StartAsync(port, Settings);
        var run = await Eventually.IsAsync(() => organization.GetAsync($"/vpp/tokens/{token}/sync"), one => one["outcome"]!.GetValue<string>() is "completed" or "failed");

        Assert.Equal(("completed", true), (run["outcome"]!.GetValue<string>(), run["continued"]!.GetValue<bool>()));
        Assert.Equal((Licences, Licences), (run["licensesTotal"]!.GetValue<int>(), run["untracked"]!.GetValue<int>()));
        Assert.Single(service.Apple.Journal.To("/assignments"));
        var runs = (await organization.GetAsync($"/vpp/tokens/{token}/syncs")).AsArray();
        Assert.Equal(["completed", "interrupted"], runs.Select(one => one!["outcome"]!.GetValue<string>()));
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from staged_assignments"));
    }

    [Fact]
    [Trait("Rule", "S4")]
    public async Task Stop_WhileReading_EndsPromptlyAndTheNextStartGoesOn()
    {
        var organization = new Organization(service, service.Apple.AddLocation("Stopped"), tenant => throw new InvalidOperationException(tenant.ToString()));
        organization.Location.AddAsset("1000400002", 10);
        organization.Location.Assign("1000400002", ["ST1", "ST2"]);
        service.Apple.Faults.Next("/users", 1, Fault.Slow(TimeSpan.FromMinutes(5)), organization.Location.Uid);
        Guid token;
        await using (var first = new ServiceHost(service.ConnectionString, postgres.Folder, service.Apple.BaseAddress))
        {
            token = await CreateTokenAsync(new Organization(service, organization.Location, tenant => Authorized(first.CreateClient(), tenant)));
            await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from staged_lists where list = 'assignments'"), lists => lists == 1);
        }

        service.Apple.Faults.Clear();
        Assert.Equal("interrupted", await service.ScalarAsync<string>("select outcome from sync_runs where token_id = $1", token));
        await using var second = new ServiceHost(service.ConnectionString, postgres.Folder, service.Apple.BaseAddress);
        _ = second.Server;
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from sync_runs where token_id = $1 and outcome = 'completed'", token), runs => runs == 1);
        Assert.Equal(2, await service.ScalarAsync<int>("select taken from pools where adam_id = '1000400002'"));
    }

    private static async Task<Guid> CreateTokenAsync(Organization organization) => (await organization.PostAsync("/beta/deviceAppManagement/vppTokens", new
    {
        displayName = "Main token",
        appleId = "content@example.com",
        token = organization.Location.IssueToken().VpptokenFile,
        vppTokenAccountType = "business",
        dataSharingConsentGranted = true,
    }))["id"]!.GetValue<Guid>();

    private HttpClient Client(Guid tenant) => Authorized(new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") }, tenant);

    private HttpClient Authorized(HttpClient client, Guid tenant)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", service.Token(tenant));
        return client;
    }

    private Dictionary<string, string> Settings => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Development",
        ["ConnectionStrings:VppManager"] = service.ConnectionString,
        ["Database:DataDirectory"] = postgres.Folder,
        ["Database:MigrateAtStart"] = "false",
        ["Apple:BaseAddress"] = service.Apple.BaseAddress.ToString(),
        ["Sync:SpreadOver"] = "00:00:00",
    };
}
