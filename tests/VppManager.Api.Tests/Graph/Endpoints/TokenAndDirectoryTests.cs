using System.Text.Json.Nodes;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Endpoints;

[Collection(GraphCollection.Name)]
public sealed class TokenAndDirectoryTests(GraphHost graph)
{
    [Fact]
    public async Task PatchToken_NullAndAbsent_ClearAndKeep()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var token = $"/beta/deviceAppManagement/vppTokens/{tenant.Token}";
        await tenant.PostAsync("/beta/deviceManagement/roleScopeTags", """{"displayName":"North"}""", 201);

        var changed = await tenant.PatchAsync(token, """{"displayName":null,"appleDeviceAppDeliveryProtocolType":"mobileDeviceManagement","roleScopeTagIds":["1"]}""");

        Assert.Null(changed["displayName"]);
        Assert.Equal("vpp@alpha.example", changed["appleId"]!.GetValue<string>());
        Assert.Equal("mobileDeviceManagement", changed["appleDeviceAppDeliveryProtocolType"]!.GetValue<string>());
        Assert.Equal(["1"], changed["roleScopeTagIds"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Null(changed["token"]);
    }

    [Theory]
    [Trait("Rule", "T2")]
    [InlineData("v1.0", "", 201)]
    [InlineData("v1.0", ",\"dataSharingConsentGranted\":true", 201)]
    [InlineData("v1.0", ",\"dataSharingConsentGranted\":false", 400)]
    [InlineData("v1.0", ",\"dataSharingConsentGranted\":null", 400)]
    [InlineData("beta", "", 400)]
    [InlineData("beta", ",\"dataSharingConsentGranted\":true", 201)]
    public async Task CreateToken_InV1WhereConsentHasNoWord_IsConsentUnlessDenied(string version, string consent, int status)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var file = graph.Apple.AddLocation("Consent", "CH").IssueToken().VpptokenFile;

        var created = await tenant.PostAsync($"/{version}/deviceAppManagement/vppTokens", $$"""{"token":"{{file}}"{{consent}}}""", status);

        Assert.Equal(status == 201 ? "2" : "1", (await tenant.GetAsync("/v1.0/deviceAppManagement/vppTokens/$count")).GetValue<string>());
        if (status != 201) return;

        Assert.True((await tenant.GetAsync($"/beta/deviceAppManagement/vppTokens/{created["id"]}"))["dataSharingConsentGranted"]!.GetValue<bool>());
        await tenant.DeleteAsync($"/v1.0/deviceAppManagement/vppTokens('{created["id"]}')");
        await tenant.GetAsync($"/v1.0/deviceAppManagement/vppTokens/{created["id"]}", 404);
    }

    [Theory]
    [InlineData("/v1.0/groups", """{"displayName":"G","mailNickname":"g"}""")]
    [InlineData("/beta/users", """{"userPrincipalName":"located@example.com"}""")]
    [InlineData("/v1.0/deviceAppManagement/mobileAppCategories", """{"displayName":"C"}""")]
    public async Task Post_Created_SaysWhereItIs(string address, string body)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await tenant.Client.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
        using var there = await tenant.Client.GetAsync(answer.Headers.Location, TestContext.Current.CancellationToken);

        Assert.StartsWith("http://localhost" + address + "/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.OK, there.StatusCode);
    }

    [Theory]
    [InlineData("/v1.0/users/[nobody]", "Request_ResourceNotFound", 404)]
    [InlineData("/v1.0/deviceAppManagement/vppTokens/[nobody]", "ResourceNotFound", 404)]
    public async Task Refusal_OfTheDirectory_HasItsOwnCode(string address, string code, int status)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        using var reader = graph.Client(tenant.Id, permissions: ["DeviceManagementApps.Read.All"]);

        var missing = await tenant.GetAsync(address.Replace("[nobody]", $"{Guid.NewGuid()}", StringComparison.Ordinal), status);
        var denied = await GraphHost.GetAsync(reader, "/v1.0/groups", 403);

        Assert.Equal(code, missing["error"]!["code"]!.GetValue<string>());
        Assert.Equal("Authorization_RequestDenied", denied.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task SyncLicenseCounts_OfTheWholeTenant_AsksForEveryTokenThatCan()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.PostAsync("/beta/deviceAppManagement/vppTokens/syncLicenseCounts", null, 204);
        await tenant.PostAsync("/beta/deviceAppManagement/vppTokens/microsoft.graph.syncLicenseCounts()", null, 204);

        Assert.Equal("none", (await tenant.GetAsync($"/beta/deviceAppManagement/vppTokens/{tenant.Token}"))["lastSyncStatus"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("", 1, "1")]
    [InlineData("?$filter=availableLicenseCount gt 5&$count=true", 1, "1")]
    [InlineData("?$filter=usedLicenseCount gt 5", 0, null)]
    [InlineData("?$search=\"alpha\"&$top=1&$skip=0", 1, null)]
    [InlineData("?$skip=1&$count=true", 0, "1")]
    public async Task LicensesForApp_WithOptions_AreHonoured(string query, int rows, string? count)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var page = await tenant.GetAsync("/beta/deviceAppManagement/vppTokens/microsoft.graph.getLicensesForApp(bundleId='com.example.thing1')" + query);

        Assert.Equal(rows, page["value"]!.AsArray().Count);
        if (query.Contains("$count", StringComparison.Ordinal)) Assert.Equal(count, page["@odata.count"]!.ToString());
    }

    [Theory]
    [InlineData("?$filter=nosuch eq 1")]
    [InlineData("?$orderby=appleId")]
    public async Task LicensesForApp_WithWrongOptions_Refused(string query)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.GetAsync("/beta/deviceAppManagement/vppTokens/getLicensesForApp(bundleId='x')" + query, 400);
    }

