using VppManager.Api.Tests.Directory.AppleAccounts;
using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using static VppManager.Api.Tests.Directory.CheckIns.CheckInWords;

namespace VppManager.Api.Tests.Portal;

[Collection(DevicesCollection.Name)]
public sealed class PortalTests(ServiceFixture service)
{
    [Fact]
    [Trait("Rule", "D5"), Trait("Rule", "A4"), Trait("Rule", "L14")]
    public async Task List_AppsOfEveryKind_WhatTheUserMayHaveOnThisDeviceOncePerToken()
    {
        var organization = service.Organization();
        var other = service.Apple.AddLocation("Branch office", "US");
        other.AddAsset("7300001", 5);
        organization.Location.AddAsset("7300001", 5);
        organization.Location.AddAsset("7300002", 5);
        organization.Location.AddAsset("7300003", 5);
        organization.Location.AddAsset("7300004", 5, platforms: ["macOS"]);
        await organization.UploadTokenAsync(displayName: "First");
        await organization.UploadTokenAsync(other.IssueToken(), "Second");
        var group = await organization.GroupAsync("people");
        var user = await organization.JoinUserAsync(group, "ann", "ann@corp.example");
        var (own, enrolled) = (await organization.EnrolAsync("PO-1", user), await organization.EnrolAsync("PO-2", user, AppleAccountWords.UserEnrollment));
        foreach (var app in await service.ColumnAsync<Guid>("select a.id from apps a join pools p on p.tenant_id = a.tenant_id and p.id = a.pool_id where a.tenant_id = $1 and p.adam_id in ('7300001', '7300004')", organization.Tenant))
            await organization.AssignAsync(app, group, "available");
        await organization.AssignAsync(await organization.AppAsync("7300002"), group, "available", useDeviceLicensing: false);
        await organization.AssignAsync(await organization.AppAsync("7300003"), group, "uninstall");

        var apps = await new PortalOf(service, organization, user, own).AppsAsync();
        Assert.Equal(3, apps.Count);
        Assert.Equal(["First", "First", "Second"], apps.Select(one => one["tokenName"]!.GetValue<string>()).Order());
        Assert.All(apps, one => Assert.Equal(("notInstalled", true, false), (one["state"]!.GetValue<string>(), one["canInstall"]!.GetValue<bool>(), one["canUpdate"]!.GetValue<bool>())));
        Assert.Equal([1, 4, 4], apps.Select(one => one["prompts"]!["scenario"]!.GetValue<int>()).Order().Select(row => row is 2 ? 1 : row is 5 ? 4 : row));

        var onlyUsers = Assert.Single(await new PortalOf(service, organization, user, enrolled).AppsAsync());
        Assert.Equal(("user", null), (onlyUsers["licenseType"]!.GetValue<string>(), onlyUsers["prompts"]!["scenario"]));
    }

    [Fact]
    [Trait("Rule", "D5"), Trait("Rule", "D4"), Trait("Rule", "D3")]
    public async Task Install_AppThatIsRequiredAndAvailable_FollowedFromTheLicenseToTheUpdate()
    {
        var (organization, app, user, device, portal) = await OfferedAsync("7300011", "PO-11");
        await organization.ReplaceAssignmentsAsync(app, Organization.Assignment(await GroupOfAsync(organization, user, "required")), Organization.Assignment(await GroupOfAsync(organization, user, "available"), "available"));

        Assert.Equal(202, (await portal.InstallAsync(app)).Status);
        await organization.HeldAsync(app, 1);
        Assert.Equal("licensed", await portal.StateAsync(app));
        await organization.CheckInAsync(device);
        Assert.Equal("installHandedOut", await portal.StateAsync(app));
        await organization.CheckInAsync(device, App("7300011", "1.0"));
        Assert.Equal("installed", await portal.StateAsync(app));
        Assert.Equal(409, (await portal.UpdateAsync(app)).Status);

        await service.ExecuteAsync("update apps set latest_version = '1.1' where tenant_id = $1 and id = $2", organization.Tenant, app);
        Assert.Empty((await organization.CheckInAsync(device, App("7300011", "1.0"))).Actions);
        Assert.True((await portal.AppAsync(app))["canUpdate"]!.GetValue<bool>());
        Assert.Equal(202, (await portal.UpdateAsync(app)).Status);
        Assert.Equal(["update"], (await organization.CheckInAsync(device, App("7300011", "1.0"))).Kinds);
        Assert.Empty((await organization.CheckInAsync(device, App("7300011", "1.1"))).Actions);
        Assert.False((await portal.AppAsync(app))["canUpdate"]!.GetValue<bool>());
    }

    [Fact]
    [Trait("Rule", "D5"), Trait("Rule", "A3"), Trait("Rule", "L5")]
    public async Task Install_AvailableApp_IsWrittenDownOnceWithItsArrival()
    {
        var (organization, app, user, device, portal) = await OfferedAsync("7300021", "PO-21");

        var first = await portal.InstallAsync(app);
        var seq = await service.ScalarAsync<long>("select seq from portal_installs where tenant_id = $1 and app_id = $2 and device_id = $3 and user_id = $4 and removed_at is null", organization.Tenant, app, device, user);
        await portal.InstallAsync(app);

        Assert.Equal((202, "queued"), (first.Status, first.Body["state"]!.GetValue<string>()));
        Assert.Equal([seq], await service.ColumnAsync<long>("select seq from portal_installs where tenant_id = $1", organization.Tenant));
        var never = await portal.InstallAsync(Guid.NewGuid());
        Assert.Equal((422, "appNotOffered"), (never.Status, never.Body["code"]!.GetValue<string>()));
    }

