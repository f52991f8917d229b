using VppManager.Api.Tests.Directory.AppleAccounts;
using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Portal;
using VppManager.Core.Assignments;

namespace VppManager.Api.Tests.Licenses;

/// <summary>Available: licensed when the user asks for it in the Company Portal.</summary>
[Collection(RulesCollection.Name)]
[Trait("Rule", "A3")]
public sealed class AvailableTests(ServiceFixture service)
{
    [Fact]
    public async Task Available_NobodyAsks_NobodyIsLicensed_ThenTheDeviceAskedForAlone()
    {
        var (organization, app, _) = await service.WithAppAsync("7100001", 5);
        var (ada, devices) = await organization.PersonAsync("ada", "AV-A1", "AV-A2");
        var group = await organization.GroupOfAsync(ada);

        await organization.AssignAllAsync(app, (group, "available", true));
        await service.HoldersAsync(organization, app);
        await service.AskAsync(organization, app, devices[1], ada);
        await service.HoldersAsync(organization, app, "AV-A2");

        await organization.AssignAllAsync(app);
        await service.HoldersAsync(organization, app);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L3"), Trait("Rule", "D7")]
    public async Task Available_UserLicensed_TheAccountOfTheDeviceThatIsAskedFor()
    {
        var (organization, app, _) = await service.WithAppAsync("7100011", 5);
        var bea = await organization.UserAsync("bea");
        organization.Location.AddManagedAccounts("bea@appleid.example.com");
        await service.ExecuteAsync("update users set managed_apple_id = 'bea@appleid.example.com' where tenant_id = $1 and id = $2", organization.Tenant, bea);
        var enrolled = (await organization.EnrolAsync("AV-B2", bea, "iOS", enrollmentType: "appleUserEnrollment"))["id"]!.GetValue<Guid>();
        var own = await organization.DeviceAsync("AV-B1", bea);
        var group = await organization.GroupOfAsync(bea);
        await organization.AssignAllAsync(app, (group, "available", false));

        await service.AskAsync(organization, app, own, bea);
        await service.HoldersAsync(organization, app, "bea");
        await service.AskAsync(organization, app, enrolled, bea);
        await service.HoldersAsync(organization, app, "bea", "bea(managed)");

        await organization.LeaveAsync(group, bea);
        await service.HoldersAsync(organization, app);
    }

    [Fact]
    [Trait("Rule", "L5"), Trait("Rule", "L4")]
    public async Task Available_FewerSeatsThanAskers_ServedInTheOrderOfAsking()
    {
        var (organization, app, _) = await service.WithAppAsync("7100021", 1);
        var (cid, first) = await organization.PersonAsync("cid", "AV-C1");
        var (dan, second) = await organization.PersonAsync("dan", "AV-C2");
        var group = await organization.GroupOfAsync(cid, dan);
        await organization.AssignAllAsync(app, (group, "available", true));

        await service.AskAsync(organization, app, second[0], dan);
        await service.AskAsync(organization, app, first[0], cid);

        await service.HoldersAsync(organization, app, "AV-C2");
        Assert.Equal("noLicensesLeft", (await organization.LicenseAsync(app, "AV-C1")).Reason);
    }

    [Theory]
    [Trait("Rule", "A6")]
    [InlineData("7100031", "required", false, "AV-D1 AV-D2")]
    [InlineData("7100032", "uninstall", false, "")]
    [InlineData("7100033", "uninstall", true, "AV-D1")]
    [InlineData("7100034", "required", true, "AV-D2")]
    public async Task Available_AskedFor_AgainstAnotherIntent_DecidedByTheTableOfConflicts(string adamId, string other, bool forDevices, string holders)
    {
        var (organization, app, _) = await service.WithAppAsync(adamId, 5);
        var (eve, devices) = await organization.PersonAsync("eve", "AV-D1", "AV-D2");
        var (users, others) = (await organization.GroupOfAsync(eve), await organization.GroupOfAsync(forDevices ? devices[other == "required" ? 1 : 0] : eve));
        await service.AskAsync(organization, app, other == "required" ? devices[1] : devices[0], eve);

        await organization.AssignAllAsync(app, (users, "available", true), (others, other, true));

        await service.HoldersAsync(organization, app, holders.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    [Trait("Rule", "A8"), Trait("Rule", "L11")]
    [Trait("Rule", "D1"), Trait("Rule", "D5"), Trait("Rule", "L13")]
    public async Task Available_OfABook_GoesToTheUserWhoAsksAndStaysWithThem()
    {
        var (organization, book, token) = await service.WithAppAsync("7100041", 5, AppKind.Book);
        var (fay, devices) = await organization.PersonAsync("fay", "AV-E1");
        var group = await organization.GroupOfAsync(fay);
        await organization.PostAsync($"/beta/deviceAppManagement/managedEBooks/{book}/assign", new
        {
            managedEBookAssignments = new[] { new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.managedEBookAssignment", ["installIntent"] = "available", ["target"] = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.groupAssignmentTarget", ["groupId"] = group } } },
        });

        await service.HoldersAsync(organization, book);
        var portal = new PortalOf(service, organization, fay, devices[0]);
        Assert.Equal(202, (await portal.InstallAsync(book)).Status);
        await service.HoldersAsync(organization, book, "fay");
        Assert.Equal(["invite"], (await organization.CheckInAsync(devices[0])).Kinds);
        organization.Location.AcceptInvitation((await organization.AccountsAsync(fay)).Single().ClientUserId, "fay@icloud.example");
        await organization.SyncAsync(token);

        var told = (await organization.CheckInAsync(devices[0])).Only("install");
        Assert.Equal(("7100041", "Book", "user"), (told["iTunesStoreId"]!.GetValue<string>(), told["mediaType"]!.GetValue<string>(), told["licenseType"]!.GetValue<string>()));
        Assert.Equal("installHandedOut", await portal.StateAsync(book));
        Assert.Empty((await organization.CheckInAsync(devices[0], new { adamId = "7100041" })).Actions);
        Assert.Empty((await organization.CheckInAsync(devices[0])).Actions);
        Assert.Equal("installed", await portal.StateAsync(book));

        await organization.LeaveAsync(group, fay);
        Assert.Empty((await organization.CheckInAsync(devices[0], new { adamId = "7100041" })).Actions);
        await service.HoldersAsync(organization, book, "fay");
    }
}
