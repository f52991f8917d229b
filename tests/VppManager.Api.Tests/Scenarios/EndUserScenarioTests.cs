using VppManager.Api.Tests.Directory.AppleAccounts;
using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using VppManager.Api.Tests.Portal;
using VppManager.Api.Tests.Tokens;
using static VppManager.Api.Tests.Directory.CheckIns.CheckInWords;

namespace VppManager.Api.Tests.Scenarios;

/// <summary>From the token's upload to the app on somebody's device.</summary>
[Collection(ScenariosCollection.Name)]
public sealed class EndUserScenarioTests(ScenarioFixture service)
{
    [Fact]
    [Trait("Rule", "T1"), Trait("Rule", "S2"), Trait("Rule", "A3"), Trait("Rule", "L3"), Trait("Rule", "L13"), Trait("Rule", "D1"), Trait("Rule", "D3"), Trait("Rule", "D5"), Trait("Rule", "D6"), Trait("Rule", "D7")]
    public async Task OwnDevice_UserLicensed_AskedForInvitedAcceptedAndInstalled()
    {
        // The administrator uploads the token and offers the app to the staff.
        const string adamId = "7800011";
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 5);
        organization.Location.AddManagedAccounts("ann@corp.example");
        var token = await organization.UploadTokenAsync();
        var (app, staff) = (await organization.FindAppAsync(adamId), await organization.GroupAsync("Staff"));
        var (ann, client) = await service.PersonAsync(organization, staff, "ann", "ann@corp.example");
        var device = await organization.OwnDeviceAsync("SC-1A", ann);
        await organization.AssignAsync(app, staff, "available", useDeviceLicensing: false);
        Assert.Equal(0, (await organization.SettledAsync(app)).Held);

        // Ann sees what she will be asked (row 1), and asks for the app.
        var portal = new PortalOf(service, organization, ann, device, client);
        Assert.Equal((1, true, true, true, true), await portal.PromptsAsync(app));
        Assert.Equal(202, (await portal.InstallAsync(app)).Status);
        await organization.HeldAsync(app, 1);

        // She is invited, and nothing is installed before she has accepted.
        Assert.Equal("waitingForInvitation", await portal.StateAsync(app));
        var invite = Assert.Single((await organization.CheckInAsync(device)).Actions)!;
        var account = Assert.Single(await organization.AccountsAsync(ann));
        Assert.Equal(("invite", account.InvitationUrl), (invite["kind"]!.GetValue<string>(), invite["invitationUrl"]!.GetValue<string>()));
        organization.Location.AcceptInvitation(account.ClientUserId, "ann@icloud.example");
        await organization.SyncAsync(token);
        await organization.InstallsAsync(device, adamId);
        Assert.Equal("installed", await portal.StateAsync(app));
        Assert.Equal(("installed", "noAdditionalDetails", 0), await organization.GraphStateAsync(device, app));

