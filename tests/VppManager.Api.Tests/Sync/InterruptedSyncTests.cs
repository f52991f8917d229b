using System.Net.Http.Headers;
using VppManager.Api.Tests.Infrastructure;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Sync;

/// <summary>The instances come and go within the tests.</summary>
public sealed class ComingAndGoing(PostgresFixture postgres) : ServiceFixture(postgres)
{
    protected override int Instances => 0;
}

/// <summary>A sync whose instance is stopped while it reads.</summary>
public sealed class InterruptedSyncTests(ComingAndGoing service, PostgresFixture postgres) : IClassFixture<ComingAndGoing>
{
    [Fact]
    [Trait("Rule", "S4"), Trait("Rule", "S5")]
    public async Task Stop_WhileReading_EndsPromptlyAndTheNextStartGoesOn()
    {
        var organization = new Organization(service, service.Apple.AddLocation("Stopped"), tenant => throw new InvalidOperationException(tenant.ToString()));
        organization.Location.AddAsset("1000400002", 10);
        organization.Location.Assign("1000400002", ["ST1", "ST2", "ST3"]);
        organization.Location.Asset("1000400002").Miscounted = 1;
        service.Apple.Faults.Next("/users", 1, Fault.Slow(TimeSpan.FromMinutes(5)), organization.Location.Uid);
        Guid token;
        await using (var first = new ServiceHost(service.ConnectionString, postgres.Folder, service.Apple.BaseAddress))
        {
            token = await new Organization(service, organization.Location, tenant => Authorized(first.CreateClient(), tenant)).CreateTokenAsync();
            await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from staged_lists where list like 'assignments%'"), lists => lists == 2);
        }

        // Who loses the licence meanwhile had been read twice: with all others, and with the app that did not add up.
        organization.Location.Unassign("1000400002", ["ST3"]);
        service.Apple.Faults.Clear();
        Assert.Equal("interrupted", await service.ScalarAsync<string>("select outcome from sync_runs where token_id = $1", token));
        await using var second = new ServiceHost(service.ConnectionString, postgres.Folder, service.Apple.BaseAddress);
        _ = second.Server;
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from sync_runs where token_id = $1 and outcome = 'completed'", token), runs => runs == 1);
        Assert.Equal(["ST1", "ST2"], await service.ColumnAsync<string>("select holder from licenses where state = 'held' order by holder"));
        Assert.Equal(1, await service.ScalarAsync<int>("select apple_difference from pools where adam_id = '1000400002'"));
    }

    private HttpClient Authorized(HttpClient client, Guid tenant)
    {
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", service.Token(tenant));
        return client;
    }
}
