using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Sync;

/// <summary>What a sync reads, how it can be watched, and what it leaves when it fails.</summary>
public sealed class SyncTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Tokens = "/beta/deviceAppManagement/vppTokens";

    [Fact]
    [Trait("Rule", "S2"), Trait("Rule", "S5"), Trait("Rule", "S6"), Trait("Rule", "S8")]
    public async Task Sync_AppsBooksAndForeignLicences_AllAreReadAndCounted()
    {
        service.Apple.Settings.PageSize = 10;
        var organization = service.Organization();
        organization.Location.AddAsset("8000001", 100);
        organization.Location.AddAsset("8000002", 5, platforms: ["macOS"]);
        organization.Location.AddAsset("8000003", 5, productType: "Book");
        organization.Location.Assign("8000001", Enumerable.Range(1, 25).Select(n => $"FOREIGN{n:D3}"));

        var token = await organization.UploadTokenAsync();
        var run = await organization.GetAsync($"/vpp/tokens/{token}/sync");
        var figures = await organization.LicensingAsync(await organization.AppAsync("8000001"));

        Assert.Equal(["book", "ios", "macOs"], await service.ColumnAsync<string>("select kind from apps where tenant_id = $1 order by kind", organization.Tenant));
        Assert.Equal(("completed", 25, 25, 25), (run["outcome"]!.GetValue<string>(), Number(run, "licensesRead"), Number(run, "licensesTotal"), Number(run, "untracked")));
        Assert.True(Number(run, "pagesTotal") >= 5);
        Assert.Equal(Number(run, "pagesTotal"), Number(run, "pagesRead"));
        Assert.Equal((100, 25), (figures.Total, figures.Held));
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from licenses where tenant_id = $1 and tracked", organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "S1"), Trait("Rule", "S3")]
    public async Task Sync_AskedForWhileOneRuns_AnswersAtOnceAndJoinsIt()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("8000011", 5);
        var token = await organization.UploadTokenAsync();
        service.Apple.Faults.Next("/assets", 1, Fault.Slow(TimeSpan.FromSeconds(3)), organization.Location.Uid);

        var first = await organization.PostAsync($"{Tokens}/{token}/syncLicenses", null);
        await Eventually.IsAsync(() => organization.GetAsync($"/vpp/tokens/{token}/sync"), run => run["outcome"]!.GetValue<string>() == "running");
        for (var n = 0; n < 3; n++) await organization.PostAsync($"{Tokens}/{token}/syncLicenses", null);
        await organization.SyncedAsync(token);

        Assert.Equal("inProgress", first["lastSyncStatus"]!.GetValue<string>());
        Assert.Equal(2, await service.ScalarAsync<long>("select count(*) from sync_runs where tenant_id = $1", organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "S1")]
    public async Task SyncLicenseCounts_OfATenantWithTwoLocations_ReadsBoth()
    {
        var (first, elsewhere) = (service.Organization(), service.Organization());
        var second = new Organization(service, elsewhere.Location) { Tenant = first.Tenant };
        foreach (var (one, adamId) in new[] { (first, "8000014"), (second, "8000015") })
        {
            one.Location.AddAsset(adamId, 5);
            await one.UploadTokenAsync();
            one.Location.Buy(adamId, 7);
        }

        await first.PostAsync($"{Tokens}/syncLicenseCounts", null);

        await Eventually.IsAsync(() => service.ColumnAsync<int>("select total from pools where tenant_id = $1 order by adam_id", first.Tenant), totals => totals.SequenceEqual([12, 12]));
    }

    [Fact]
    [Trait("Rule", "S5")]
    public async Task Sync_LicenceConfirmedAfterTheLicencesWereRead_IsNotTakenForUnknown()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("8000061", 5);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("8000061"), await organization.GroupAsync());
        await organization.JoinAsync(group, await organization.DeviceAsync("SY-1"));
        service.Apple.Faults.Next("/users", 1, Fault.Slow(TimeSpan.FromSeconds(3)), organization.Location.Uid);

        await organization.PostAsync($"{Tokens}/{token}/syncLicenses", null);
        await Eventually.IsAsync(() => Task.FromResult(service.Apple.Faults.Planned), planned => planned.All(one => one.LocationUid != organization.Location.Uid));
        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, 1);
        await organization.SyncedAsync(token);

        Assert.Equal(0, Number(await organization.GetAsync($"/vpp/tokens/{token}/sync"), "corrected"));
        Assert.Equal(["assigning", "held"], (await organization.LedgerAsync((await organization.LicenseAsync(app, "SY-1")).Id)).Select(line => line.ToState));
    }

    [Fact]
    [Trait("Rule", "S8")]
    public async Task Sync_WhileItRuns_ShowsHowFarItIs()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("8000071", 50);
        organization.Location.Assign("8000071", Enumerable.Range(1, 12).Select(n => $"FOREIGN{n:D3}"));
        var token = await organization.UploadTokenAsync();
        service.Apple.Faults.Next("/users", 1, Fault.Slow(TimeSpan.FromSeconds(2)), organization.Location.Uid);

        await organization.PostAsync($"{Tokens}/{token}/syncLicenses", null);
        await Eventually.IsAsync(() => Task.FromResult(service.Apple.Faults.Planned), planned => planned.All(one => one.LocationUid != organization.Location.Uid));
        var run = await organization.GetAsync($"/vpp/tokens/{token}/sync");

        // Assets and licences are read, and the users' page is not there yet.
        Assert.Equal(("running", "full", 12, 12), (run["outcome"]!.GetValue<string>(), run["kind"]!.GetValue<string>(), Number(run, "licensesRead"), Number(run, "licensesTotal")));
        Assert.InRange(Number(run, "pagesRead"), 2, 4);
        await organization.SyncedAsync(token);
    }

    [Theory]
    [Trait("Rule", "S4")]
    [InlineData("/assets", "8000021")]
    [InlineData("/assignments", "8000022")]
    [InlineData("/users", "8000023")]
    public async Task Sync_FailsHalfway_TheLastGoodDataStaysAndTheNextSyncHeals(string path, string adamId)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 5);
        organization.Location.Assign(adamId, ["FOREIGN1"]);
        var token = await organization.UploadTokenAsync();
        var before = await DataAsync(organization);
        organization.Location.Buy(adamId, 7);
        organization.Location.Unassign(adamId, ["FOREIGN1"]);
        service.Apple.Faults.Next(path, 1, Fault.Error(9602), organization.Location.Uid);

        await organization.SyncAsync(token);
        var failed = await organization.GetAsync($"/vpp/tokens/{token}/sync");

        Assert.Equal("failed", failed["outcome"]!.GetValue<string>());
        Assert.False(string.IsNullOrWhiteSpace(failed["error"]?.GetValue<string>()));
        Assert.Equal(before, await DataAsync(organization));
        await organization.SyncAsync(token);
        Assert.Equal(12, (await organization.LicensingAsync(await organization.AppAsync(adamId))).Total);
        Assert.Equal("completed", (await organization.GetAsync($"/vpp/tokens/{token}/sync"))["outcome"]!.GetValue<string>());
    }

    [Fact]
    [Trait("Rule", "S7")]
    public async Task Sync_NewAppAtApple_AppearsAndTheOldKeepsItsId()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("8000031", 5);
        var token = await organization.UploadTokenAsync();
        var old = await organization.AppAsync("8000031");
        organization.Location.AddAsset("8000032", 5);

        await organization.SyncAsync(token);

        Assert.Equal(old, await organization.AppAsync("8000031"));
        Assert.NotEqual(old, await organization.AppAsync("8000032"));
    }

    [Fact]
    public async Task Sync_RequestsThatAppleHasForgotten_AreForgottenAndNoOthers()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("8000041", 5);
        var token = await organization.UploadTokenAsync();
        await RequestAsync("long settled", "settled", DateTimeOffset.UtcNow.AddDays(-31));
        await RequestAsync("settled", "settled", DateTimeOffset.UtcNow.AddDays(-29));
        await RequestAsync("long under way", "pending", null);

        await organization.SyncAsync(token);

        Assert.Equal("long under way, settled", await service.ScalarAsync<string>(
            "select string_agg(event_id, ', ' order by event_id) from apple_requests where tenant_id = $1", organization.Tenant));

        Task RequestAsync(string name, string state, DateTimeOffset? settled) => service.ExecuteAsync("""
            insert into apple_requests (tenant_id, id, location_id, kind, pool_ids, serial_numbers, client_user_ids, state, event_id, attempts, created_at, settled_at)
            select $1, gen_random_uuid(), id, 'associate', '{}', '{}', '{}', $3, $2, 1, now() - interval '40 days', $4 from locations where tenant_id = $1
            """, organization.Tenant, name, state, (object?)settled ?? DBNull.Value);
    }

    private Task<string> DataAsync(Organization organization) => service.ScalarAsync<string>("""
        select jsonb_build_object(
            'pools', (select jsonb_agg(to_jsonb(p) order by id) from pools p where tenant_id = $1),
            'apps', (select jsonb_agg(to_jsonb(a) order by id) from apps a where tenant_id = $1),
            'licenses', (select jsonb_agg(to_jsonb(l) order by id) from licenses l where tenant_id = $1))::text
        """, organization.Tenant);

    private static int Number(JsonNode node, string property) => node[property]!.GetValue<int>();
}