        // On a device of User Enrollment her managed account needs no invitation; it uses a licence of its own.
        var enrolled = await organization.UserEnrolledDeviceAsync("SC-1B", ann);
        var second = new PortalOf(service, organization, ann, enrolled, client);
        Assert.Equal((null, false, true, false, true), await second.PromptsAsync(app));
        await second.InstallAsync(app);
        await organization.HeldAsync(app, 2);
        await organization.InstallsAsync(enrolled, adamId);
        Assert.Equal(["managed", "personal"], (await organization.AccountsAsync(ann)).Select(one => one.Account).Order());
    }

    [Fact]
    [Trait("Rule", "A3"), Trait("Rule", "L1"), Trait("Rule", "D2"), Trait("Rule", "D3"), Trait("Rule", "D4"), Trait("Rule", "D6")]
    public async Task CorporateDevice_DeviceLicensedAndRequired_LicensedInstalledAndUpdatedWithoutAPrompt()
    {
        const string adamId = "7800021";
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 5);
        var token = await organization.UploadTokenAsync();
        var (app, staff) = (await organization.FindAppAsync(adamId), await organization.GroupAsync("Staff"));
        var ben = await organization.JoinUserAsync(staff, "ben");
        var device = await organization.CorporateDeviceAsync("SC-2", ben);
        var devices = await organization.GroupOfAsync(device);

        // Apple takes its time: until it has confirmed the licence, the device is told nothing.
        organization.Location.HoldEvents(1);
        await organization.AssignAllAsync(app, (devices, "required", true), (staff, "available", true));
        await Eventually.IsAsync(() => Task.FromResult(service.ChangesSent(organization)), sent => sent == 1);
        Assert.Equal(1, (await organization.LicensingAsync(app)).Assigning);
        Assert.Empty((await organization.CheckInAsync(device)).Actions);
        await Eventually.IsAsync(() => Task.FromResult(organization.Location.ReleaseEvents()), released => released == 1);
        await organization.HeldAtAppleAsync(app, adamId, "SC-2");

        // Nobody is asked anything (row 6), and no Apple Account is needed.
        var portal = new PortalOf(service, organization, ben, device);
        Assert.Equal((6, false, false, false, true), await portal.PromptsAsync(app));
        Assert.True((await portal.AppAsync(app))["isRequired"]!.GetValue<bool>());
        await organization.InstallsAsync(device, adamId);
        Assert.Equal(("installed", "noAdditionalDetails", 0), await organization.GraphStateAsync(device, app));
        Assert.Empty(organization.Location.AllUsers);

        // A newer version is pushed once the token says so.
        service.Apple.Store.Put(service.Apple.Store.Find(adamId)! with { Version = "2.0" });
        await organization.SyncAsync(token);
        Assert.Empty((await organization.CheckInAsync(device, App(adamId))).Actions);
        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { automaticallyUpdateApps = true });
        Assert.Equal(["update"], (await organization.CheckInAsync(device, App(adamId))).Kinds);
        Assert.Equal(("installed", "vppAppHasUpdateAvailable"), await organization.GraphStateAsync(device, app) is var (state, detail, _) ? (state, detail) : default);
        Assert.Empty((await organization.CheckInAsync(device, App(adamId, "2.0"))).Actions);
        Assert.Equal(("installed", "noAdditionalDetails", 0), await organization.GraphStateAsync(device, app));
    }

    [Fact]
    [Trait("Rule", "L1"), Trait("Rule", "D6")]
    public async Task Kiosk_DeviceLicensedWorks_UserLicensedIsWarnedOf()
    {
        const string byDevice = "7800031", byUser = "7800032";
        var organization = service.Organization();
        organization.Location.AddAsset(byDevice, 5);
        organization.Location.AddAsset(byUser, 5);
        await organization.UploadTokenAsync();
        var (good, bad, desk) = (await organization.FindAppAsync(byDevice), await organization.FindAppAsync(byUser), await organization.GroupAsync("Front desk"));
        var lobby = await organization.JoinUserAsync(desk, "lobby");
        var kiosk = await organization.CorporateDeviceAsync("SC-3", lobby, isKiosk: true);
        var portal = new PortalOf(service, organization, lobby, kiosk);

        // Row 7: nobody is asked anything.
        await organization.AssignAllAsync(good, (await organization.GroupOfAsync(kiosk), "required", true), (desk, "available", true));
        await organization.HeldAtAppleAsync(good, byDevice, "SC-3");
        await organization.InstallsAsync(kiosk, byDevice);
        Assert.Equal((7, false, false, false, true), await portal.PromptsAsync(good));
        Assert.Empty((await organization.GetAsync($"/vpp/apps/{good}/licensing"))["warnings"]!.AsArray());

        // Row 8: possible, but the administrator is warned.
        await organization.AssignAsync(bad, desk, "available", useDeviceLicensing: false);
        Assert.Equal((8, false, false, false, false), await portal.PromptsAsync(bad));
        var warning = Assert.Single((await organization.GetAsync($"/vpp/apps/{bad}/licensing"))["warnings"]!.AsArray())!;
        Assert.Equal("userLicensedOnKiosk", warning["code"]!.GetValue<string>());
    }
}
