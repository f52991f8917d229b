using VppManager.Api.Tests.Directory.AppleAccounts;
using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using static VppManager.Api.Tests.Directory.CheckIns.CheckInWords;

namespace VppManager.Api.Tests.Portal;

/// <summary>From the button in the portal to the app on the device.</summary>
[Collection(DevicesCollection.Name)]
public sealed class PortalLicenseTests(ServiceFixture service)
{
    [Fact]
    [Trait("Rule", "A3"), Trait("Rule", "D5"), Trait("Rule", "L5")]
    public async Task Install_OneLicenseForTwoUsers_WhoAskedFirstGetsItAndTheOtherSeesTheirPlace()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("7310001", 1);
        await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("7310001"), await organization.GroupAsync());
        var (ann, ben) = (await organization.JoinUserAsync(group, "ann"), await organization.JoinUserAsync(group, "ben"));
        var (first, second) = (await organization.EnrolAsync("PL-1", ann), await organization.EnrolAsync("PL-2", ben));
        await organization.AssignAsync(app, group, "available");
        Assert.Equal(0, (await organization.SettledAsync(app)).Held);

        var (asBen, asAnn) = (new PortalOf(service, organization, ben, second), new PortalOf(service, organization, ann, first));
        await asBen.InstallAsync(app);
        await asAnn.InstallAsync(app);
        await organization.HeldAsync(app, 1);
        await organization.SettledAsync(app);

        Assert.Equal(("licensed", "waitingForLicense"), (await asBen.StateAsync(app), await asAnn.StateAsync(app)));
        Assert.Equal(1, (await asAnn.AppAsync(app))["place"]!.GetValue<int>());
        Assert.Equal(["install"], (await organization.CheckInAsync(second)).Kinds);
        Assert.Empty((await organization.CheckInAsync(first)).Actions);
        await organization.CheckInAsync(second, App("7310001"));
        Assert.Equal("installed", await asBen.StateAsync(app));

        await organization.CheckInAsync(second);
        Assert.Equal(("notInstalled", "held"), (await asBen.StateAsync(app), (await organization.LicenseAsync(app, "PL-2")).State));
    }
}
