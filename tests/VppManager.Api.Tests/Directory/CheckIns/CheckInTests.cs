using VppManager.Api.Tests.Directory.AppleAccounts;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using static VppManager.Api.Tests.Directory.CheckIns.CheckInWords;

namespace VppManager.Api.Tests.Directory.CheckIns;

[Collection(DevicesCollection.Name)]
public sealed class CheckInTests(ServiceFixture service)
{
    [Fact]
    [Trait("Rule", "D1"), Trait("Rule", "D2"), Trait("Rule", "D3"), Trait("Rule", "A3")]
    public async Task CheckIn_RequiredApp_InstallIsHandedOutUntilItIsThereAndTheStateIsShownEverywhere()
    {
        var (organization, app, group) = await WithAppAsync("7200001", 1);
        var (device, second) = (await organization.DeviceAsync("CI-1"), await organization.DeviceAsync("CI-2"));
        await organization.JoinAsync(group, device);
        await organization.JoinAsync(group, second);
        await organization.ReplaceAssignmentsAsync(app, new Dictionary<string, object?>(Organization.Assignment(group))
        {
            ["settings"] = new Dictionary<string, object?>
            {
                ["@odata.type"] = "#microsoft.graph.iosVppAppAssignmentSettings",
                ["useDeviceLicensing"] = true,
                ["uninstallOnDeviceRemoval"] = true,
                ["preventManagedAppBackup"] = true,
                ["isRemovable"] = false,
                ["vpnConfigurationId"] = "11111111-2222-3333-4444-555555555555",
            },
        });
        await organization.HeldAsync(app, 1);

        var told = (await organization.CheckInAsync(device)).Only("install");
        Assert.Equal(("7200001", 1, "device", 5), (told["iTunesStoreId"]!.GetValue<string>(), told["purchaseMethod"]!.GetValue<int>(), told["licenseType"]!.GetValue<string>(), told["managementFlags"]!.GetValue<int>()));
        Assert.Equal("Managed", told["changeManagementState"]!.GetValue<string>());
        Assert.Equal((false, "11111111-2222-3333-4444-555555555555"), (told["attributes"]!["removable"]!.GetValue<bool>(), told["attributes"]!["vpnUuid"]!.GetValue<string>()));
        Assert.Equal(told["id"]!.GetValue<Guid>(), (await organization.CheckInAsync(device)).Only("install")["id"]!.GetValue<Guid>());
        Assert.Equal(("pendingInstall", "noAdditionalDetails", 0), await organization.GraphStateAsync(device, app));
        Assert.Empty((await organization.CheckInAsync(second)).Actions);
        Assert.Equal(("failed", "noLicensesLeft"), await organization.StateAsync(second, app));

        Assert.Empty((await organization.CheckInAsync(device, App("7200001"))).Actions);
        Assert.Equal(("installed", null), await organization.StateAsync(device, app));
        Assert.Equal(("installed", "noAdditionalDetails", 0), await organization.GraphStateAsync(device, app));
        Assert.Equal(("failed", "seeInstallErrorCode", -2016330882), await organization.GraphStateAsync(second, app));
        var page = await organization.GetAsync($"/vpp/apps/{app}/installs?top=1");
        Assert.Equal((1, 1), (page["counts"]!["installed"]!.GetValue<int>(), page["counts"]!["failed"]!.GetValue<int>()));
        var next = await organization.GetAsync($"/vpp/apps/{app}/installs?top=1&after={page["next"]}");
        Assert.Equal(new[] { device, second }.Order(), page["value"]!.AsArray().Concat(next["value"]!.AsArray()).Select(one => one!["deviceId"]!.GetValue<Guid>()).Order());
    }

