using System.Net;
using System.Net.Http.Json;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;

namespace VppManager.Api.Tests.Licenses;

/// <summary>Licences taken back: at Apple, for good, until somebody says otherwise.</summary>
[Trait("Rule", "L21")]
public sealed class RevokeTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Graph = "/beta/deviceAppManagement";

    [Fact]
    public async Task ByDevice_OfOneApp_TakenBackAndNotGivenAgainByASync()
    {
        var (organization, token, app) = await WithDevicesAsync("5000001", 5, "RV-A1", "RV-A2");
        var device = await DeviceIdAsync(organization, "RV-A1");

        await organization.RevokeAsync(app, "revokeDeviceLicense", new { managedDeviceId = device, notifyManagedDevices = false });
        await organization.HeldAsync(app, 1);
        await organization.SyncAsync(token);
        await organization.HeldAsync(app, 1);

        Assert.Equal(["RV-A2"], organization.SerialsAtApple("5000001"));
        Assert.Equal("released", (await organization.LicenseAsync(app, "RV-A1")).State);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    public async Task ByDevice_OfAllApps_ThatDeviceAloneLosesThemAll()
    {
        var (organization, _, app) = await WithDevicesAsync("5000011", 5, "RV-B1", "RV-B2");
        var second = await AddAppAsync(organization, "5000012", "RV-B1", "RV-B2");

        await organization.PostAsync($"/beta/deviceManagement/managedDevices/{await DeviceIdAsync(organization, "RV-B1")}/revokeAppleVppLicenses", null);
        await organization.HeldAsync(app, 1);
        await organization.HeldAsync(second, 1);

        Assert.All(organization.Location.Assignments, one => Assert.Equal("RV-B2", one.SerialNumber));
    }

    [Fact]
    public async Task ByUser_OfOneApp_TakenBackAndNotGivenAgainByASync()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("5000021", 5);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("5000021"), await organization.GroupAsync());
        var (ada, bea) = (await organization.UserAsync("ada"), await organization.UserAsync("bea"));
        await organization.JoinAsync(group, ada);
        await organization.JoinAsync(group, bea);
        await organization.AssignAsync(app, group, useDeviceLicensing: false);
        await organization.HeldAsync(app, 2);

        await organization.RevokeAsync(app, "revokeUserLicense", new { userId = ada, notifyManagedDevices = false });
        await organization.HeldAsync(app, 1);
        await organization.SyncAsync(token);
        await organization.HeldAsync(app, 1);

        var left = Assert.Single(organization.Location.Assignments).ClientUserId;
        Assert.Equal(bea, await service.ScalarAsync<Guid>("select user_id from apple_users where tenant_id = $1 and client_user_id = $2", organization.Tenant, left!));
        Assert.Equal("released", (await organization.LicenseAsync(app, ada.ToString())).State);
    }

    [Fact]
    public async Task ByUser_WhoHasADeviceWithALicenceOfItsOwn_TheUsersAloneIsTakenBack()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("5000091", 5);
        await organization.UploadTokenAsync();
        var (app, ada) = (await organization.AppAsync("5000091"), await organization.UserAsync("ada"));
        var licensed = await organization.DeviceAsync("RV-I1", ada);
        await organization.DeviceAsync("RV-I2", ada);
        await organization.AssignAllAsync(app, (await organization.GroupOfAsync(licensed), "required", true), (await organization.GroupOfAsync(ada), "required", false));
        await service.HoldersAsync(organization, app, "RV-I1", "ada");

        await organization.RevokeAsync(app, "revokeUserLicense", new { userId = ada });

        await service.HoldersAsync(organization, app, "RV-I1");
    }

    [Fact]
    [Trait("Rule", "L11")]
    public async Task Book_OfAUser_IsNotTakenBackByAnyScope()
    {
        var (organization, book, token) = await service.WithAppAsync("5000101", 5, AppKind.Book);
        var ada = await organization.UserAsync("ada");
        var target = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.groupAssignmentTarget", ["groupId"] = await organization.GroupOfAsync(ada) };
        await organization.PostAsync($"/v1.0/deviceAppManagement/managedEBooks/{book}/assign", new { managedEBookAssignments = new[] { new { installIntent = "required", target } } });
        await service.HoldersAsync(organization, book, "ada");

        foreach (var scope in (object[])[new { appId = book }, new { tokenId = token }, new { userId = ada }])
            Assert.Equal(0, (await organization.PostAsync("/vpp/licenses/revoke", scope))["licenses"]!.GetValue<int>());

        await organization.SyncAsync(token);
        await service.HoldersAsync(organization, book, "ada");
    }

    [Fact]
    public async Task ByApp_ThoseWhoWaitedToo_NobodyHoldsOrGetsItThoughMoreAreBought()
    {
        var (organization, token, app) = await WithDevicesAsync("5000031", 2, "RV-C1", "RV-C2", "RV-C3");
        var other = await AddAppAsync(organization, "5000032", "RV-C1");

        await organization.RevokeAsync(app, "revokeAllLicenses");
        await organization.HeldAsync(app, 0);
        organization.Location.Buy("5000031", 10);
        await organization.SyncAsync(token);
        var figures = await organization.HeldAsync(app, 0);

        Assert.Equal((12, 0), (figures.Total, figures.Waiting));
        Assert.Empty(organization.SerialsAtApple("5000031"));
        Assert.Equal(1, (await organization.LicensingAsync(other)).Held);
    }

    [Fact]
    [Trait("Rule", "T13"), Trait("Rule", "S5")]
    public async Task ByToken_UntrackedStayUnlessAskedFor_ThenNothingIsLeftAtApple()
    {
        var (organization, token, app) = await WithDevicesAsync("5000041", 5, "RV-D1", "RV-D2");
        organization.Location.Assign("5000041", ["FOREIGN-1"]);
        await organization.SyncAsync(token);
        await organization.HeldAsync(app, 3);

        await organization.PostAsync($"{Graph}/vppTokens/{token}/revokeLicenses", new { notifyManagedDevices = false });
        await organization.HeldAsync(app, 1);
        Assert.Equal(["FOREIGN-1"], organization.SerialsAtApple("5000041"));

        await organization.PostAsync($"{Graph}/vppTokens/{token}/revokeLicenses", new { notifyManagedDevices = false, revokeUntrackedLicenses = true });
        await organization.HeldAsync(app, 0);
        Assert.Empty(organization.Location.Assignments);
    }

    [Fact]
    public async Task AssignAgain_ARevokedLicence_IsGivenOnceMore()
    {
        var (organization, _, app) = await WithDevicesAsync("5000051", 5, "RV-E1");
        await organization.RevokeAsync(app, "revokeAllLicenses");
        await organization.HeldAsync(app, 0);

        await organization.AssignAgainAsync((await organization.LicenseAsync(app, "RV-E1")).Id);
        await organization.HeldAsync(app, 1);

        Assert.Equal(["RV-E1"], organization.SerialsAtApple("5000051"));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    public async Task AssignAnew_AfterARevoke_IsGivenButNotByRepeatingTheOldAssignment()
    {
        var (organization, _, app) = await WithDevicesAsync("5000061", 5, "RV-F1");
        var old = await service.ScalarAsync<Guid>("select group_id from assignments where tenant_id = $1", organization.Tenant);
        await organization.RevokeAsync(app, "revokeAllLicenses");
        await organization.HeldAsync(app, 0);

        await organization.AssignAsync(app, old);
        await organization.HeldAsync(app, 0);
        var anew = await organization.GroupAsync("Anew");
        await organization.JoinAsync(anew, await DeviceIdAsync(organization, "RV-F1"));
        await organization.AssignAsync(app, anew);
        await organization.HeldAsync(app, 1);

        Assert.Equal(["RV-F1"], organization.SerialsAtApple("5000061"));
    }

    [Fact]
    [Trait("Rule", "L23")]
    public async Task Ledger_OfARevokedLicence_TellsWhoWhyAndApplesEvents()
    {
        var (organization, _, app) = await WithDevicesAsync("5000071", 5, "RV-G1");
        await organization.RevokeAsync(app, "revokeAllLicenses");
        await organization.HeldAsync(app, 0);

        var ledger = await organization.LedgerAsync((await organization.LicenseAsync(app, "RV-G1")).Id);

        Assert.Equal(["assigning", "held", "releasing", "released"], ledger.Select(line => line.ToState));
        Assert.Equal(("assignment", "admin@example.com"), (ledger[0].Cause, ledger[0].Actor));
        Assert.Equal(("revoke", "admin@example.com"), (ledger[2].Cause, ledger[2].Actor));
        var events = await service.ColumnAsync<string>("select event_id from apple_requests where tenant_id = $1 order by created_at", organization.Tenant);
        Assert.Equal(events, [ledger[1].EventId!, ledger[3].EventId!]);
    }

    [Fact]
    public async Task Revoke_TwiceOrWithoutALicence_RefusedWithItsReason()
    {
        var (organization, _, app) = await WithDevicesAsync("5000081", 5, "RV-H1");
        var (device, without) = (await DeviceIdAsync(organization, "RV-H1"), await organization.DeviceAsync("RV-H2"));
        await organization.RevokeAsync(app, "revokeDeviceLicense", new { managedDeviceId = device });
        await organization.HeldAsync(app, 0);

        Assert.Equal(HttpStatusCode.Conflict, await StatusAsync(organization, app, device));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(organization, app, without));
    }

    private async Task<(Organization Organization, Guid Token, Guid App)> WithDevicesAsync(string adamId, int licenses, params string[] serials)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, licenses);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync(adamId), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, serials);
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from marks where tenant_id = $1", organization.Tenant), marks => marks == 0);
        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, Math.Min(licenses, serials.Length));
        return (organization, token, app);
    }

    /// <summary>One more app for devices that are here already.</summary>
    private async Task<Guid> AddAppAsync(Organization organization, string adamId, params string[] serials)
    {
        organization.Location.AddAsset(adamId, 10);
        await organization.SyncAsync(await service.ScalarAsync<Guid>("select id from tokens where tenant_id = $1", organization.Tenant));
        var (app, group) = (await organization.AppAsync(adamId), await organization.GroupAsync("More"));
        foreach (var serial in serials) await organization.JoinAsync(group, await DeviceIdAsync(organization, serial));
        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, serials.Length);
        return app;
    }

    private Task<Guid> DeviceIdAsync(Organization organization, string serial) =>
        service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = $2", organization.Tenant, serial);

    private static async Task<HttpStatusCode> StatusAsync(Organization organization, Guid app, Guid device)
    {
        using var answer = await organization.Client.PostAsJsonAsync(
            $"{Graph}/mobileApps/{app}/microsoft.graph.iosVppApp/revokeDeviceLicense", new { managedDeviceId = device }, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
