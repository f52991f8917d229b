using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses;

/// <summary>The main job: a token goes in, apps come out, licences go to those who came first.</summary>
public sealed class MainJobTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static IEnumerable<string> Serials(int count) => Enumerable.Range(1, count).Select(n => $"SN{n:D5}");

    [Fact]
    [Trait("Rule", "L4"), Trait("Rule", "L5"), Trait("Rule", "L6"), Trait("Rule", "L1")]
    public async Task Assign_100LicensesTo500Devices_First100HoldAndTheNextInLineGetsARevokedOne()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1000001", 100, name: "Warehouse Scan");
        await organization.UploadTokenAsync();
        var app = await organization.AppAsync("1000001");
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, Serials(500));

        await organization.AssignAsync(app, group);
        var first = await organization.SettledAsync(app);

        Assert.Equal((100, 100, 400), (first.Total, first.Held, first.Waiting));
        Assert.Equal(Serials(100), organization.Location.Assignments.Select(one => one.SerialNumber).Order());
        Assert.Equal(Enumerable.Repeat("noLicensesLeft", 400), await WaitingReasonsAsync(organization, app));

        var revoked = await service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = 'SN00050'", organization.Tenant);
        await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/microsoft.graph.iosVppApp/revokeDeviceLicense",
            new { managedDeviceId = revoked, notifyManagedDevices = false });
        var then = await Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures is { Settled: true, Waiting: 399 });

        Assert.Equal(100, then.Held);
        Assert.Equal(Serials(101).Where(serial => serial != "SN00050"), organization.Location.Assignments.Select(one => one.SerialNumber).Order());
        Assert.Equal(0, organization.Location.Asset("1000001").Counts.Refused);
    }

    [Fact]
    [Trait("Rule", "L2"), Trait("Rule", "L7")]
    public async Task Assign_UserLicensed_EachUserIsRegisteredWithAppleAndHoldsOneLicense()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1000002", 10);
        await organization.UploadTokenAsync();
        var app = await organization.AppAsync("1000002");
        var (group, other) = (await organization.GroupAsync(), await organization.GroupAsync("Others"));
        await organization.ImportUsersAsync(group, ["ada", "bea", "cleo"]);
        await organization.ImportUsersAsync(other, ["bea", "cleo", "dora"]);

        await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", new
        {
            mobileAppAssignments = new[]
            {
                Organization.Assignment(group, useDeviceLicensing: false), Organization.Assignment(other, useDeviceLicensing: false),
            },
        });
        var figures = await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: > 0 });

        Assert.Equal(4, figures.Held);
        Assert.Equal(4, organization.Location.Assignments.Select(one => one.ClientUserId).Distinct().Count());
        Assert.Equal(4, organization.Location.AllUsers.Count);
    }

    private static async Task<List<string>> WaitingReasonsAsync(Organization organization, Guid app) =>
        [.. (await organization.GetAsync($"/vpp/apps/{app}/licenses?state=waiting&top=1000"))["value"]!.AsArray().Select(one => one!["reason"]!.GetValue<string>())];
}