    [Fact]
    [Trait("Rule", "L17"), Trait("Rule", "D3")]
    public async Task CheckIn_RequiredAppIsGone_InstalledAgainAndTheLicenseStays()
    {
        var (organization, app, device) = await InstalledAsync("7200011", "CI-11");

        Assert.Equal(["install"], (await organization.CheckInAsync(device)).Kinds);

        Assert.Equal("held", (await organization.LicenseAsync(app, "CI-11")).State);
        Assert.Equal(("pending", null), await organization.StateAsync(device, app));
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task CheckIn_DeviceSaysWhyItFailed_ShownWithItsOwnWordsAndTriedAgain()
    {
        var (organization, app, device) = await InstalledAsync("7200021", "CI-21");

        var told = await organization.CheckInAsync(device, new { adamId = "7200021", status = "failed", errorCode = 9610, errorText = "No license was found" });

        Assert.Equal(["install"], told.Kinds);
        Assert.Equal(("failed", "noLicenseFoundByDevice"), await organization.StateAsync(device, app));
        Assert.Equal(("failed", "seeInstallErrorCode", -2016330859), await organization.GraphStateAsync(device, app));
        var row = (await organization.GetAsync($"/vpp/apps/{app}/installs?state=failed"))["value"]!.AsArray().Single()!;
        Assert.Equal((9610, "No license was found"), (row["deviceErrorCode"]!.GetValue<int>(), row["deviceErrorText"]!.GetValue<string>()));
    }

    [Fact]
    [Trait("Rule", "L19"), Trait("Rule", "L20"), Trait("Rule", "D1")]
    public async Task CheckIn_UninstalledOrNoLongerAssigned_RemovedFromIos()
    {
        var (organization, app, device) = await InstalledAsync("7200031", "CI-31");
        var group = await organization.GroupAsync("devices again");
        await organization.JoinAsync(group, device);

        await organization.AssignAsync(app, group, "uninstall");
        Assert.Equal(["remove"], (await organization.CheckInAsync(device, App("7200031"))).Kinds);
        Assert.Empty((await organization.CheckInAsync(device)).Actions);
        Assert.Equal("removed", (await organization.StateAsync(device, app)).State);

        await organization.CheckInAsync(device, App("7200031"));
        await organization.ReplaceAssignmentsAsync(app);
        Assert.Equal(["remove"], (await organization.CheckInAsync(device, App("7200031"))).Kinds);
        await organization.CheckInAsync(device);
        Assert.Empty((await organization.GetAsync($"/vpp/devices/{device}/apps"))["value"]!.AsArray());
    }

    [Theory]
    [Trait("Rule", "L19"), Trait("Rule", "L14")]
    [InlineData("intune2020", "7200041", 0)]
    [InlineData("intune2026", "7200042", 1)]
    public async Task CheckIn_UninstalledOnMacOs_RemovedOnlyByTheLaterRules(string behavior, string adamId, int removals)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 3, platforms: ["macOS", "iOS"]);
        await organization.UploadTokenAsync();
        await service.ExecuteAsync("update tenants set behavior = $2 where id = $1", organization.Tenant, behavior);
        var (mac, ios) = (await organization.AppAsync(adamId, Core.Assignments.AppKind.MacOs), await organization.AppAsync(adamId));
        var group = await organization.GroupAsync();
        var device = await organization.DeviceAsync($"MAC-{adamId}", operatingSystem: "macOS");
        await organization.JoinAsync(group, device);
        await organization.AssignAsync(mac, group);
        await organization.AssignAsync(ios, group);
        await organization.HeldAsync(mac, 1);

        Assert.Equal(mac, (await organization.CheckInAsync(device)).Only("install")["appId"]!.GetValue<Guid>());
        Assert.Equal(("notApplicable", "platformNotApplicable", 0), await organization.GraphStateAsync(device, ios));
        await organization.CheckInAsync(device, App(adamId));
        await organization.AssignAsync(mac, group, "uninstall");

        Assert.Equal(removals, (await organization.CheckInAsync(device, App(adamId))).Actions.Count);
        Assert.Equal("installed", (await organization.StateAsync(device, mac)).State);

