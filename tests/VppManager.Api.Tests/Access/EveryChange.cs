using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using VppManager.Api.Tests.Portal;
using VppManager.Core.Assignments;

namespace VppManager.Api.Tests.Access;

/// <summary>An administrator changes whatever can be changed, once by every address that changes something.</summary>
internal sealed class EveryChange(ServiceFixture service, Organization organization)
{
    private const string Apps = "/beta/deviceAppManagement/mobileApps";
    private const string Books = "/beta/deviceAppManagement/managedEBooks";
    private const string Categories = "/beta/deviceAppManagement/mobileAppCategories";
    private const string Tokens = "/beta/deviceAppManagement/vppTokens";
    private const string Devices = "/beta/deviceManagement/managedDevices";

    private Guid token;
    private Guid app;
    private Guid group;
    private Guid user;
    private Guid device;

    public async Task RunAsync()
    {
        await SetUpAsync();
        await AppsAsync();
        await BooksAsync();
        await LicensesAsync();
        await PortalAsync();
        await AccountsAsync();
        await DevicesAsync();
        await DirectoryAsync();
        await RolesAsync();
        await TokensAsync();
    }

    private async Task SetUpAsync()
    {
        organization.Location.AddAsset("7100001", 5, name: "Audited");
        organization.Location.AddAsset("7100002", 5, name: "Read", productType: "Book");
        organization.Location.AddAsset("7100003", 5, name: "Asked for");
        token = await organization.UploadTokenAsync();
        app = await organization.AppAsync("7100001");
        (group, user) = (await organization.GroupAsync(), await organization.UserAsync("audited"));
        device = await organization.DeviceAsync("AUDITED0001", user);
        await organization.JoinAsync(group, device);
    }

    private async Task AppsAsync()
    {
        await organization.PatchAsync($"{Apps}/{app}", Typed("iosVppApp", ("notes", "Noted")));
        var category = await MadeAsync(Categories, new { displayName = "Own" });
        await organization.PatchAsync($"{Categories}/{category}", new { displayName = "Ours" });
        var reference = new Dictionary<string, object> { ["@odata.id"] = $"https://graph.microsoft.com{Categories}/{category}" };
        await organization.PostAsync($"{Apps}/{app}/categories/$ref", reference);
        await organization.DeleteAsync($"{Apps}/{app}/categories/{category}/$ref");
        await organization.PostAsync($"{Apps}/{app}/categories/$ref", reference);
        await organization.DeleteAsync($"{Apps}/{app}/categories/$ref?$id={Uri.EscapeDataString((string)reference["@odata.id"])}");
        await organization.DeleteAsync($"{Categories}/{category}");

        await organization.AssignAsync(app, group);
        var other = await organization.GroupAsync("Others");
        var assignment = (await organization.PostAsync($"{Apps}/{app}/assignments", Organization.Assignment(other)))["id"]!.GetValue<string>();
        assignment = (await organization.PatchAsync($"{Apps}/{app}/assignments/{assignment}", Typed("mobileAppAssignment", ("intent", "available"))))["id"]!.GetValue<string>();
        await organization.DeleteAsync($"{Apps}/{app}/assignments/{assignment}");
    }

    private async Task BooksAsync()
    {
        var book = await organization.AppAsync("7100002", AppKind.Book);
        var readers = await organization.GroupAsync("Readers");
        await organization.PatchAsync($"{Books}/{book}", Typed("iosVppEBook", ("displayName", "Reads")));
        await organization.PostAsync($"{Books}/{book}/assign", new { managedEBookAssignments = new[] { OfBook(readers) } });
        var assignment = (await organization.PostAsync($"{Books}/{book}/assignments", OfBook(await organization.GroupAsync("More readers"))))["id"]!.GetValue<string>();
        assignment = (await organization.PatchAsync($"{Books}/{book}/assignments/{assignment}", Typed("managedEBookAssignment", ("installIntent", "available"))))["id"]!.GetValue<string>();
        await organization.DeleteAsync($"{Books}/{book}/assignments/{assignment}");
    }

    private async Task LicensesAsync()
    {
        await organization.HeldAsync(app, 1);
        await organization.RevokeAsync(app, "revokeDeviceLicense", new { managedDeviceId = device });
        var license = await service.ScalarAsync<Guid>("select id from licenses where tenant_id = $1 and device_id = $2", organization.Tenant, device);
        await organization.AssignAgainAsync(license);
        await organization.HeldAsync(app, 1);
        await organization.RevokeAsync(app, "revokeAllLicenses", new { });
        await organization.PostAsync($"{Devices}/{device}/revokeAppleVppLicenses", null);
        await organization.PostAsync($"{Tokens}/{token}/revokeLicenses", new { });
        await organization.PostAsync("/vpp/licenses/revoke", new { appId = app });
        await organization.PostAsync("/vpp/licenses/orphaned/reclaim", new { filter = new { } });
        await organization.PostAsync("/beta/deviceManagement/reports/exportJobs", new { reportName = "DeviceInstallStatusByApp", filter = $"(ApplicationId eq '{app}')", format = "csv" });
    }

