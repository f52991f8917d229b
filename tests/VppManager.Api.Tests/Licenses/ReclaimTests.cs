using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;

namespace VppManager.Api.Tests.Licenses;

/// <summary>When licences come back by themselves, and when not.</summary>
[Collection(RulesCollection.Name)]
public sealed class ReclaimTests(ServiceFixture service)
{
    [Theory]
    [Trait("Rule", "L19")]
    [InlineData("7400001", AppKind.Ios, "intune2020", "iPadOS")]
    [InlineData("7400002", AppKind.MacOs, "intune2020", "macOS")]
    [InlineData("7400003", AppKind.Ios, "intune2026", "iPadOS")]
    public async Task Uninstall_TakesTheLicenceBack(string adamId, AppKind kind, string behavior, string system)
    {
        var (organization, app, _) = await service.WithAppAsync(adamId, 5, kind, behavior);
        var device = await organization.DeviceAsync("RC-A" + adamId, operatingSystem: system);
        var group = await organization.GroupOfAsync(device);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "RC-A" + adamId);

        await organization.AssignAllAsync(app, (group, "uninstall", true));
        await service.HoldersAsync(organization, app);
    }

    [Theory]
    [Trait("Rule", "L20")]
    [InlineData("7400011", AppKind.Ios, "iPadOS")]
    [InlineData("7400012", AppKind.MacOs, "macOS")]
    public async Task AssignmentRemoved_TakesTheLicenceBack_OnBothPlatforms(string adamId, AppKind kind, string system)
    {
        var (organization, app, _) = await service.WithAppAsync(adamId, 5, kind);
        var device = await organization.DeviceAsync("RC-B" + adamId, operatingSystem: system);
        await organization.AssignAllAsync(app, (await organization.GroupOfAsync(device), "required", true));
        await service.HoldersAsync(organization, app, "RC-B" + adamId);

        await organization.AssignAllAsync(app);
        await service.HoldersAsync(organization, app);
    }

    [Fact]
    [Trait("Rule", "L20"), Trait("Rule", "L18")]
    public async Task AssignmentRemoved_ByTheLaterRules_LicencesStayUntilAnUninstall_OrWhoeverHoldsThemLeaves()
    {
        var (organization, app, token) = await service.WithAppAsync("7400021", 5, behavior: "intune2026");
        var (ada, _) = await organization.PersonAsync("ada", "RC-C1");
        var (bea, _) = await organization.PersonAsync("bea", "RC-C2");
        var group = await organization.GroupOfAsync(ada, bea);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "RC-C1", "RC-C2");

        await organization.AssignAllAsync(app);
        await organization.SyncAsync(token);
        await service.HoldersAsync(organization, app, "RC-C1", "RC-C2");
        await organization.JoinAsync(group, (await organization.PersonAsync("cid", "RC-C3")).User);
        await organization.LeaveAsync(group, bea);
        await service.HoldersAsync(organization, app, "RC-C1");

        await organization.AssignAllAsync(app, (await organization.GroupOfAsync(ada), "uninstall", true));
        await service.HoldersAsync(organization, app);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L18"), Trait("Rule", "A7")]
    public async Task User_LeavesANestedGroup_IsExcluded_Disabled_OrDeleted_EachLosesTheLicence()
    {
        var (organization, app, _) = await service.WithAppAsync("7400031", 9);
        var people = new Dictionary<string, Guid>();
        foreach (var name in (string[])["ann", "ben", "cat", "dot", "eli"]) people[name] = await organization.UserAsync(name);
        var inner = await organization.GroupOfAsync([.. people.Values]);
        var (outer, out_) = (await organization.GroupOfAsync(inner), await organization.GroupAsync("Left out"));
        var excluded = Organization.Assignment(out_);
        ((Dictionary<string, object>)excluded["target"]!)["@odata.type"] = "#microsoft.graph.exclusionGroupAssignmentTarget";
        excluded.Remove("settings");
        await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", new { mobileAppAssignments = new[] { Organization.Assignment(outer, useDeviceLicensing: false), excluded } });
        await service.HoldersAsync(organization, app, "ann", "ben", "cat", "dot", "eli");

        await organization.LeaveAsync(inner, people["ann"]);
        await organization.JoinAsync(out_, people["ben"]);
        await organization.PatchAsync($"/v1.0/users/{people["cat"]}", new { accountEnabled = false });
        await organization.DeleteAsync($"/v1.0/users/{people["dot"]}");
        await service.HoldersAsync(organization, app, "eli");

        await organization.LeaveAsync(outer, inner);
        await service.HoldersAsync(organization, app);
    }
}
