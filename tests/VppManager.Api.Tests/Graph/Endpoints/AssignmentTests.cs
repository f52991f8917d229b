using System.Text.Json.Nodes;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Endpoints;

/// <summary>Assignments one by one and as a whole: what is sent comes back.</summary>
[Collection(GraphCollection.Name)]
public sealed class AssignmentTests(GraphHost graph)
{
    private const string Everybody = "acacacac-9df4-4c7d-9d50-4ef0226f57a9";
    private const string EveryDevice = "adadadad-808e-44e2-905a-0b7873a8a531";

    [Theory]
    [InlineData("""{"@odata.type":"#microsoft.graph.allLicensedUsersAssignmentTarget"}""", Everybody + "_1_0")]
    [InlineData("""{"@odata.type":"microsoft.graph.allDevicesAssignmentTarget"}""", EveryDevice + "_1_0")]
    [InlineData("""{"groupId":"[group]","@odata.type":"#graph.groupAssignmentTarget"}""", "[group]_1_0")]
    [InlineData("""{"@odata.type":"#microsoft.graph.exclusionGroupAssignmentTarget","groupId":"[group]"}""", "[group]_1_1")]
    public async Task Post_EveryKindOfTarget_HasGraphsId(string target, string id)
    {
        var (tenant, group) = await WithGroupAsync();

        var created = await tenant.PostAsync(tenant.App + "/assignments", $$"""{"intent":"required","target":{{target.Replace("[group]", group, StringComparison.Ordinal)}}}""", 201);

        Assert.Equal(id.Replace("[group]", group, StringComparison.Ordinal), created["id"]!.GetValue<string>());
        Assert.Equal("direct", created["source"]!.GetValue<string>());
        await tenant.GetAsync($"{tenant.App}/assignments/{created["id"]}");
        await tenant.GetAsync($"{tenant.App}/graph.iosVppApp/assignments('{created["id"]}')");
    }

    [Theory]
    [InlineData("iosVppAppAssignmentSettings", """{"useDeviceLicensing":false,"vpnConfigurationId":"8d40e9cc-0000-0000-0000-000000000001","uninstallOnDeviceRemoval":true,"isRemovable":false,"preventManagedAppBackup":true,"preventAutoAppUpdate":null}""")]
    [InlineData("iosDdmVppAppAssignmentSettings", """{"useDeviceLicensing":true,"version":7,"automaticAppUpdates":"alwaysOff","allowDownloadsOverCellular":"alwaysOn","associatedDomains":["a.example"],"associatedDomainsDirectDownloadAllowed":true,"preventManagedAppBackup":true,"tapToPayScreenLockEnabled":true,"relayConfigurationId":"r"}""")]
    public async Task Settings_OfEveryKind_ComeBackWhole(string type, string settings)
    {
        var (tenant, group) = await WithGroupAsync();
        var sent = JsonNode.Parse(settings)!.AsObject();
        sent["@odata.type"] = "#microsoft.graph." + type;

        var created = (await tenant.PostAsync(tenant.App + "/assignments", Assignment(group, settings: sent.ToJsonString()), 201))["settings"]!;

        Assert.All(sent, member => Assert.True(JsonNode.DeepEquals(member.Value, created[member.Key]), member.Key));

        // v1.0 has no word for the settings of declarative delivery.
        var inV1 = (await tenant.GetAsync($"/v1.0/deviceAppManagement/mobileApps/{tenant.Ios}/assignments"))["value"]!.AsArray().Single()!;
        Assert.Equal(type == "iosVppAppAssignmentSettings", inV1["settings"] is not null);
    }

