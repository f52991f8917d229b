using System.Net;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Access;

/// <summary>Through the front door, nothing of one tenant reaches another.</summary>
[Trait("Rule", "G5")]
public sealed class TenancyTests(TwoTenants service) : IClassFixture<TwoTenants>
{
    private const string Apps = "/beta/deviceAppManagement/mobileApps";
    private const string Tokens = "/beta/deviceAppManagement/vppTokens";

    [Theory]
    [InlineData(Tokens, "{token}")]
    [InlineData(Apps, "{app}")]
    [InlineData(Apps + "/microsoft.graph.iosVppApp", "{app}")]
    [InlineData(Apps + "?$expand=assignments", "{group}")]
    [InlineData(Apps + "/{app}/assignments", "{group}")]
    [InlineData(Apps + "/{app}/microsoft.graph.iosVppApp/assignedLicenses", "{device}")]
    [InlineData(Apps + "?$filter=displayName ne 'x'", "{app}")]
    [InlineData(Tokens + "/getLicensesForApp(bundleId='com.example.app3000001')", "")]
    [InlineData("/beta/groups", "{group}")]
    [InlineData("/beta/groups?$expand=members", "{user}")]
    [InlineData("/beta/groups/{group}/members", "{user}")]
    [InlineData("/beta/groups/{group}/transitiveMembers", "{user}")]
    [InlineData("/beta/users", "{user}")]
    [InlineData("/beta/users?$filter=userPrincipalName eq 'shared@example.com'", "{user}")]
    [InlineData("/beta/users/shared@example.com/memberOf", "{group}")]
    [InlineData("/beta/users/{user}/managedDevices", "{device}")]
    [InlineData("/beta/devices", "")]
    [InlineData("/beta/deviceManagement/managedDevices", "{device}")]
    [InlineData("/beta/deviceManagement/managedDevices?$filter=serialNumber eq 'SHARED000001'", "{device}")]
    [InlineData("/vpp/apps/{app}/licenses", "{license}")]
    public async Task List_TwoTenantsOfOneShape_OurRowsAndNothingOfTheirs(string path, string expected)
    {
        var (ours, theirs) = await service.BothAsync();

        var (status, body) = await ours.SendAsync(HttpMethod.Get, ours.Address(path));

        Assert.True(status is HttpStatusCode.OK, body);
        Assert.Contains(ours.Address(expected), body, StringComparison.Ordinal);
        Assert.DoesNotContain(theirs.Ids, id => body.Contains(id, StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(Apps)]
    [InlineData(Tokens)]
    [InlineData("/beta/groups")]
    [InlineData("/beta/users")]
    [InlineData("/beta/devices")]
    [InlineData("/beta/deviceManagement/managedDevices")]
    public async Task Count_TwoTenantsOfOneShape_CountsOursAlone(string path)
    {
        var (ours, _) = await service.BothAsync();

        var (_, list) = await ours.SendAsync(HttpMethod.Get, path + "?$count=true");
        var (_, count) = await ours.SendAsync(HttpMethod.Get, path + "/$count");

        Assert.Equal("1", count);
        Assert.Equal(1, JsonNode.Parse(list)!["@odata.count"]!.GetValue<int>());
    }

    [Theory]
    [InlineData(Tokens, "{token}")]
    [InlineData(Apps, "{app}")]
    [InlineData("/beta/groups", "{group}")]
    [InlineData("/beta/users", "{user}")]
    [InlineData("/beta/deviceManagement/managedDevices", "{device}")]
    public async Task Filter_ByAnIdOfTheirs_FindsNothingThoughOursIsFound(string path, string id)
    {
        var (ours, theirs) = await service.BothAsync();

        var (_, found) = await ours.SendAsync(HttpMethod.Get, $"{path}?$filter=id eq '{ours.Address(id)}'");
        var (_, foreign) = await ours.SendAsync(HttpMethod.Get, $"{path}?$filter=id eq '{theirs.Address(id)}'");

        Assert.Single(JsonNode.Parse(found)!["value"]!.AsArray());
        Assert.Empty(JsonNode.Parse(foreign)!["value"]!.AsArray());
    }

    [Theory]
    [InlineData("GET", Tokens + "/{token}")]
    [InlineData("GET", Apps + "/{app}")]
    [InlineData("GET", Apps + "/{app}/assignments")]
    [InlineData("GET", Apps + "/{app}/microsoft.graph.iosVppApp/assignedLicenses")]
    [InlineData("GET", "/beta/groups/{group}")]
    [InlineData("GET", "/beta/groups/{group}/members")]
    [InlineData("GET", "/beta/users/{user}")]
    [InlineData("GET", "/beta/users/{user}/memberOf")]
    [InlineData("GET", "/beta/directoryObjects/{user}")]
    [InlineData("GET", "/beta/deviceManagement/managedDevices/{device}")]
    [InlineData("GET", "/vpp/apps/{app}/licensing")]
    [InlineData("GET", "/vpp/apps/{app}/licenses")]
    [InlineData("GET", "/vpp/licenses/{license}/ledger")]
    [InlineData("GET", "/vpp/tokens/{token}/sync")]
    [InlineData("GET", "/vpp/devices/{device}")]
    public async Task Read_AnAddressOfTheirs_NotFoundThoughTheyFindIt(string method, string path)
    {
        var (ours, theirs) = await service.BothAsync();

        var (found, _) = await theirs.SendAsync(new HttpMethod(method), theirs.Address(path));
        var (status, body) = await ours.SendAsync(new HttpMethod(method), theirs.Address(path));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (found, status));
        Assert.DoesNotContain("Shared", body, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("PATCH", Tokens + "/{token}", """{ "displayName": "taken" }""")]
    [InlineData("DELETE", Tokens + "/{token}", null)]
    [InlineData("POST", Tokens + "/{token}/syncLicenses", null)]
    [InlineData("POST", Tokens + "/{token}/revokeLicenses", null)]
    [InlineData("POST", Apps + "/{app}/assign", """{ "mobileAppAssignments": [] }""")]
    [InlineData("POST", Apps + "/{app}/microsoft.graph.iosVppApp/revokeAllLicenses", null)]
    [InlineData("POST", "/beta/deviceManagement/managedDevices/{device}/revokeAppleVppLicenses", null)]
    [InlineData("POST", "/beta/deviceManagement/managedDevices/{device}/retire", null)]
    [InlineData("POST", "/vpp/licenses/{license}/assignAgain", null)]
    [InlineData("POST", "/vpp/devices/{device}/retire", null)]
    [InlineData("PATCH", "/vpp/devices/{device}", """{ "deviceName": "taken" }""")]
    [InlineData("PATCH", "/beta/users/{user}", """{ "displayName": "taken" }""")]
    [InlineData("DELETE", "/beta/users/{user}", null)]
    [InlineData("PATCH", "/beta/groups/{group}", """{ "displayName": "taken" }""")]
    [InlineData("DELETE", "/beta/groups/{group}", null)]
    [InlineData("DELETE", "/beta/groups/{group}/members/{user}/$ref", null)]
    public async Task Write_AnAddressOfTheirs_NotFoundAndNothingChanges(string method, string path, string? body)
    {
        var (ours, theirs) = await service.BothAsync();
        var before = await StateOfAsync(theirs);

        var (status, _) = await ours.SendAsync(new HttpMethod(method), theirs.Address(path), body is null ? null : JsonNode.Parse(body));

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(before, await StateOfAsync(theirs));
    }

    [Fact]
    public async Task Write_TheirIdsInOurBodies_NotFoundAndNothingChanges()
    {
        var (ours, theirs) = await service.BothAsync();
        var before = (await StateOfAsync(ours), await StateOfAsync(theirs));
        var assign = new { mobileAppAssignments = new[] { Organization.Assignment(theirs.Group) } };
        var device = new { managedDeviceId = theirs.Device, notifyManagedDevices = false };
        var user = new Dictionary<string, string> { ["@odata.id"] = $"https://graph.microsoft.com/v1.0/directoryObjects/{theirs.User}" };

        Assert.Equal(HttpStatusCode.NotFound, (await ours.SendAsync(HttpMethod.Post, $"{Apps}/{ours.App}/assign", assign)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ours.SendAsync(HttpMethod.Post, $"{Apps}/{ours.App}/microsoft.graph.iosVppApp/revokeDeviceLicense", device)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ours.SendAsync(HttpMethod.Post, $"/beta/groups/{ours.Group}/members/$ref", user)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await ours.SendAsync(HttpMethod.Post, $"/beta/groups/{theirs.Group}/members/$ref", user)).Status);
        Assert.Equal(before, (await StateOfAsync(ours), await StateOfAsync(theirs)));
    }

    [Fact]
    public async Task Batch_OfRequestsForTheirs_EachNotFoundWhateverItsHeadersSay()
    {
        var (ours, theirs) = await service.BothAsync();
        var before = (await StateOfAsync(ours), await StateOfAsync(theirs));
        var asThey = new { Authorization = $"Bearer {service.Token(theirs.Organization.Tenant)}" };
        object Request(int id, string method, string url, object? body = null) => new { id = $"{id}", method, url, headers = asThey, body };

        var (status, body) = await ours.SendAsync(HttpMethod.Post, "/beta/$batch", new
        {
            requests = new[]
            {
                Request(1, "GET", $"/deviceAppManagement/vppTokens/{theirs.Token}"), Request(2, "GET", $"/deviceAppManagement/mobileApps/{theirs.App}/assignments"),
                Request(3, "GET", "/deviceAppManagement/mobileApps?$expand=assignments"), Request(4, "PATCH", $"/groups/{theirs.Group}", new { displayName = "taken" }),
                Request(5, "DELETE", $"/users/{theirs.User}"), Request(6, "GET", $"/deviceManagement/roleDefinitions/{theirs.Named.Role}"),
            },
        });

        Assert.Equal(HttpStatusCode.OK, status);
        var answers = JsonNode.Parse(body)!["responses"]!.AsArray().ToDictionary(one => one!["id"]!.GetValue<string>(), one => one!["status"]!.GetValue<int>());
        Assert.Equal([404, 404, 200, 404, 404, 404], answers.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value));
        Assert.Contains(ours.App.ToString(), body, StringComparison.Ordinal);
        string[] asked = [theirs.Token.ToString(), theirs.App.ToString(), theirs.Group.ToString(), theirs.User.ToString(), theirs.Named.Role.ToString()];
        Assert.DoesNotContain(theirs.Ids.Except(asked), id => body.Contains(id, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(before, (await StateOfAsync(ours), await StateOfAsync(theirs)));
    }

    /// <summary>What a write through the wrong tenant could have changed, as one text.</summary>
    private Task<string> StateOfAsync(TenantOfShape tenant) => service.ScalarAsync<string>("""
        select jsonb_build_object(
            'tokens', (select jsonb_agg(to_jsonb(t) order by id) from tokens t where tenant_id = $1),
            'assignments', (select jsonb_agg(to_jsonb(t) order by id) from assignments t where tenant_id = $1),
            'users', (select jsonb_agg(to_jsonb(t) order by id) from users t where tenant_id = $1),
            'groups', (select jsonb_agg(to_jsonb(t) order by id) from groups t where tenant_id = $1),
            'members', (select jsonb_agg(to_jsonb(t) order by group_id, member_id) from group_members t where tenant_id = $1),
            'devices', (select jsonb_agg(to_jsonb(t) order by id) from devices t where tenant_id = $1),
            'licenses', (select jsonb_agg(to_jsonb(t) order by id) from licenses t where tenant_id = $1),
            'runs', (select count(*) from sync_runs t where tenant_id = $1))::text
        """, tenant.Organization.Tenant);
}
