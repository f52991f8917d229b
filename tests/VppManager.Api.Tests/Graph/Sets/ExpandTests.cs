using System.Text.Json.Nodes;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Sets;

/// <summary>$expand of what hangs on objects by more than a join.</summary>
[Collection(GraphCollection.Name)]
public sealed class ExpandTests(GraphHost graph)
{
    [Theory]
    [InlineData("/v1.0/users?$expand=memberOf&$orderby=displayName", "memberOf", "Everybody|Inner")]
    [InlineData("/v1.0/users?$expand=transitiveMemberOf($orderby=displayName)&$orderby=displayName", "transitiveMemberOf", "Everybody,Inner|Everybody,Inner")]
    [InlineData("/v1.0/users?$expand=ownedDevices&$orderby=displayName", "ownedDevices", "iPad-1|")]
    [InlineData("/v1.0/users?$select=id&$expand=registeredDevices($select=displayName)&$orderby=displayName", "registeredDevices", "iPad-1|")]
    [InlineData("/v1.0/groups?$expand=members($orderby=displayName)&$orderby=displayName", "members", "Ann,Inner|Bob,Everybody,iPad-1")]
    [InlineData("/v1.0/groups?$expand=members($filter=isof('microsoft.graph.user'))&$orderby=displayName", "members", "Ann|Bob")]
    [InlineData("/v1.0/groups?$expand=transitiveMembers($orderby=displayName;$top=3)&$orderby=displayName", "transitiveMembers", "Ann,Bob,Everybody|Ann,Bob,Everybody")]
    [InlineData("/v1.0/groups?$expand=transitiveMembers($orderby=displayName;$skip=3)&$orderby=displayName", "transitiveMembers", "Inner,iPad-1|Inner,iPad-1")]
    [InlineData("/v1.0/groups?$expand=memberOf,owners&$orderby=displayName", "memberOf", "Inner|Everybody")]
    [InlineData("/v1.0/groups?$expand=memberOf,owners&$orderby=displayName", "owners", "|")]
    [InlineData("/v1.0/devices?$expand=memberOf&$orderby=displayName", "memberOf", "Inner||")]
    [InlineData("/v1.0/devices?$expand=transitiveMemberOf($orderby=displayName desc)&$orderby=displayName", "transitiveMemberOf", "Inner,Everybody||")]
    [InlineData("/beta/devices?$expand=registeredOwners,registeredUsers&$orderby=displayName", "registeredUsers", "Ann||")]
    [InlineData("/beta/deviceManagement/managedDevices?$expand=users&$orderby=deviceName", "users", "Ann||")]
    [InlineData("/v1.0/groups/c0000000-0000-0000-0000-000000000001/members/graph.user?$expand=memberOf", "memberOf", "Everybody")]
    public async Task List_ExpandedByTheDirectory_HasWhatBelongsToEach(string address, string property, string names)
    {
        var page = JsonNode.Parse((await graph.GetAsync(address)).GetRawText())!["value"]!.AsArray();

        Assert.Equal(names, string.Join('|', page.Select(one => string.Join(',', one![property]!.AsArray().Select(Name)))));
    }

    [Fact]
    public async Task One_Expanded_IsTypedWithItsContext()
    {
        var user = await graph.GetAsync("/v1.0/users/bob@alpha.example?$expand=transitiveMemberOf,manager&$select=displayName");

        Assert.Equal("#microsoft.graph.group", user.GetProperty("transitiveMemberOf")[0].GetProperty("@odata.type").GetString());
        Assert.Equal("http://localhost/v1.0/$metadata#users('e0000000-0000-0000-0000-000000000002')/transitiveMemberOf", user.GetProperty("transitiveMemberOf@odata.context").GetString());
        Assert.EndsWith("#users(displayName,transitiveMemberOf(),manager())/$entity", user.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, user.GetProperty("manager").ValueKind);
    }

