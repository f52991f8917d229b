using System.Net;
using VppManager.Api.Access;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Access;

/// <summary>What roles allow, and what they do not.</summary>
[Trait("Rule", "G1")]
[Collection(AccessCollection.Name)]
public sealed class RoleTests(ServiceFixture service)
{
    private const string Apps = "/v1.0/deviceAppManagement/mobileApps";
    private const string Tokens = "/v1.0/deviceAppManagement/vppTokens";
    private const string Audit = "/v1.0/deviceManagement/auditEvents";

    [Fact]
    public async Task Read_NoRoleAssignedInTheTenant_WhoeverHasThePermissionMay()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());

        Assert.Equal(HttpStatusCode.OK, (await Administrators.TryAsync(administrators.Client(null), HttpMethod.Get, Apps)).Status);
    }

    [Fact]
    public async Task Read_RoleOfAppsAlone_AppsYesAuditNoAndTheMissingActionIsNamed()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        var reader = await administrators.WithAsync([ResourceActions.ReadApps]);

        Assert.Equal(HttpStatusCode.OK, (await Administrators.TryAsync(reader, HttpMethod.Get, Apps)).Status);
        var (status, body) = await Administrators.TryAsync(reader, HttpMethod.Get, Audit);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Microsoft.Intune_Audit_Read", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_RoleThatOnlyReads_RefusedForEveryVerb()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        var reader = await administrators.WithAsync([ResourceActions.ReadApps, "Microsoft.Intune_ManagedApps_Read", ResourceActions.ReadDevices, ResourceActions.ReadRoles]);
        var id = Guid.NewGuid();

        foreach (var (method, path, action) in new[]
        {
            (HttpMethod.Post, Tokens, "ManagedApps_Create"), (HttpMethod.Patch, $"{Tokens}/{id}", "ManagedApps_Update"),
            (HttpMethod.Delete, $"{Tokens}/{id}", "ManagedApps_Delete"), (HttpMethod.Post, $"{Tokens}/{id}/syncLicenses", "ManagedApps_Update"),
            (HttpMethod.Patch, $"{Apps}/{id}", "MobileApps_Update"), (HttpMethod.Post, $"{Apps}/{id}/assign", "MobileApps_Assign"),
            (HttpMethod.Delete, $"{Apps}/{id}", "MobileApps_Delete"),
            (HttpMethod.Post, $"/v1.0/deviceManagement/managedDevices/{id}/retire", "RemoteTasks_Retire"),
            (HttpMethod.Post, Administrators.Assignments, "Roles_Assign"), (HttpMethod.Post, $"/vpp/tokens/{id}/sync", "ManagedApps_Update"),
        })
        {
            var (status, body) = await Administrators.TryAsync(reader, method, path, new { });
            Assert.True(status is HttpStatusCode.Forbidden, $"{method} {path}: {status}");
            Assert.Contains(action, body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Revoke_EverythingOfADevice_NeedsTheActionThatGraphAsksForByEitherDoor()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        var (updater, revoker) = (await administrators.WithAsync([ResourceActions.UpdateApps]), await administrators.WithAsync([ResourceActions.UpdateApps, ResourceActions.RevokeFromDevice]));
        var (device, graph) = (new { deviceId = Guid.NewGuid() }, $"/beta/deviceManagement/managedDevices/{Guid.NewGuid()}/revokeAppleVppLicenses");

        var (status, body) = await Administrators.TryAsync(updater, HttpMethod.Post, "/vpp/licenses/revoke", device);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains(ResourceActions.RevokeFromDevice, body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await Administrators.TryAsync(updater, HttpMethod.Post, graph)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Administrators.TryAsync(revoker, HttpMethod.Post, "/vpp/licenses/revoke", device)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Administrators.TryAsync(revoker, HttpMethod.Post, graph)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await Administrators.TryAsync(updater, HttpMethod.Post, "/vpp/licenses/revoke", new { appId = Guid.NewGuid(), device.deviceId })).Status);
    }

    [Fact]
    public async Task Token_EitherFamilyOfActions_Suffices()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());

        foreach (var action in new[] { "Microsoft.Intune_ManagedApps_Read", "Microsoft.Intune_MobileApps_Read" })
            Assert.Equal(HttpStatusCode.OK, (await Administrators.TryAsync(await administrators.WithAsync([action]), HttpMethod.Get, Tokens)).Status);
    }

    [Fact]
    public async Task Read_InNoGroupOfTheTenant_RefusedThoughThePermissionIsThere()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        await administrators.WithAsync([ResourceActions.ReadApps]);

        Assert.Equal(HttpStatusCode.Forbidden, (await Administrators.TryAsync(administrators.Client(Guid.NewGuid()), HttpMethod.Get, Apps)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Administrators.TryAsync(administrators.Client(null, application: true), HttpMethod.Get, Apps)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Administrators.TryAsync(administrators.Global, HttpMethod.Get, Apps)).Status);
    }

    [Fact]
    public async Task BuiltInRole_Given_AllowsWhatIntuneSays()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        var group = Guid.NewGuid();
        await administrators.GiveAsync(Guid.Parse("fa1d7878-e8cb-41a1-8254-0142355c9d84"), group);
        var reader = administrators.Client(group);

        Assert.Equal(HttpStatusCode.OK, (await Administrators.TryAsync(reader, HttpMethod.Get, Audit)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Administrators.TryAsync(reader, HttpMethod.Delete, $"{Tokens}/{Guid.NewGuid()}")).Status);
        var effective = await Administrators.SendAsync(reader, HttpMethod.Get, "/v1.0/deviceManagement/getEffectivePermissions(scope='*')");
        Assert.Contains("Microsoft.Intune_Audit_Read",
            effective["value"]![0]!["resourceActions"]![0]!["allowedResourceActions"]!.AsArray().Select(one => one!.GetValue<string>()));
    }

    [Theory]
    [InlineData("https://graph.microsoft.com/beta/deviceManagement/roleScopeTags('ID')")]
    [InlineData("https://graph.microsoft.com/beta/deviceManagement/roleScopeTags/ID")]
    public async Task Assignment_ScopeTagsBoundByTheirAddresses_AreItsTags(string address)
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        var (tag, roles) = (await administrators.TagAsync("North"), await Administrators.SendAsync(administrators.Global, HttpMethod.Get, Administrators.Roles));
        Dictionary<string, object> Body(object tags) => new()
        {
            ["displayName"] = "Given",
            ["members"] = new[] { Guid.NewGuid() },
            ["roleDefinition@odata.bind"] = $"https://graph.microsoft.com/beta/deviceManagement/roleDefinitions('{roles["value"]![0]!["id"]}')",
            ["roleScopeTags@odata.bind"] = tags,
        };

        var made = await Administrators.SendAsync(administrators.Global, HttpMethod.Post, Administrators.Assignments, Body(new[] { address.Replace("ID", tag, StringComparison.Ordinal) }));

        Assert.Equal([tag], made["roleScopeTagIds"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.BadRequest, (await Administrators.TryAsync(administrators.Global, HttpMethod.Post, Administrators.Assignments, Body(address))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await Administrators.TryAsync(administrators.Global, HttpMethod.Post, Administrators.Assignments, Body(new[] { address }))).Status);
    }

    [Fact]
    public async Task Role_ChangedAndTakenAway_CountsAtOnce()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        await administrators.WithAsync([ResourceActions.ReadRoles]);
        var reader = await administrators.WithAsync([ResourceActions.ReadApps]);
        Assert.Equal(HttpStatusCode.OK, (await Administrators.TryAsync(reader, HttpMethod.Get, Apps)).Status);
        var given = (await Administrators.SendAsync(administrators.Global, HttpMethod.Get, Administrators.Assignments + "?$expand=roleDefinition"))["value"]!
            .AsArray().Single(one => one!["roleDefinition"]!["rolePermissions"]!.ToJsonString().Contains("MobileApps_Read", StringComparison.Ordinal))!;

        var (inUse, _) = await Administrators.TryAsync(administrators.Global, HttpMethod.Delete, $"{Administrators.Roles}/{given["roleDefinition"]!["id"]}");
        await Administrators.SendAsync(administrators.Global, HttpMethod.Delete, $"{Administrators.Assignments}/{given["id"]}");

        Assert.Equal(HttpStatusCode.Conflict, inUse);
        Assert.Equal(HttpStatusCode.Forbidden, (await Administrators.TryAsync(reader, HttpMethod.Get, Apps)).Status);
        await Administrators.SendAsync(administrators.Global, HttpMethod.Delete, $"{Administrators.Roles}/{given["roleDefinition"]!["id"]}");
    }

    [Fact]
    public async Task RoleDefinitions_InGraphsForm_BuiltInAndOwn()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        await administrators.WithAsync([ResourceActions.ReadApps]);

        var roles = (await Administrators.SendAsync(administrators.Global, HttpMethod.Get, "/v1.0/deviceManagement/roleDefinitions"))["value"]!.AsArray();
        var own = Assert.Single(roles, role => !role!["isBuiltIn"]!.GetValue<bool>())!;
        Assert.Equal(6, roles.Count(role => role!["isBuiltIn"]!.GetValue<bool>()));
        Assert.Equal("#microsoft.graph.deviceAndAppManagementRoleDefinition", own["@odata.type"]!.GetValue<string>());
        var tag = await administrators.TagAsync("North");
        var given = await administrators.GiveAsync(own["id"]!.GetValue<Guid>(), Guid.NewGuid(), tag);
        var assigned = await Administrators.SendAsync(administrators.Global, HttpMethod.Get, $"{Administrators.Roles}/{own["id"]}/roleAssignments");
        Assert.Equal(2, assigned["value"]!.AsArray().Count);
        var tags = await Administrators.SendAsync(administrators.Global, HttpMethod.Get, $"{Administrators.Assignments}/{given["id"]}/roleScopeTags");
        Assert.Equal("North", Assert.Single(tags["value"]!.AsArray())!["displayName"]!.GetValue<string>());
        var (refused, _) = await Administrators.TryAsync(
            administrators.Global, HttpMethod.Patch, $"{Administrators.Roles}/c1d9fcbb-cba5-40b0-bf6b-527006585f4b", new { displayName = "Mine" });
        Assert.Equal(HttpStatusCode.BadRequest, refused);
        Assert.NotEmpty((await Administrators.SendAsync(administrators.Global, HttpMethod.Get, "/v1.0/deviceManagement/resourceOperations"))["value"]!.AsArray());
    }
}