    [Theory]
    [InlineData("""{"@odata.type":"#microsoft.graph.macOsVppAppAssignmentSettings","useDeviceLicensing":true,"uninstallOnDeviceRemoval":true,"preventAutoAppUpdate":true,"preventManagedAppBackup":null}""")]
    [InlineData("""{"@odata.type":"#microsoft.graph.macOsDdmVppAppAssignmentSettings","useDeviceLicensing":true,"version":3,"automaticAppUpdates":"alwaysOn","isIosApp":true}""")]
    public async Task Settings_OfAMac_ComeBackWhole(string settings)
    {
        var (tenant, group) = await WithGroupAsync();

        var created = (await tenant.PostAsync($"/beta/deviceAppManagement/mobileApps/{tenant.Mac}/assignments", Assignment(group, settings: settings), 201))["settings"]!;

        Assert.All(JsonNode.Parse(settings)!.AsObject(), member => Assert.True(JsonNode.DeepEquals(member.Value, created[member.Key]), member.Key));
    }

    [Fact]
    public async Task FilterOfATarget_SentByEitherVersion_ComesBackInBetaAndIsFound()
    {
        var (tenant, group) = await WithGroupAsync();
        var target = $$"""{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"{{group}}","deviceAndAppManagementAssignmentFilterId":"f1","deviceAndAppManagementAssignmentFilterType":"include"}""";

        var created = await tenant.PostAsync($"/v1.0/deviceAppManagement/mobileApps/{tenant.Ios}/assignments", $$"""{"intent":"required","target":{{target}}}""", 201);
        var beta = (await tenant.GetAsync(tenant.App + "/assignments"))["value"]![0]!["target"]!;
        var found = await tenant.GetAsync("/beta/deviceAppManagement/mobileApps?$filter=assignments/any(a:a/target/deviceAndAppManagementAssignmentFilterId eq 'f1')");

        Assert.Null(created["target"]!["deviceAndAppManagementAssignmentFilterId"]);
        Assert.Equal(("f1", "include"), (beta["deviceAndAppManagementAssignmentFilterId"]!.GetValue<string>(), beta["deviceAndAppManagementAssignmentFilterType"]!.GetValue<string>()));
        Assert.Equal(tenant.Ios.ToString(), found["value"]!.AsArray().Single()!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task Patch_Intent_MovesTheAssignmentToANewId()
    {
        var (tenant, group) = await WithGroupAsync();
        await tenant.PostAsync(tenant.App + "/assignments", Assignment(group), 201);

        var changed = await tenant.PatchAsync($"{tenant.App}/assignments/{group}_1_0", """{"intent":"uninstall"}""");

        Assert.Equal((group + "_2_0", "uninstall"), (changed["id"]!.GetValue<string>(), changed["intent"]!.GetValue<string>()));
        await tenant.GetAsync($"{tenant.App}/assignments/{group}_1_0", 404);
    }

    [Fact]
    public async Task Patch_SettingsAndTarget_LeaveTheRestAsItWas()
    {
        var (tenant, group) = await WithGroupAsync();
        await tenant.PostAsync(tenant.App + "/assignments", Assignment(group), 201);
        var assignments = tenant.App + "/assignments/";

        var settled = await tenant.PatchAsync($"{assignments}{group}_1_0",
            """{"settings":{"@odata.type":"#microsoft.graph.iosVppAppAssignmentSettings","useDeviceLicensing":false,"isRemovable":true}}""");
        var moved = await tenant.PatchAsync($"{assignments}{group}_1_0", """{"target":{"@odata.type":"#microsoft.graph.allLicensedUsersAssignmentTarget"}}""");
        var cleared = await tenant.PatchAsync(assignments + Everybody + "_1_0", """{"settings":null}""");
        await tenant.PatchAsync(assignments + Everybody + "_1_0", """{"target":null}""", 400);

        Assert.Equal((group + "_1_0", "required", group), (settled["id"]!.GetValue<string>(), settled["intent"]!.GetValue<string>(), settled["target"]!["groupId"]!.GetValue<string>()));
        Assert.Equal((false, true), Licensing(settled));
        Assert.Equal((Everybody + "_1_0", "required"), (moved["id"]!.GetValue<string>(), moved["intent"]!.GetValue<string>()));
        Assert.Equal((false, true), Licensing(moved));
        Assert.Equal((true, null), Licensing(cleared));
        Assert.Equal([Everybody + "_1_0"], Ids(await tenant.GetAsync(tenant.App + "/assignments")));
    }

    [Fact]
    public async Task Delete_OneOfTwo_TheOtherStays()
    {
        var (tenant, group) = await WithGroupAsync();
        await tenant.PostAsync(tenant.App + "/assignments", Assignment(group), 201);
        await tenant.PostAsync(tenant.App + "/assignments", """{"intent":"required","target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}""", 201);

        await tenant.DeleteAsync($"{tenant.App}/assignments/{group}_1_0");

        Assert.Equal([EveryDevice + "_1_0"], Ids(await tenant.GetAsync(tenant.App + "/assignments")));
        Assert.Equal("1", (await tenant.GetAsync(tenant.App + "/assignments/$count")).GetValue<string>());
    }

    [Fact]
    public async Task Assign_ASecondSet_ReplacesTheFirstAndAnEmptyOneClears()
    {
        var (tenant, group) = await WithGroupAsync();
        await AssignAsync(tenant, Assignment(group));
        await AssignAsync(tenant, """{"intent":"required","target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}""");
        var second = Ids(await tenant.GetAsync(tenant.App + "/assignments")).ToList();
        await AssignAsync(tenant);

        Assert.Equal([EveryDevice + "_1_0"], second);
        Assert.Empty(Ids(await tenant.GetAsync(tenant.App + "/assignments")));
        Assert.False((await tenant.GetAsync(tenant.App))["isAssigned"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/[mac]")]
    [InlineData("/beta/deviceAppManagement/mobileApps/[book]")]
    [InlineData("/beta/deviceAppManagement/mobileApps/[mac]/graph.iosVppApp")]
    [InlineData("/beta/deviceAppManagement/mobileApps/no-guid")]
    public async Task Assign_WhatIsNoAppOfTheVersion_NotFound(string app)
    {
        var (tenant, group) = await WithGroupAsync();
        var address = app.Replace("[mac]", tenant.Mac.ToString(), StringComparison.Ordinal)
            .Replace("[book]", tenant.Book.ToString(), StringComparison.Ordinal);

        await tenant.PostAsync(address + "/assign", $$"""{"mobileAppAssignments":[{{Assignment(group)}}]}""", 404);
        await tenant.PostAsync(address + "/assignments", Assignment(group), 404);
        await tenant.PatchAsync($"{address}/assignments/{group}_1_0", """{"intent":"uninstall"}""", 404);
        await tenant.DeleteAsync($"{address}/assignments/{group}_1_0", 404);
    }

    [Fact]
    public async Task Post_ConfigurationManagersTarget_IsRefused()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var error = await tenant.PostAsync(
            tenant.App + "/assignments", """{"intent":"required","target":{"@odata.type":"#microsoft.graph.configurationManagerCollectionAssignmentTarget","collectionId":"1"}}""", 400);

        Assert.Contains("not supported", error["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private async Task<(GraphTenant Tenant, string Group)> WithGroupAsync()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var group = await tenant.PostAsync("/v1.0/groups", """{"displayName":"People","mailEnabled":false,"mailNickname":"p","securityEnabled":true}""", 201);
        return (tenant, group["id"]!.GetValue<string>());
    }

    private static Task<JsonNode> AssignAsync(GraphTenant tenant, params string[] assignments) =>
        tenant.PostAsync(tenant.App + "/assign", $$"""{"mobileAppAssignments":[{{string.Join(',', assignments)}}]}""", 204);

    private static string Assignment(string group, string intent = "required", string settings = "null") =>
        $$"""{"intent":"{{intent}}","settings":{{settings}},"target":{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"{{group}}"} }""";

    private static (bool OfDevices, bool? IsRemovable) Licensing(JsonNode assignment) =>
        (assignment["settings"]!["useDeviceLicensing"]!.GetValue<bool>(), assignment["settings"]!["isRemovable"]?.GetValue<bool>());

    private static IEnumerable<string> Ids(JsonNode page) => page["value"]!.AsArray().Select(one => one!["id"]!.GetValue<string>());
}
