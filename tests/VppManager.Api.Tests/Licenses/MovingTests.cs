using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses;

/// <summary>An assignment changes its licence type: users' licences become devices', and not the other way round.</summary>
public sealed class MovingTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    [Trait("Rule", "L8")]
    public async Task UserToDevice_SeatsFree_DevicesFirstThenTheUserIsFreed_NobodyWithoutInBetween()
    {
        var (organization, app, _) = await service.WithAppAsync("7300001", 3);
        var (ada, _) = await organization.PersonAsync("ada", "MV-A1", "MV-A2");
        var group = await organization.GroupOfAsync(ada);
        await organization.AssignAllAsync(app, (group, "required", false));
        await service.HoldersAsync(organization, app, "ada");

        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "MV-A1", "MV-A2");

        // The device that was licensed last was licensed before the user's licence was taken back.
        Assert.True(await service.ScalarAsync<bool>("""
            select max(e.id) filter (where l.holder_kind = 'device' and e.to_state = 'held') < min(e.id) filter (where l.holder_kind = 'user' and e.to_state = 'releasing')
            from license_ledger e join licenses l on l.tenant_id = $1 and l.id = e.license_id where e.tenant_id = $1
            """, organization.Tenant));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L8"), Trait("Rule", "L6")]
    public async Task UserToDevice_NoSeatFree_TheOldLicencesStay_AndOneSeatMovesThemAllInTurn()
    {
        var (organization, app, token) = await service.WithAppAsync("7300011", 3);
        var people = new List<Guid>();
        foreach (var name in (string[])["bea", "cid", "dan"]) people.Add((await organization.PersonAsync(name, "MV-B-" + name)).User);
        var group = await organization.GroupOfAsync([.. people]);
        await organization.AssignAllAsync(app, (group, "required", false));
        await service.HoldersAsync(organization, app, "bea", "cid", "dan");

        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "bea", "cid", "dan");
        Assert.Equal(3, (await organization.LicensingAsync(app)).Waiting);
        await organization.SyncAsync(token);
        await service.HoldersAsync(organization, app, "bea", "cid", "dan");

        organization.Location.Buy("7300011", 1);
        await organization.SyncAsync(token);
        await service.HoldersAsync(organization, app, "MV-B-bea", "MV-B-cid", "MV-B-dan");
        Assert.Equal(4, organization.Location.Asset("7300011").Counts.MostAssigned);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L9")]
    public async Task DeviceToUser_DevicesKeepTheirLicences_AndNoSecondIsTaken_UntilADeviceComesWithout()
    {
        var (organization, app, token) = await service.WithAppAsync("7300021", 9);
        var (eve, _) = await organization.PersonAsync("eve", "MV-C1", "MV-C2");
        var fay = await organization.UserAsync("fay");
        var group = await organization.GroupOfAsync(eve, fay);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "MV-C1", "MV-C2");

        await organization.AssignAllAsync(app, (group, "required", false));
        await service.HoldersAsync(organization, app, "MV-C1", "MV-C2", "fay");
        await organization.SyncAsync(token);
        await service.HoldersAsync(organization, app, "MV-C1", "MV-C2", "fay");

        await organization.DeviceAsync("MV-C3", eve);
        await service.HoldersAsync(organization, app, "MV-C1", "MV-C2", "eve", "fay");

        await organization.LeaveAsync(group, eve);
        await service.HoldersAsync(organization, app, "fay");
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L10"), Trait("Rule", "L8"), Trait("Rule", "L3")]
    public async Task UserToDevice_ADeviceOfUserEnrollment_KeepsNeedingTheManagedAccountsLicence()
    {
        var (organization, app, _) = await service.WithAppAsync("7300031", 9);
        var gil = await organization.UserAsync("gil");
        organization.Location.AddManagedAccounts("gil@appleid.example.com");
        await service.ExecuteAsync("update users set managed_apple_id = 'gil@appleid.example.com' where tenant_id = $1 and id = $2", organization.Tenant, gil);
        await organization.EnrolAsync("MV-D1", gil, "iOS", enrollmentType: "appleUserEnrollment");
        await organization.EnrolAsync("MV-D2", gil, "iPadOS");
        var group = await organization.GroupOfAsync(gil);
        await organization.AssignAllAsync(app, (group, "required", false));
        await service.HoldersAsync(organization, app, "gil", "gil(managed)");

        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "MV-D2", "gil(managed)");
    }

    [Theory]
    [Trait("Rule", "L8")]
    [InlineData("7300041", "intune2020", "available", true)]
    [InlineData("7300042", "intune2026", "available", false)]
    [InlineData("7300043", "intune2026", "required", true)]
    public async Task UserToDevice_ByTheLaterRules_OnlyWhatIsRequiredMovesByItself(string adamId, string behavior, string intent, bool moves)
    {
        var (organization, app, _) = await service.WithAppAsync(adamId, 5, behavior: behavior);
        var (hal, devices) = await organization.PersonAsync("hal", "MV-E1");
        var group = await organization.GroupOfAsync(hal);
        await organization.AssignAllAsync(app, (group, intent, false));
        await service.AskAsync(organization, app, devices[0], hal);
        await service.HoldersAsync(organization, app, "hal");

        await organization.AssignAllAsync(app, (group, intent, true));
        await service.HoldersAsync(organization, app, moves ? "MV-E1" : "hal");

        await service.AskAsync(organization, app, devices[0], hal);
        await service.HoldersAsync(organization, app, "MV-E1");
    }
}
