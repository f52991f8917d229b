using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Tokens;

public sealed class DeletedTokenTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    [Trait("Rule", "T12")]
    public async Task Delete_WithLicensesHeld_SaysHowManyStayBehindAndAppleKeepsThem()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("4000001", 5);
        var token = await organization.UploadTokenAsync();
        var app = await organization.AppAsync("4000001");
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, ["DT1", "DT2", "DT3"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures is { Settled: true, Held: 3 });

        using var answer = await organization.Client.DeleteAsync($"/vpp/tokens/{token}", TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal(3, body!["licensesLeftBehind"]!.GetValue<int>());
        Assert.Equal(3, organization.Location.Assignments.Count);
        Assert.Equal(0L, await service.ScalarAsync<long>("select count(*) from apps where tenant_id = $1", organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "T12")]
    public async Task Delete_WhileALicenseIsOnItsWay_ThatOneStaysBehindToo()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("4000011", 5);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("4000011"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, ["DT4"]);
        organization.Location.HoldEvents(1);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from apple_requests where tenant_id = $1 and state = 'pending'", organization.Tenant), sent => sent == 1);

        using var answer = await organization.Client.DeleteAsync($"/vpp/tokens/{token}", TestContext.Current.CancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(TestContext.Current.CancellationToken);

        Assert.Equal(1, body!["licensesLeftBehind"]!.GetValue<int>());
        organization.Location.ReleaseEvents();
    }

    [Fact]
    [Trait("Rule", "T7"), Trait("Rule", "T12")]
    public async Task Delete_TheDuplicateThroughWhichItWasAssigned_TheLicensesStayWithTheirHolders()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("4000021", 5);
        var first = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("4000021"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, ["DT5", "DT6"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures is { Settled: true, Held: 2 });
        var second = await organization.CreateTokenAsync();

        await organization.DeleteAsync($"/vpp/tokens/{first}");
        await organization.SyncedAsync(second);

        var figures = await organization.SettledAsync(await organization.AppAsync("4000021"));
        Assert.Equal((2, 2, 2), (figures.Held, figures.Untracked, organization.Location.Assignments.Count));
    }
}
