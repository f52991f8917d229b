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
}