    [Fact]
    public async Task ExpiringTokens_UntilADay_AreCounted()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        const string Function = "/beta/deviceManagement/depOnboardingSettings/getExpiringVppTokenCount";

        Assert.Equal(1, (await tenant.GetAsync(Function + "(expiringBeforeDateTime='2026-02-01T00%3A00%3A00Z')"))["value"]!.GetValue<int>());
        Assert.Equal(0, (await tenant.GetAsync(Function + "(expiringBeforeDateTime='2026-01-01')"))["value"]!.GetValue<int>());
        await tenant.GetAsync(Function + "(expiringBeforeDateTime='soon')", 400);
    }

    [Fact]
    public async Task UserPrincipalName_ThatDiffersByCaseAlone_IsTaken()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.PostAsync("/v1.0/users", """{"userPrincipalName":"ANN@ALPHA.EXAMPLE"}""", 409);
        await tenant.PatchAsync($"/v1.0/users/{tenant.Bob}", """{"userPrincipalName":"ann@Alpha.example"}""", 409);
        await tenant.PatchAsync($"/v1.0/users/{tenant.Ann}", """{"userPrincipalName":"ann@alpha.example"}""", 204);
        await tenant.PostAsync("/vpp/directory/import", """{"users":[{"userPrincipalName":"BOB@alpha.example","displayName":"Robert"}]}""", 200);

        var users = (await tenant.GetAsync("/v1.0/users?$orderby=displayName"))["value"]!.AsArray();
        Assert.Equal(["Ann", "Robert"], users.Select(user => user!["displayName"]!.GetValue<string>()));
        Assert.Equal(["ann@alpha.example", "BOB@alpha.example"], users.Select(user => user!["userPrincipalName"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("/v1.0/users/[ann]/ownedDevices", "iPad of Ann")]
    [InlineData("/v1.0/users/ann@alpha.example/registeredDevices", "iPad of Ann")]
    [InlineData("/v1.0/users/[ann]/managedDevices", "iPad of Ann")]
    [InlineData("/v1.0/deviceManagement/managedDevices/[ipad]/users", "Ann")]
    [InlineData("/v1.0/devices/[object]/registeredOwners", "Ann")]
    [InlineData("/v1.0/devices/[object]/registeredUsers", "Ann")]
    public async Task Links_BetweenUsersAndDevices_LeadBothWays(string address, string name)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var entry = await graph.ScalarAsync<Guid>("select directory_object_id from devices where tenant_id = $1 and id = $2", tenant.Id, tenant.IPad);

        var found = (await tenant.GetAsync(address.Replace("[ann]", tenant.Ann.ToString(), StringComparison.Ordinal)
            .Replace("[ipad]", tenant.IPad.ToString(), StringComparison.Ordinal).Replace("[object]", entry.ToString(), StringComparison.Ordinal)))["value"]!.AsArray();

        Assert.Equal(name, Name(Assert.Single(found)!));
    }

    [Fact]
    public async Task User_InGraphsForm_HasNoMicrosoftLicencesAndNoManager()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var group = (await tenant.PostAsync("/v1.0/groups", """{"displayName":"People","mailNickname":"p"}""", 201))["id"]!.GetValue<string>();

        Assert.Empty((await tenant.GetAsync($"/v1.0/users/{tenant.Ann}"))["assignedLicenses"]!.AsArray());
        Assert.Equal("Request_ResourceNotFound", (await tenant.GetAsync($"/v1.0/users/{tenant.Ann}/manager", 404))["error"]!["code"]!.GetValue<string>());
        Assert.Empty((await tenant.GetAsync($"/v1.0/groups/{group}/owners"))["value"]!.AsArray());
        Assert.Null((await tenant.GetAsync($"/v1.0/users/{tenant.Ann}?$expand=manager"))["manager"]);
    }

    [Fact]
    public async Task PatchManagedDevice_NameAndOwner_AreChanged()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var device = $"/v1.0/deviceManagement/managedDevices/{tenant.IPad}";

        var changed = await tenant.PatchAsync(device, """{"managedDeviceName":"Lobby","managedDeviceOwnerType":"personal","serialNumber":"ignored"}""");

        Assert.Equal(("Lobby", "personal"), (changed["deviceName"]!.GetValue<string>(), changed["managedDeviceOwnerType"]!.GetValue<string>()));
        Assert.Equal("SN-" + tenant.Id, changed["serialNumber"]!.GetValue<string>());
        await tenant.PatchAsync(device, """{"managedDeviceOwnerType":"landlord"}""", 400);
    }

    [Fact]
    public async Task Directory_ObjectsDeleted_AreGone()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var group = (await tenant.PostAsync("/v1.0/groups", $$"""{"displayName":"People","mailNickname":"p","members@odata.bind":["https://graph.microsoft.com/v1.0/users/{{tenant.Ann}}"]}""", 201))["id"]!.GetValue<string>();

        await tenant.DeleteAsync($"/v1.0/users/{tenant.Ann}");
        var members = (await tenant.GetAsync($"/v1.0/groups/{group}/members"))["value"]!.AsArray().Count;
        await tenant.DeleteAsync($"/v1.0/groups/{group}");

        Assert.Equal(0, members);
        await tenant.GetAsync($"/v1.0/groups/{group}", 404);
        await tenant.GetAsync($"/v1.0/users/{tenant.Ann}", 404);
    }

    private static string Name(JsonNode node) => (node["displayName"] ?? node["deviceName"])!.GetValue<string>();
}