    [Fact]
    [Trait("Rule", "A2"), Trait("Rule", "D5")]
    public async Task List_DeviceThatHasComeIntoAGroupOfUsers_IsOfferedNothingByThat()
    {
        var (organization, app, _, _, _) = await OfferedAsync("7300051", "PO-51");
        var user = await organization.UserAsync("another");
        var device = await organization.EnrolAsync("PO-52", user);
        var group = await organization.GroupAsync();
        await organization.ReplaceAssignmentsAsync(app, Organization.Assignment(group, "available"));

        await organization.JoinAsync(group, device);
        Assert.Empty(await new PortalOf(service, organization, user, device).AppsAsync());

        await organization.JoinAsync(group, user);
        Assert.Single(await new PortalOf(service, organization, user, device).AppsAsync());
    }

    [Fact]
    [Trait("Rule", "L17")]
    public async Task CheckIn_UserDeletedAnAvailableApp_NotAgainUntilAskedForAgain()
    {
        var (organization, app, _, device, portal) = await OfferedAsync("7300031", "PO-31");
        await portal.InstallAsync(app);
        await organization.CheckInAsync(device, App("7300031"));

        Assert.Empty((await organization.CheckInAsync(device)).Actions);
        Assert.Equal(("removed", "notInstalled"), ((await organization.StateAsync(device, app)).State, await portal.StateAsync(app)));
        Assert.Equal(("notInstalled", "managedAppNoLongerPresent", 0), await organization.GraphStateAsync(device, app));
        Assert.Equal(1, await service.ScalarAsync<long>("select count(*) from portal_installs where tenant_id = $1 and removed_at is not null", organization.Tenant));

        await organization.HeldAsync(app, 1);
        Assert.Equal("licensed", (await portal.InstallAsync(app)).Body["state"]!.GetValue<string>());

        await organization.ReplaceAssignmentsAsync(app);
        await organization.CheckInAsync(device);
        Assert.Empty(await service.ColumnAsync<Guid>("select app_id from portal_installs where tenant_id = $1", organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "D5"), Trait("Rule", "G5")]
    public async Task Portal_SomebodyElse_SeesNothing()
    {
        var (organization, app, user, device, _) = await OfferedAsync("7300041", "PO-41");
        var (name, someone) = ("eve@example.com", PortalOf.ObjectIdOf(service, organization.Tenant, "eve@example.com"));
        await organization.PostAsync("/vpp/directory/import", new { users = new[] { new { id = someone, userPrincipalName = name, displayName = "Eve", accountEnabled = true } } });
        var own = await organization.EnrolAsync("PO-42", someone);
        var asEve = service.Client(organization.Tenant, user: name, permissions: ["User.Read"]);

        Assert.Equal(200, (await new PortalOf(service, organization, someone, own, asEve).SendAsync(HttpMethod.Get, "")).Status);
        Assert.Equal(404, (await new PortalOf(service, organization, user, device, asEve).SendAsync(HttpMethod.Get, "")).Status);
        Assert.Equal(404, (await new PortalOf(service, organization, someone, device, asEve).InstallAsync(app)).Status);
        Assert.Equal(404, (await new PortalOf(service, organization, someone, device).InstallAsync(app)).Status);
        var admin = new PortalOf(service, organization, user, device, organization.Client);
        Assert.Equal(404, (await admin.SendAsync(HttpMethod.Get, "")).Status);
        var reader = service.Client(organization.Tenant, permissions: ["DeviceManagementApps.Read.All"], application: true);
        Assert.Equal(403, (await new PortalOf(service, organization, user, device, reader).SendAsync(HttpMethod.Get, "")).Status);
    }

    [Fact]
    [Trait("Rule", "D6")]
    public async Task Assign_UserLicensedToAKiosk_Warns()
    {
        var (organization, app, user, device, portal) = await OfferedAsync("7300051", "PO-51");
        await organization.PatchAsync($"/vpp/devices/{device}", new { isKiosk = true, isSupervised = true });
        Assert.Equal(7, (await portal.AppAsync(app))["prompts"]!["scenario"]!.GetValue<int>());
        Assert.Empty((await organization.GetAsync($"/vpp/apps/{app}/licensing"))["warnings"]!.AsArray());

        await organization.AssignAsync(app, await GroupOfAsync(organization, user, "kiosks"), "available", useDeviceLicensing: false);

        Assert.Equal("userLicensedOnKiosk", Assert.Single((await organization.GetAsync($"/vpp/apps/{app}/licensing"))["warnings"]!.AsArray())!["code"]!.GetValue<string>());
        Assert.Contains(service.Hosts[0].Log.Lines, line => line.Contains("kiosk mode", StringComparison.Ordinal));
        var prompts = (await portal.AppAsync(app))["prompts"]!;
        Assert.Equal((8, false), (prompts["scenario"]!.GetValue<int>(), prompts["isRecommended"]!.GetValue<bool>()));
    }

    /// <summary>An app that is available to a user with one device.</summary>
    private async Task<(Organization, Guid App, Guid User, Guid Device, PortalOf)> OfferedAsync(string adamId, string serialNumber)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 5);
        await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync(adamId), await organization.GroupAsync());
        var user = await organization.JoinUserAsync(group, "ann");
        var device = await organization.EnrolAsync(serialNumber, user);
        await organization.AssignAsync(app, group, "available");
        return (organization, app, user, device, new PortalOf(service, organization, user, device));
    }

    private static async Task<Guid> GroupOfAsync(Organization organization, Guid member, string name)
    {
        var group = await organization.GroupAsync(name);
        await organization.JoinAsync(group, member);
        return group;
    }
}