    private async Task PortalAsync()
    {
        var asked = await organization.AppAsync("7100003");
        var portal = new PortalOf(service, organization, user, device);
        var users = await organization.GroupAsync("Users");
        await organization.JoinAsync(users, user);
        await organization.AssignAsync(asked, users, "available");
        Assert.Equal(202, (await portal.InstallAsync(asked)).Status);
        await organization.HeldAsync(asked, 1);
        await organization.CheckInAsync(device);
        await organization.CheckInAsync(device, CheckInWords.App("7100003"));
        await service.ExecuteAsync("update apps set latest_version = '1.1' where tenant_id = $1 and id = $2", organization.Tenant, asked);
        Assert.Equal(202, (await portal.UpdateAsync(asked)).Status);
    }

    private async Task AccountsAsync()
    {
        var holders = await organization.GroupAsync("Holders");
        var person = await organization.UserAsync("holder");
        await organization.DeviceAsync("AUDITED0002", person);
        await organization.JoinAsync(holders, person);
        await organization.AssignAsync(app, holders, useDeviceLicensing: false);
        await organization.HeldAsync(app, 1);
        await organization.RevokeAsync(app, "revokeUserLicense", new { userId = person });
        await organization.PostAsync($"/vpp/users/{person}/appleAccounts/tryAgain", null);
        await organization.PostAsync($"/vpp/users/{person}/appleAccounts/retire", new { });
    }

    private async Task DevicesAsync()
    {
        await organization.PatchAsync($"/vpp/devices/{device}", new { deviceName = "Other" });
        await organization.PatchAsync($"{Devices}/{device}", new { managedDeviceOwnerType = "personal" });
        await organization.PostAsync($"{Devices}/{device}/syncDevice", null);
        await organization.PostAsync($"{Devices}/{device}/retire", null);
        await organization.PostAsync($"{Devices}/{await organization.DeviceAsync("AUDITED0003")}/wipe", new { });
        await organization.DeleteAsync($"{Devices}/{await organization.DeviceAsync("AUDITED0004")}");
        await organization.PostAsync($"/vpp/devices/{await organization.DeviceAsync("AUDITED0005")}/retire", null);
        await organization.ImportDevicesAsync(group, ["AUDITED0006"]);
    }

    private async Task DirectoryAsync()
    {
        await organization.PatchAsync($"/v1.0/users/{user}", new { displayName = "Ada" });
        await organization.PatchAsync($"/v1.0/groups/{group}", new { displayName = "Other" });
        await organization.LeaveAsync(group, device);
        await organization.DeleteAsync($"/v1.0/users/{user}");
        await organization.DeleteAsync($"/v1.0/groups/{group}");
    }

    private async Task RolesAsync()
    {
        var role = await MadeAsync(Administrators.Roles, new { displayName = "Readers", rolePermissions = Array.Empty<object>() });
        await organization.PatchAsync($"{Administrators.Roles}/{role}", new { description = "They read" });
        var assignment = await MadeAsync(Administrators.Assignments, new Dictionary<string, object>
        {
            ["@odata.type"] = "#microsoft.graph.deviceAndAppManagementRoleAssignment",
            ["displayName"] = "Given",
            ["members"] = new[] { Guid.NewGuid() },
            ["roleDefinition@odata.bind"] = $"https://graph.microsoft.com/beta/deviceManagement/roleDefinitions('{role}')",
        });
        await organization.PatchAsync($"{Administrators.Assignments}/{assignment}", Typed("deviceAndAppManagementRoleAssignment", ("displayName", "Given away")));
        await organization.DeleteAsync($"{Administrators.Assignments}/{assignment}");
        await organization.DeleteAsync($"{Administrators.Roles}/{role}");
        var tag = (await organization.PostAsync(Administrators.Tags, new { displayName = "North" }))["id"]!.GetValue<string>();
        await organization.PatchAsync($"{Administrators.Tags}/{tag}", new { displayName = "South" });
        await organization.PostAsync($"{Administrators.Tags}/{tag}/assign", new { assignments = new[] { new { target = TargetOf(Guid.NewGuid()) } } });
        await organization.DeleteAsync($"{Administrators.Tags}/{tag}");
    }

    private async Task TokensAsync()
    {
        await organization.PatchAsync($"{Tokens}/{token}", new { displayName = "Renamed", token = organization.Location.IssueToken().VpptokenFile });
        await organization.SyncedAsync(token);
        await organization.SyncAsync(token);
        await organization.SyncChangesAsync(token);
        await organization.PostAsync($"{Tokens}/syncLicenseCounts", null);
        await organization.SyncedAsync(token);
        await organization.PatchAsync("/vpp/tenant", new { behavior = "intune2026" });
        await service.ExecuteAsync("update pools set total = 0, taken = 0 where tenant_id = $1 and adam_id = '7100001'", organization.Tenant);
        await organization.DeleteAsync($"{Apps}/{app}");
        var second = await organization.UploadTokenAsync(service.Apple.AddLocation("Branch").IssueToken(), "Second");
        await organization.DeleteAsync($"/vpp/tokens/{second}");
        await organization.DeleteAsync($"{Tokens}/{token}");
    }

    private async Task<Guid> MadeAsync(string path, object body) => (await organization.PostAsync(path, body))["id"]!.GetValue<Guid>();

    private static Dictionary<string, object> Typed(string type, params (string Name, object Value)[] properties) =>
        new([new("@odata.type", "#microsoft.graph." + type), .. properties.Select(one => KeyValuePair.Create(one.Name, one.Value))]);

    private static Dictionary<string, object> OfBook(Guid group) => Typed("managedEBookAssignment", ("installIntent", "required"), ("target", TargetOf(group)));

    private static Dictionary<string, object> TargetOf(Guid group) => Typed("groupAssignmentTarget", ("groupId", group));
}