    [Fact]
    public async Task Expand_WithinAnExpanded_IsFollowed()
    {
        var users = JsonNode.Parse((await graph.GetAsync("/v1.0/users?$expand=managedDevices($expand=users($select=displayName))&$orderby=displayName")).GetRawText())!["value"]!;
        var owned = JsonNode.Parse((await graph.GetAsync("/v1.0/deviceManagement/managedDevices?$expand=users($expand=managedDevices)&$orderby=deviceName")).GetRawText())!["value"]!;

        Assert.Equal("Ann", users[0]!["managedDevices"]![0]!["users"]![0]!["displayName"]!.GetValue<string>());
        Assert.Equal("iPad-1", owned[0]!["users"]![0]!["managedDevices"]![0]!["deviceName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Members_OfALargeGroup_AreTwentyAsInGraph()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var group = (await tenant.PostAsync("/v1.0/groups", """{"displayName":"Large","mailNickname":"l"}""", 201))["id"]!.GetValue<string>();
        await graph.ExecuteAsync("""
            with person as (
                insert into users (tenant_id, id, user_principal_name, account_enabled, created_at)
                select $1, gen_random_uuid(), n || '@many.example', true, now() from generate_series(1, 25) n returning id)
            insert into group_members (tenant_id, group_id, member_id, member_kind) select $1, $2, id, 'user' from person
            """, tenant.Id, Guid.Parse(group));

        Assert.Equal(20, (await tenant.GetAsync($"/v1.0/groups/{group}?$expand=members"))["members"]!.AsArray().Count);
        Assert.Equal(20, (await tenant.GetAsync("/v1.0/groups?$expand=members($top=100)"))["value"]![0]!["members"]!.AsArray().Count);
        Assert.Equal(3, (await tenant.GetAsync("/v1.0/groups?$expand=transitiveMembers($top=3)"))["value"]![0]!["transitiveMembers"]!.AsArray().Count);
        Assert.Empty((await tenant.GetAsync("/v1.0/groups?$expand=members($top=0)"))["value"]![0]!["members"]!.AsArray());
    }

    [Theory]
    [InlineData("/beta/deviceAppManagement/mobileApps/{0}?$expand=microsoft.graph.iosVppApp/assignedLicenses")]
    [InlineData("/beta/deviceAppManagement/mobileApps/{0}/graph.iosVppApp?$expand=assignedLicenses")]
    [InlineData("/beta/deviceAppManagement/mobileApps/graph.iosVppApp?$expand=assignedLicenses&$filter=id eq '{0}'")]
    [InlineData("/beta/deviceAppManagement/mobileApps/{0}?$expand=microsoft.graph.iosVppApp%2FassignedLicenses($orderby=userName,id desc;$filter=startswith(userName,'No') and userId eq null;$select=userName)")]
    public async Task Licences_MoreThanAPage_AreLinkedToTheRest(string address)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.ChangeAsync("""
            insert into licenses (tenant_id, id, pool_id, holder_kind, holder, state, wanted, tracked, place, entitled_at, changed_at)
            select $1, gen_random_uuid(), pool_id, 'device', 'MANY' || n, 'held', true, true, n, now(), now() from apps, generate_series(1, 1001) n where tenant_id = $1 and id = $2
            """, tenant.Id, tenant.Ios);

        var found = await tenant.GetAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, address, tenant.Ios));
        var app = found["value"]?[0] ?? found;
        var rest = await tenant.GetAsync(app["assignedLicenses@odata.nextLink"]!.GetValue<string>());

        Assert.Equal((1000, 1), (app["assignedLicenses"]!.AsArray().Count, rest["value"]!.AsArray().Count));
        Assert.Empty(app["assignedLicenses"]!.AsArray().Select(Id).Intersect(rest["value"]!.AsArray().Select(Id)));
    }

    [Fact]
    public async Task Book_Expanded_HasItsStates()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.InstallAsync(tenant.Book, tenant.IPad, "installed");
        await tenant.InstallAsync(tenant.Book, tenant.MacBook, "failed", -1);

        var book = (await tenant.GetAsync("/v1.0/deviceAppManagement/managedEBooks?$expand=installSummary,deviceStates,assignments,userStateSummary($expand=deviceStates)"))["value"]![0]!;
        var beta = await tenant.GetAsync($"/beta/deviceAppManagement/managedEBooks/{tenant.Book}?$expand=categories,userStateSummary($filter=failedDeviceCount gt 0)");
        var single = await tenant.GetAsync($"/beta/deviceAppManagement/managedEBooks/{tenant.Book}/installSummary?$select=failedDeviceCount");

        Assert.Equal((1, 1), (book["installSummary"]!["failedDeviceCount"]!.GetValue<int>(), book["installSummary"]!["installedDeviceCount"]!.GetValue<int>()));
        Assert.Equal(2, book["deviceStates"]!.AsArray().Count);
        Assert.Equal(["Mac of Bob", "iPad of Ann"], book["userStateSummary"]!.AsArray().Select(one => Assert.Single(one!["deviceStates"]!.AsArray())!["deviceName"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal("Bob", Assert.Single(beta["userStateSummary"]!.AsArray())!["userName"]!.GetValue<string>());
        Assert.Empty(beta["categories"]!.AsArray());
        Assert.Equal(["@odata.context", "id", "failedDeviceCount"], single.AsObject().Select(member => member.Key));
    }

    [Theory]
    [InlineData("mobileAppIntentAndStates")]
    [InlineData("mobileAppTroubleshootingEvents")]
    public async Task Troubles_OfAUser_AreReadAtTheirOwnAddressAlone(string name)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, "failed", -1);

        Assert.Single((await tenant.GetAsync($"/beta/users/{tenant.Ann}/{name}"))["value"]!.AsArray());
        await tenant.GetAsync($"/beta/users/{tenant.Ann}?$expand={name}", 400);
        await tenant.GetAsync($"/v1.0/users/{tenant.Ann}?$expand={name}", 400);
    }

    [Fact]
    public async Task Roles_Expanded_HaveAssignmentsAndTags()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var group = Guid.NewGuid();
        var tag = (await tenant.PostAsync("/beta/deviceManagement/roleScopeTags", """{"displayName":"North"}""", 201))["id"]!.GetValue<string>();
        await tenant.PostAsync($"/beta/deviceManagement/roleScopeTags/{tag}/assign", $$$"""{"assignments":[{"target":{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"{{{group}}}"}}]}""", 200);
        await tenant.PostAsync("/beta/deviceManagement/roleAssignments", $$"""
            {"displayName":"North","members":["{{group}}"],"roleScopeTagIds":["{{tag}}"],"scopeType":"allDevicesAndLicensedUsers",
             "roleDefinition@odata.bind":"https://graph.microsoft.com/beta/deviceManagement/roleDefinitions('c1d9fcbb-cba5-40b0-bf6b-527006585f4b')"}
            """, 201);
        using var root = graph.Hosts[0].CreateClient();
        root.DefaultRequestHeaders.Authorization = new("Bearer", graph.Token(tenant.Id, application: true));

        var tags = await GraphHost.GetAsync(root, "/beta/deviceManagement/roleScopeTags?$expand=assignments&$filter=displayName eq 'North'");
        var assignment = (await GraphHost.GetAsync(root, "/beta/deviceManagement/roleAssignments?$expand=roleScopeTags,roleDefinition")).GetProperty("value")[0];

        var own = await GraphHost.GetAsync(root, $"/beta/deviceManagement/roleScopeTags/{tag}/assignments?$filter=target/groupId eq '{group}'&$count=true");
        Assert.Equal((1, $"{tag}_{group}"), (own.GetProperty("@odata.count").GetInt32(), own.GetProperty("value")[0].GetProperty("id").GetString()));
        Assert.Equal("0", await root.GetStringAsync(new Uri("/beta/deviceManagement/roleScopeTags/0/assignments/$count", UriKind.Relative), TestContext.Current.CancellationToken));
        await GraphHost.GetAsync(root, "/beta/deviceManagement/roleScopeTags/99/assignments", 404);
        Assert.Equal(group.ToString(), tags.GetProperty("value")[0].GetProperty("assignments")[0].GetProperty("target").GetProperty("groupId").GetString());
        Assert.Equal("North", assignment.GetProperty("roleScopeTags")[0].GetProperty("displayName").GetString());
        Assert.Equal("Application Manager", assignment.GetProperty("roleDefinition").GetProperty("displayName").GetString());
    }

    [Theory]
    [InlineData("/v1.0/deviceAppManagement?$expand=mobileApps")]
    [InlineData("/v1.0/deviceAppManagement?$filter=id eq 'x'")]
    [InlineData("/beta/deviceManagement/reports/exportJobs?$filter=url eq 'x'")]
    [InlineData("/v1.0/users?$expand=memberOf($count=true)")]
    [InlineData("/v1.0/users?$expand=nosuch")]
    [InlineData("/v1.0/deviceAppManagement/managedEBooks?$expand=userStateSummary($expand=deviceStates($top=1))")]
    public async Task Option_ThatCannotBeHonoured_Is400(string address)
    {
        // The last one stumbles only where there is something to expand.
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.InstallAsync(tenant.Book, tenant.IPad, "installed");

        Assert.Equal("BadRequest", (await tenant.GetAsync(address, 400))["error"]!["code"]!.GetValue<string>());
    }

    private static string Name(JsonNode? one) => (one!["displayName"] ?? one["deviceName"])!.GetValue<string>();

    private static string Id(JsonNode? one) => one!["id"]!.GetValue<string>();
}