        // The app of the other platform has the same number and name.
        await organization.AssignAsync(mac, group);
        await organization.AssignAsync(ios, group, "uninstall");
        Assert.Empty((await organization.CheckInAsync(device, App(adamId))).Actions);
    }

    [Fact]
    [Trait("Rule", "A4"), Trait("Rule", "A6")]
    public async Task CheckIn_AssetOfTwoTokens_WhatOneRequiresTheOtherDoesNotRemove()
    {
        var (organization, app, device) = await InstalledAsync("7200101", "CI-101");
        var other = service.Apple.AddLocation("Branch office", "US");
        other.AddAsset("7200101", 5);
        var token = await organization.UploadTokenAsync(other.IssueToken(), "Second");
        var twin = await service.ScalarAsync<Guid>("select id from apps where tenant_id = $1 and token_id = $2", organization.Tenant, token);
        var group = await organization.GroupAsync("devices again");
        await organization.JoinAsync(group, device);
        await organization.AssignAsync(twin, group);
        await organization.HeldAsync(twin, 1);
        Assert.Empty((await organization.CheckInAsync(device, App("7200101"))).Actions);

        await organization.AssignAsync(app, group, "uninstall");
        Assert.Empty((await organization.CheckInAsync(device, App("7200101"))).Actions);
        await organization.ReplaceAssignmentsAsync(app);
        Assert.Empty((await organization.CheckInAsync(device, App("7200101"))).Actions);

        await organization.ReplaceAssignmentsAsync(twin);
        Assert.Equal(["remove"], (await organization.CheckInAsync(device, App("7200101"))).Kinds);
    }

    [Fact]
    [Trait("Rule", "D1")]
    public async Task CheckIn_TheUsersOwnCopy_ToldToInstallUntilItIsManaged()
    {
        var (organization, _, device) = await InstalledAsync("7200111", "CI-111");

        var told = (await organization.CheckInAsync(device, new { adamId = "7200111", version = "1.0", isManaged = false })).Only("install");

        Assert.Equal("Managed", told["changeManagementState"]!.GetValue<string>());
        Assert.Empty((await organization.CheckInAsync(device, App("7200111"))).Actions);
    }

    [Fact]
    [Trait("Rule", "L14"), Trait("Rule", "A7")]
    public async Task CheckIn_DeviceSaysThatItIsAnIPad_GetsWhatIsForIPadsAlone()
    {
        var (organization, app, group) = await WithAppAsync("7200121", 5);
        await service.ExecuteAsync("update apps set iphone = false where tenant_id = $1 and id = $2", organization.Tenant, app);
        var device = await organization.DeviceAsync("CI-121", operatingSystem: "iOS");
        await organization.JoinAsync(group, device);
        await organization.AssignAsync(app, group);
        Assert.Equal(0, (await organization.SettledAsync(app)).Held);

        await organization.PostAsync($"/mdm/devices/{device}/checkin", new { model = "iPad5,1" });

        await organization.HeldAsync(app, 1);
    }

    [Fact]
    [Trait("Rule", "D4")]
    public async Task CheckIn_NewerVersionInTheStore_PushedWhereTheTokenSaysSoAndToldInAnyCase()
    {
        var (organization, app, device) = await InstalledAsync("7200051", "CI-51");
        await service.ExecuteAsync("update apps set latest_version = '1.10' where tenant_id = $1 and id = $2", organization.Tenant, app);

        Assert.Empty((await organization.CheckInAsync(device, App("7200051", "1.9"))).Actions);
        Assert.Equal("Version 1.10 is available; the device has 1.9.", (await organization.AppOnAsync(device, app))["message"]!.GetValue<string>());
        Assert.Equal(("installed", "vppAppHasUpdateAvailable", -2016330849), await organization.GraphStateAsync(device, app));

        await service.ExecuteAsync("update tokens set automatically_update_apps = true where tenant_id = $1", organization.Tenant);
        Assert.Equal(["update"], (await organization.CheckInAsync(device, App("7200051", "1.9"))).Kinds);
        Assert.Empty((await organization.CheckInAsync(device, App("7200051", "1.10"))).Actions);
        Assert.Null((await organization.AppOnAsync(device, app))["message"]);

        await service.ExecuteAsync("update assignments set settings = settings || '{\"preventAutoAppUpdate\": true}' where tenant_id = $1 and app_id = $2", organization.Tenant, app);
        Assert.Empty((await organization.CheckInAsync(device, App("7200051", "1.9"))).Actions);
    }

    [Fact]
    [Trait("Rule", "L2"), Trait("Rule", "L13"), Trait("Rule", "D1")]
    public async Task CheckIn_SixDevicesOfOneUser_InvitedThenFiveInstallAndTheSixthWhenAPlaceComesFree()
    {
        var organization = service.Organization();
        var (token, app, group) = await organization.WithUserAppAsync("7200061");
        var user = await organization.JoinUserAsync(group, "ann");
        var devices = new List<Guid>();
        for (var n = 1; n <= 6; n++) devices.Add(await organization.EnrolAsync($"CI-6{n}", user));
        await organization.FiguresAsync(app, held: 1);

        var invite = (await organization.CheckInAsync(devices[0])).Only("invite");
        Assert.Equal("com.apple.cloudvpp", invite["programId"]!.GetValue<string>());
        Assert.Contains("inviteCode=", invite["invitationUrl"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(("pending", null), await organization.StateAsync(devices[0], app));

        organization.Location.AcceptInvitation((await organization.AccountsAsync(user)).Single().ClientUserId, "ann@icloud.example");
        await organization.SyncAsync(token);
        var told = await Task.WhenAll(devices.Select(device => organization.CheckInAsync(device)));
        Assert.Equal(5, told.Count(one => one.Kinds is ["install"]));
        var sixth = devices[Array.FindIndex(told, one => one.Actions.Count == 0)];
        var others = devices.Where(device => device != sixth).ToList();
        Assert.Equal(("failed", "licenseOnFiveDevices"), await organization.StateAsync(sixth, app));
        Assert.Equal(("failed", "seeInstallErrorCode", -2016333507), await organization.GraphStateAsync(sixth, app));
        foreach (var device in others) Assert.Empty((await organization.CheckInAsync(device, App("7200061"))).Actions);
        Assert.Empty((await organization.CheckInAsync(sixth)).Actions);

        await organization.PostAsync($"/vpp/devices/{others[0]}/retire", null);
        Assert.Equal(["install"], (await organization.CheckInAsync(sixth)).Kinds);

        // However a device has left management, its place is free for one that comes back.
        await service.ExecuteAsync("update devices set management_state = 'deletePending' where tenant_id = $1 and id = $2", organization.Tenant, others[1]);
        await organization.EnrolAsync($"CI-6{devices.IndexOf(others[0]) + 1}", user);
        Assert.Equal(["install"], (await organization.CheckInAsync(others[0])).Kinds);

        // A device that was handed over counts for its new user.
        var seventh = await organization.EnrolAsync("CI-67", user);
        Assert.Empty((await organization.CheckInAsync(seventh)).Actions);
        await organization.PatchAsync($"/vpp/devices/{others[2]}", new { userId = await organization.UserAsync("someone") });
        Assert.Equal(["install"], (await organization.CheckInAsync(seventh)).Kinds);
        Assert.Equal(("held", 1), ((await organization.LicenseAsync(app, user.ToString())).State, (await organization.LicensesAsync(app)).Count));
    }

    [Fact]
    [Trait("Rule", "L13")]
    public async Task CheckIn_AppStoreIsBlocked_UserLicenseFailsAndTheReasonIsShown()
    {
        var organization = service.Organization();
        var (_, app, group) = await organization.WithUserAppAsync("7200071");
        var device = await organization.EnrolAsync("CI-71", await organization.JoinUserAsync(group, "ben"));
        await organization.FiguresAsync(app, held: 1);

        var answer = await organization.PostAsync($"/mdm/devices/{device}/checkin", new { isAppStoreBlocked = true, isSupervised = true, osVersion = "18.2", apps = Array.Empty<object>() });

        Assert.Empty(answer["actions"]!.AsArray());
        Assert.Equal(("failed", "appStoreBlocked"), await organization.StateAsync(device, app));
        Assert.Equal(("failed", "seeInstallErrorCode", -2016330860), await organization.GraphStateAsync(device, app));
    }

    [Fact]
    [Trait("Rule", "D7"), Trait("Rule", "L10"), Trait("Rule", "L3")]
    public async Task CheckIn_UserEnrollment_ManagedAccountIsUsedAndDeviceLicensesAreRefused()
    {
        var organization = service.Organization();
        organization.Location.AddManagedAccounts("ude@corp.example");
        organization.Location.AddAsset("7200082", 5);
        var (_, app, group) = await organization.WithUserAppAsync("7200081");
        var device = await organization.EnrolAsync("CI-81", await organization.JoinUserAsync(group, "ude", "ude@corp.example"), AppleAccountWords.UserEnrollment);
        var byDevice = await organization.AppAsync("7200082");
        await organization.AssignAsync(byDevice, group);
        await organization.FiguresAsync(app, held: 1);

        var told = (await organization.CheckInAsync(device)).Only("install");
        Assert.Equal(("user", app, null), (told["licenseType"]!.GetValue<string>(), told["appId"]!.GetValue<Guid>(), told["changeManagementState"]));
        Assert.Equal(("failed", "userEnrollmentNeedsUserLicense"), await organization.StateAsync(device, byDevice));
    }

    [Fact]
    [Trait("Rule", "D1"), Trait("Rule", "G5")]
    public async Task CheckIn_BadInput_RefusedByNameAndNothingIsWritten()
    {
        var (organization, app, device) = await InstalledAsync("7200091", "CI-91");

        foreach (var (json, named) in ((string, string)[])
        [
            ("""{"osVersion":"99","apps":[{"version":"1.0"}]}""", "apps[0].bundleId"), ("""{"osVersion":"99","apps":[{"adamId":"1"},null]}""", "apps[1]"),
            ("""{"osVersion":99}""", "osVersion"), ("""{"apps":{}}""", "apps"), ("""{"apps":[{"adamId":"1","errorCode":"x"}]}""", "apps[0].errorCode"),
            ("""{"apps":[{"adamId":"1","status":"maybe"}]}""", "apps[0].status"), ("""{"osVersion":"9\u0000"}""", "osVersion"), ("", "body"), ("null", "body"),
            ($$"""{"deviceName":"{{new string('x', 300)}}"}""", "deviceName"),
            ($$"""{"apps":[{{string.Join(',', Enumerable.Repeat("""{"adamId":"1"}""", 2001))}}]}""", "apps"),
        ])
        {
            var (status, body) = await organization.RefusedCheckInAsync(device, json);
            Assert.True(status == 400 && body.Contains($"'{named}'", StringComparison.Ordinal), $"{json}: {status} {body}");
        }

        Assert.Equal("18.1", await service.ScalarAsync<string>("select os_version from devices where tenant_id = $1 and id = $2", organization.Tenant, device));
        Assert.Equal("installed", (await organization.StateAsync(device, app)).State);
        Assert.Equal(404, (await organization.RefusedCheckInAsync(Guid.NewGuid(), "{}")).Status);
        Assert.Equal(404, (await service.Organization().RefusedCheckInAsync(device, "{}")).Status);
        await organization.PostAsync($"/mdm/devices/{device}/checkin", new { somethingNew = new { a = 1 }, apps = new[] { new { adamId = "7200091", version = "1.0", colour = "red" } } });
        await organization.PostAsync($"/vpp/devices/{device}/retire", null);
        Assert.Equal((409, true), await organization.RefusedCheckInAsync(device, "{}") is var (code, text) ? (code, text.Contains("deviceNotManaged", StringComparison.Ordinal)) : default);
    }

    private async Task<(Organization, Guid App, Guid Group)> WithAppAsync(string adamId, int licenses)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, licenses);
        await organization.UploadTokenAsync();
        return (organization, await organization.AppAsync(adamId), await organization.GroupAsync());
    }

    /// <summary>A required app that is on a device.</summary>
    private async Task<(Organization, Guid App, Guid Device)> InstalledAsync(string adamId, string serialNumber)
    {
        var (organization, app, group) = await WithAppAsync(adamId, 5);
        var device = await organization.DeviceAsync(serialNumber);
        await organization.JoinAsync(group, device);
        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, 1);
        await organization.CheckInAsync(device);
        await organization.CheckInAsync(device, App(adamId));
        return (organization, app, device);
    }
}
