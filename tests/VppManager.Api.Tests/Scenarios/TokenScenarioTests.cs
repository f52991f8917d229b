using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using VppManager.Api.Tests.Tokens;

namespace VppManager.Api.Tests.Scenarios;

/// <summary>What happens to tokens, and what their devices notice of it.</summary>
[Collection(ScenariosCollection.Name)]
public sealed class TokenScenarioTests(ScenarioFixture service)
{
    [Fact]
    [Trait("Rule", "T10"), Trait("Rule", "T11")]
    public async Task Migration_LegacyTokenRenewedInPlace_IdsAssignmentsAndLicencesStay()
    {
        // A purchaser's token of the old kind shows what there is, and can give nothing.
        const string adamId = "7800071";
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 10);
        organization.Location.Assign(adamId, ["SC-7A"]);
        var token = await organization.UploadTokenAsync(organization.Location.IssueLegacyToken());
        var (app, fleet) = (await organization.FindAppAsync(adamId), await organization.GroupAsync("Fleet"));
        var (old, late) = (await organization.CorporateDeviceAsync("SC-7A"), await organization.CorporateDeviceAsync("SC-7B"));
        await organization.JoinAsync(fleet, old);
        await organization.JoinAsync(fleet, late);
        await organization.AssignAsync(app, fleet);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 1, Waiting: 1 });
        var (assignments, licenses) = (await AssignmentsAsync(organization, app), (await organization.LicensesAsync(app)).ConvertAll(one => (one.Id, one.Holder)));
        Assert.Empty((await organization.CheckInAsync(late)).Actions);

        // The purchaser joins the organisation; the licences move to a location, and its token renews the old one.
        var location = service.Apple.AddLocation("Joined");
        organization.Location.MigrateTo(location);
        await organization.RenewAsync(token, location.IssueToken().VpptokenFile);
        await organization.HeldAsync(app, 2);

        Assert.Equal(app, await organization.FindAppAsync(adamId));
        Assert.Equal(assignments, await AssignmentsAsync(organization, app));
        Assert.Equal(licenses, (await organization.LicensesAsync(app)).Select(one => (one.Id, one.Holder)));
        Assert.Equal(["SC-7A", "SC-7B"], location.Assignments.Select(one => one.SerialNumber).Order());
        await organization.InstallsAsync(old, adamId);
        await organization.InstallsAsync(late, adamId);
    }

    [Fact]
    [Trait("Rule", "T7"), Trait("Rule", "L21"), Trait("Rule", "L22"), Trait("Rule", "S7")]
    public async Task Duplicate_NeitherSyncs_AssignAndRevokeGoOn_UntilOneIsDeleted()
    {
        const string adamId = "7800081";
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 5);
        var first = await organization.UploadTokenAsync();
        var (app, fleet) = (await organization.FindAppAsync(adamId), await organization.GroupAsync("Fleet"));
        var (one, other) = (await organization.CorporateDeviceAsync("SC-8A"), await organization.CorporateDeviceAsync("SC-8B"));
        await organization.JoinAsync(fleet, one);
        await organization.AssignAsync(app, fleet);
        await organization.HeldAtAppleAsync(app, adamId, "SC-8A");

        var second = (await organization.CreateAsync(organization.Location.IssueToken().VpptokenFile)).Id();
        foreach (var token in (Guid[])[first, second])
            Assert.Equal(("duplicateLocationId", 409), (await organization.StateAsync(token), await organization.AskForSyncAsync(token)));

        // Licences can be given and taken back all the same; what is bought is not seen.
        organization.Location.AddAsset("7800082", 5);
        await organization.JoinAsync(fleet, other);
        await organization.HeldAtAppleAsync(app, adamId, "SC-8A", "SC-8B");
        await organization.InstallsAsync(other, adamId);
        await organization.RevokeAsync(app, "revokeDeviceLicense", new { managedDeviceId = one });
        await organization.HeldAtAppleAsync(app, adamId, "SC-8B");
        Assert.Single(await organization.LibraryAsync());

        // One token is left: it is valid, and synchronises without being asked.
        await organization.DeleteTokenAsync(second);
        await Eventually.IsAsync(organization.LibraryAsync, apps => apps.Count == 2);
        Assert.Equal("valid", await organization.StateAsync(first));
        await organization.HeldAtAppleAsync(app, adamId, "SC-8B");
    }

    [Fact]
    [Trait("Rule", "T9"), Trait("Rule", "T10"), Trait("Rule", "L6")]
    public async Task Renewal_ExpiredToken_TrafficStopsAndGoesOnWithTheNewFile()
    {
        const string adamId = "7800091";
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 2);
        var token = await organization.UploadTokenAsync();
        var (app, fleet) = (await organization.FindAppAsync(adamId), await organization.GroupAsync("Fleet"));
        var devices = new List<Guid>();
        foreach (var serial in (string[])["SC-9A", "SC-9B", "SC-9C"]) devices.Add(await organization.CorporateDeviceAsync(serial));
        await organization.JoinAsync(fleet, devices[0]);
        await organization.AssignAsync(app, fleet);
        await organization.HeldAtAppleAsync(app, adamId, "SC-9A");

        // The year is over: no sync, and what is to be given stays here.
        organization.Location.Tokens[0].Expire();
        await organization.SyncAsync(token);
        Assert.Equal(("expired", 409), (await organization.StateAsync(token), await organization.AskForSyncAsync(token)));
        await organization.JoinAsync(fleet, devices[1]);
        await organization.JoinAsync(fleet, devices[2]);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures is { Held: 1, Assigning: 1, Waiting: 1 });
        Assert.Empty((await organization.CheckInAsync(devices[1])).Actions);
        organization.Location.Buy(adamId, 1);
        Assert.Equal((1, 1), (service.ChangesSent(organization), organization.Location.Assignments.Count));

        // A new file on the same token: everybody is served.
        await organization.RenewAsync(token, organization.Location.IssueToken().VpptokenFile);
        await organization.HeldAtAppleAsync(app, adamId, "SC-9A", "SC-9B", "SC-9C");
        Assert.Equal("valid", await organization.StateAsync(token));
        Assert.Equal(app, await organization.FindAppAsync(adamId));
        foreach (var device in devices) await organization.InstallsAsync(device, adamId);
    }

    [Fact]
    [Trait("Rule", "T12"), Trait("Rule", "T13"), Trait("Rule", "L21"), Trait("Rule", "S5"), Trait("Rule", "A9")]
    public async Task Delete_LicencesStayBehind_UnlessAllAreRevokedFirst()
    {
        const string adamId = "7800101";
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 5);
        var token = await organization.UploadTokenAsync();
        var (app, fleet) = (await organization.FindAppAsync(adamId), await organization.GroupAsync("Fleet"));
        string[] serials = ["SC-10A", "SC-10B", "SC-10C"];
        await organization.ImportDevicesAsync(fleet, serials);
        await organization.AssignAsync(app, fleet);
        await organization.HeldAtAppleAsync(app, adamId, serials);

        // Deleted as it is: the answer says what stays, as the preview did; Apple keeps it.
        Assert.Equal(3, (await organization.PostAsync($"/vpp/tokens/{token}/delete/preview", null))["licensesLeftBehind"]!.GetValue<int>());
        Assert.Equal(3, await organization.DeleteTokenAsync(token));
        Assert.Empty(await organization.LibraryAsync());
        Assert.Equal(serials, organization.SerialsAtApple(adamId));

        // Uploaded again, its licences are found; all are revoked, and then nothing stays behind.
        var again = await organization.UploadTokenAsync();
        app = await organization.FindAppAsync(adamId);
        Assert.Equal((3, 3), await organization.SettledAsync(app) is var figures ? (figures.Held, figures.Untracked) : default);
        await organization.PostAsync($"{TokenWords.Tokens}/{again}/revokeLicenses", new { notifyManagedDevices = false, revokeUntrackedLicenses = true });
        await organization.HeldAtAppleAsync(app, adamId);
        Assert.Equal(0, await organization.DeleteTokenAsync(again));
        Assert.Empty(organization.Location.Assignments);
    }

    private static async Task<List<string>> AssignmentsAsync(Organization organization, Guid app) =>
        (await organization.ListAsync($"/beta/deviceAppManagement/mobileApps/{app}/assignments")).ConvertAll(one => one["id"]!.GetValue<string>());
}
