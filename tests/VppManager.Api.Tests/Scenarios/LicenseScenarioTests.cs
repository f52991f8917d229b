using VppManager.Api.Tests.Directory.AppleAccounts;
using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using static VppManager.Api.Tests.Directory.CheckIns.CheckInWords;

namespace VppManager.Api.Tests.Scenarios;

/// <summary>Licences that come back, that stay behind, and that are too few.</summary>
[Collection(ScenariosCollection.Name)]
public sealed class LicenseScenarioTests(ScenarioFixture service)
{
    [Fact]
    [Trait("Rule", "L18"), Trait("Rule", "L6"), Trait("Rule", "A7"), Trait("Rule", "D1"), Trait("Rule", "D3")]
    public async Task EmployeeLeaves_LicencesComeBack_AppIsRemovedAndTheNextInLineIsServed()
    {
        // Four people, two licences.
        const string adamId = "7800041";
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 2);
        await organization.UploadTokenAsync();
        var (app, staff) = (await organization.FindAppAsync(adamId), await organization.GroupAsync("Staff"));
        var (people, devices) = (new List<Guid>(), new List<Guid>());
        foreach (var name in (string[])["ann", "ben", "cat", "dan"])
        {
            people.Add(await organization.JoinUserAsync(staff, name));
            devices.Add(await organization.OwnDeviceAsync($"SC-4-{name}", people[^1]));
        }

        await organization.AssignAsync(app, staff);
        await organization.HeldAtAppleAsync(app, adamId, "SC-4-ann", "SC-4-ben");
        await organization.InstallsAsync(devices[0], adamId);
        await organization.InstallsAsync(devices[1], adamId);
        Assert.Equal(("failed", "noLicensesLeft"), await organization.StateAsync(devices[2], app));

        // Ann leaves the group: her licence goes to Cat, and her device is to remove the app.
        await organization.LeaveAsync(staff, people[0]);
        await organization.HeldAtAppleAsync(app, adamId, "SC-4-ben", "SC-4-cat");
        Assert.Equal(["remove"], (await organization.CheckInAsync(devices[0], App(adamId))).Kinds);
        Assert.Empty((await organization.CheckInAsync(devices[0])).Actions);
        await organization.InstallsAsync(devices[2], adamId);

        // Ben's account is disabled: his goes to Dan.
        await organization.PatchAsync($"/v1.0/users/{people[1]}", new { accountEnabled = false });
        await organization.HeldAtAppleAsync(app, adamId, "SC-4-cat", "SC-4-dan");
        Assert.Equal(["remove"], (await organization.CheckInAsync(devices[1], App(adamId))).Kinds);
        await organization.InstallsAsync(devices[3], adamId);
        Assert.Equal(2, organization.Location.Asset(adamId).Counts.MostAssigned);
    }

    [Fact]
    [Trait("Rule", "L16"), Trait("Rule", "L24"), Trait("Rule", "A9"), Trait("Rule", "L6")]
    public async Task DeviceRetired_LicenceStays_IsThereWhenItComesBack_OrIsReclaimedAfterAPreview()
    {
        const string adamId = "7800051";
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 2);
        await organization.UploadTokenAsync();
        var (app, fleet) = (await organization.FindAppAsync(adamId), await organization.GroupAsync("Fleet"));
        var devices = new List<Guid>();
        foreach (var serial in (string[])["SC-5A", "SC-5B", "SC-5C"])
        {
            devices.Add(await organization.CorporateDeviceAsync(serial));
            await organization.JoinAsync(fleet, devices[^1]);
        }

        await organization.AssignAsync(app, fleet);
        await organization.HeldAtAppleAsync(app, adamId, "SC-5A", "SC-5B");
        await organization.InstallsAsync(devices[0], adamId);
        var sent = service.ChangesSent(organization);

        // Two devices are retired: their licences stay, though somebody waits.
        await organization.RetireAsync(devices[0]);
        await organization.RetireAsync(devices[1]);
        await organization.HeldAtAppleAsync(app, adamId, "SC-5A", "SC-5B");
        Assert.Equal(["SC-5A", "SC-5B"], await organization.OrphansAsync());

        // One is wiped and enrolled again: it has its licence still, and takes no second one.
        var again = await organization.CorporateDeviceAsync("SC-5A");
        Assert.Equal(["SC-5B"], await organization.OrphansAsync());
        await organization.HeldAtAppleAsync(app, adamId, "SC-5A", "SC-5B");
        await organization.InstallsAsync(again, adamId);
        Assert.Equal(sent, service.ChangesSent(organization));

        // The other's is reclaimed, as the preview says, and goes to who waits.
        var selection = new { filter = new { serialNumber = "SC-5B" } };
        Assert.Equal(1, (await organization.PostAsync("/vpp/licenses/orphaned/preview", selection))["seatsFreed"]!.GetValue<int>());
        Assert.Equal(sent, service.ChangesSent(organization));
        Assert.Equal(1, (await organization.PostAsync("/vpp/licenses/orphaned/reclaim", selection))["licenses"]!.GetValue<int>());
        await organization.HeldAtAppleAsync(app, adamId, "SC-5A", "SC-5C");
        await organization.InstallsAsync(devices[2], adamId);
        Assert.Empty(await organization.OrphansAsync());
    }

    [Fact]
    [Trait("Rule", "L4"), Trait("Rule", "L5"), Trait("Rule", "L6"), Trait("Rule", "S2"), Trait("Rule", "D3")]
    public async Task Oversubscribed_100LicencesFor500_First100AreServed_AndTheNextTenWhenTenAreBought()
    {
        const string adamId = "7800061";
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 100);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.FindAppAsync(adamId), await organization.GroupAsync());
        string[] serials = [.. Enumerable.Range(1, 500).Select(n => $"SC-6{n:D3}")];
        await organization.ImportDevicesAsync(group, serials);

        await organization.AssignAsync(app, group);
        await organization.HeldAtAppleAsync(app, adamId, serials[..100]);
        var (waiting, who) = await organization.QueueAsync(app);
        Assert.Equal(400, waiting);
        Assert.Equal(serials[100..].Select((serial, place) => (place + 1, serial, "noLicensesLeft")), who);

        organization.Location.Buy(adamId, 10);
        await organization.SyncAsync(token);
        await organization.HeldAtAppleAsync(app, adamId, serials[..110]);
        var (left, next) = await organization.QueueAsync(app);
        Assert.Equal((390, (1, serials[110], "noLicensesLeft")), (left, next[0]));

        // What the last one served and the first one still waiting see.
        var devices = (await organization.ListAsync("/beta/deviceManagement/managedDevices?$filter=serialNumber eq 'SC-6110' or serialNumber eq 'SC-6111'&$orderby=serialNumber"))
            .ConvertAll(one => one["id"]!.GetValue<Guid>());
        await organization.InstallsAsync(devices[0], adamId);
        Assert.Empty((await organization.CheckInAsync(devices[1])).Actions);
        Assert.Equal(("failed", "noLicensesLeft"), await organization.StateAsync(devices[1], app));
        Assert.Equal(110, organization.Location.Asset(adamId).Counts.MostAssigned);
    }
}
