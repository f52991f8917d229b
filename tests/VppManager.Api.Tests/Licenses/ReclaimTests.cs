using System.Net;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;

namespace VppManager.Api.Tests.Licenses;

/// <summary>When licences come back by themselves, and when not.</summary>
public sealed class ReclaimTests(ServiceFixture service) : IClassFixture<ServiceFixture>
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
        var without = await organization.GroupAsync("Left out within");
        var (outer, out_) = (await organization.GroupOfAsync(inner), await organization.GroupOfAsync(without));
        var excluded = Organization.Assignment(out_);
        ((Dictionary<string, object>)excluded["target"]!)["@odata.type"] = "#microsoft.graph.exclusionGroupAssignmentTarget";
        excluded.Remove("settings");
        await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", new { mobileAppAssignments = new[] { Organization.Assignment(outer, useDeviceLicensing: false), excluded } });
        await service.HoldersAsync(organization, app, "ann", "ben", "cat", "dot", "eli");

        await organization.LeaveAsync(inner, people["ann"]);
        await organization.JoinAsync(without, people["ben"]);
        await organization.PatchAsync($"/v1.0/users/{people["cat"]}", new { accountEnabled = false });
        await organization.DeleteAsync($"/v1.0/users/{people["dot"]}");
        await service.HoldersAsync(organization, app, "eli");
        await organization.JoinAsync(inner, await organization.UserAsync("fay"));
        await service.HoldersAsync(organization, app, "eli", "fay");

        await organization.LeaveAsync(outer, inner);
        await service.HoldersAsync(organization, app);
    }

    [Fact]
    [Trait("Rule", "L18")]
    public async Task User_IsDisabled_TheirDevicesLoseWhatTheyHaveThroughTheUser()
    {
        var (organization, app, _) = await service.WithAppAsync("7400071", 5);
        var (ann, _) = await organization.PersonAsync("ann", "RC-G1");
        var (ben, _) = await organization.PersonAsync("ben", "RC-G2");
        await organization.AssignAllAsync(app, (await organization.GroupOfAsync(ann, ben), "required", true));
        await service.HoldersAsync(organization, app, "RC-G1", "RC-G2");

        await organization.PatchAsync($"/v1.0/users/{ann}", new { accountEnabled = false });
        await service.HoldersAsync(organization, app, "RC-G2");
    }

    [Fact]
    [Trait("Rule", "L20")]
    public async Task AvailableAssignmentRemoved_ByTheLaterRules_WhoAskedKeepsTheLicence()
    {
        var (organization, app, token) = await service.WithAppAsync("7400081", 5, behavior: "intune2026");
        var (ann, devices) = await organization.PersonAsync("ann", "RC-H1");
        await organization.AssignAllAsync(app, (await organization.GroupOfAsync(ann), "available", true));
        await service.AskAsync(organization, app, devices[0], ann);
        await service.HoldersAsync(organization, app, "RC-H1");

        await organization.AssignAllAsync(app);
        await organization.SyncAsync(token);
        await service.HoldersAsync(organization, app, "RC-H1");
    }

    [Fact]
    [Trait("Rule", "T12")]
    public async Task DeleteToken_ByTheLaterRules_TheLicencesAreTakenBackFirst()
    {
        var (organization, app, token) = await service.WithAppAsync("7400041", 5, behavior: "intune2026");
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, ["RC-E1", "RC-E2"]);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "RC-E1", "RC-E2");

        await organization.DeleteAsync($"/beta/deviceAppManagement/vppTokens/{token}");

        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from tokens where tenant_id = $1", organization.Tenant), count => count == 0);
        Assert.Empty(organization.Location.Assignments);
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from work where tenant_id = $1", organization.Tenant), count => count == 0);
    }

    [Fact]
    [Trait("Rule", "G3")]
    public async Task DeleteApp_ByTheLaterRules_RefusedWhileItHasLicences_ThenGone()
    {
        var (organization, app, token) = await service.WithAppAsync("7400051", 5, behavior: "intune2026");
        Assert.Equal(HttpStatusCode.BadRequest, await DeleteAsync(organization, app));

        // Refunded, and yet held by somebody: it stays until that is cleared up.
        organization.Location.Assign("7400051", ["RC-I1"]);
        await organization.SyncAsync(token);
        await service.ExecuteAsync("update pools set total = 0 where tenant_id = $1", organization.Tenant);
        Assert.Equal(HttpStatusCode.BadRequest, await DeleteAsync(organization, app));

        organization.Location.RemoveAsset("7400051");
        await organization.AssignAllAsync(app, (await organization.GroupAsync(), "required", true));
        await organization.SyncAsync(token);

        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(organization, app));
    }

    [Fact]
    public async Task Settle_OneTenantMeetsAFault_TheOthersAreServedAllTheSame()
    {
        var (broken, itsApp, _) = await service.WithAppAsync("7400061", 5);
        var (whole, app, _) = await service.WithAppAsync("7400062", 5);
        Assert.True(broken.Tenant.CompareTo(whole.Tenant) < 0);
        var (stuck, device) = (await broken.GroupOfAsync(await broken.DeviceAsync("RC-F1")), await whole.DeviceAsync("RC-F2"));
        await service.ExecuteAsync($"alter table licenses add constraint fault check (tenant_id <> '{broken.Tenant}') not valid");
        try
        {
            await broken.AssignAllAsync(itsApp, (stuck, "required", true));
            await whole.AssignAllAsync(app, (await whole.GroupOfAsync(device), "required", true));
            await service.HoldersAsync(whole, app, "RC-F2");
        }
        finally
        {
            await service.ExecuteAsync("alter table licenses drop constraint fault");
        }

        await service.HoldersAsync(broken, itsApp, "RC-F1");
    }

    private static async Task<HttpStatusCode> DeleteAsync(Organization organization, Guid app)
    {
        using var answer = await organization.Client.DeleteAsync($"/beta/deviceAppManagement/mobileApps/{app}", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
