using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Tokens;

/// <summary>Tokens from before there were locations, and the way to Apps and Books.</summary>
[Trait("Rule", "T11")]
public sealed class LegacyTokenTests(QuickServiceFixture service) : IClassFixture<QuickServiceFixture>
{
    private const string AdamId = "1300000001";

    [Fact]
    public async Task Migration_AsTheArticleSays_KeepsAppsAssignmentsAndLicencesAndServesWhoWaited()
    {
        // A purchaser's token: apps and licences are seen, nothing can be given through it.
        var organization = service.Organization("DE");
        organization.Location.AddAsset(AdamId, 10, name: "Legacy app");
        organization.Location.Assign(AdamId, ["LG-1", "LG-2"]);
        var token = await organization.UploadTokenAsync(organization.Location.IssueLegacyToken());
        var app = await organization.AppAsync(AdamId);
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, ["LG-1", "LG-3"]);
        await organization.AssignAsync(app, group);
        var before = await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 2, Waiting: 1 });
        var held = await LicenseAsync(organization, "LG-1");

        Assert.Equal(10, before.Total);
        Assert.Equal(["legacyToken"], await service.ColumnAsync<string>("select reason from licenses where tenant_id = $1 and state = 'waiting'", organization.Tenant));
        var view = await organization.GetAsync($"/vpp/tokens/{token}");
        Assert.Equal((true, "valid", "legacyToken"), (view["isLegacy"]!.GetValue<bool>(), view["state"]!.GetValue<string>(), view["stateCause"]!.GetValue<string>()));
        Assert.Null(organization.Location.MdmInfo);

        // The purchaser joins the organisation; Apple moves all licences to a location; its token renews the old one.
        var location = service.Apple.AddLocation("Joined", "DE");
        organization.Location.MigrateTo(location);
        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { token = location.IssueToken().VpptokenFile });
        await organization.SyncedAsync(token);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 3, Waiting: 0 });

        Assert.Equal(app, await organization.AppAsync(AdamId));
        Assert.Equal(held, await LicenseAsync(organization, "LG-1"));
        Assert.Equal(1, await service.ScalarAsync<long>("select count(*) from assignments where tenant_id = $1", organization.Tenant));
        Assert.Equal(["LG-1", "LG-2", "LG-3"], location.Assignments.Select(row => row.SerialNumber!).Order());
        Assert.Equal([location.Uid], await service.ColumnAsync<string>("select uid from locations where tenant_id = $1", organization.Tenant));
        Assert.False((await organization.GetAsync($"/vpp/tokens/{token}"))["isLegacy"]!.GetValue<bool>());
        Assert.Equal(organization.Tenant.ToString(), location.MdmInfo?.Id);
    }

    [Fact]
    public async Task Renewal_LocationThatIsHereAlready_JoinsThePoolsAndWhoHoldsTwiceHoldsOnce()
    {
        var organization = service.Organization();
        var location = service.Apple.AddLocation("Joined");
        organization.Location.AddAsset("1300000002", 4);
        organization.Location.Assign("1300000002", ["LG-1", "LG-2"]);
        location.AddAsset("1300000002", 6);
        location.Assign("1300000002", ["LG-2", "LG-3"]);
        var legacy = await organization.UploadTokenAsync(organization.Location.IssueLegacyToken());
        var other = await organization.UploadTokenAsync(location.IssueToken());

        await organization.PatchAsync($"{TokenWords.Tokens}/{legacy}", new { token = location.IssueToken().VpptokenFile });

        Assert.Equal("duplicateLocationId", await organization.StateAsync(legacy));
        Assert.Equal("duplicateLocationId", await organization.StateAsync(other));
        Assert.Equal([3], await service.ColumnAsync<int>("select taken from pools where tenant_id = $1", organization.Tenant));
        Assert.Equal(["LG-1", "LG-2", "LG-3"], await service.ColumnAsync<string>("select holder from licenses where tenant_id = $1 order by 1", organization.Tenant));
        Assert.Equal(2, await service.ScalarAsync<long>("select count(*) from apps where tenant_id = $1", organization.Tenant));
    }

    [Fact]
    public async Task LocationToken_RenewedWithALegacyFile_IsRefused()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();
        var purchaser = service.Apple.AddLocation("Purchaser").IssueLegacyToken();

        var (status, _) = await organization.TryPatchAsync(token, new { token = purchaser.VpptokenFile });

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Equal("valid", await organization.StateAsync(token));
    }

    [Fact, Trait("Rule", "T6")]
    public async Task LegacyToken_OfAnotherTenant_IsRefused()
    {
        var owner = service.Organization();
        await owner.UploadTokenAsync(owner.Location.IssueLegacyToken());
        var other = new Organization(service, owner.Location);

        var (status, _) = await other.TryCreateAsync(owner.Location.IssueLegacyToken().VpptokenFile);

        Assert.Equal(HttpStatusCode.Conflict, status);
    }

    [Fact]
    public async Task Delete_LegacyToken_Warns()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync(organization.Location.IssueLegacyToken());

        using var answer = await organization.Client.DeleteAsync($"/vpp/tokens/{token}", TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Contains("assigned again", body!["warning"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private Task<Guid> LicenseAsync(Organization organization, string holder) =>
        service.ScalarAsync<Guid>("select id from licenses where tenant_id = $1 and holder = $2 and state = 'held' and tracked", organization.Tenant, holder);
}
