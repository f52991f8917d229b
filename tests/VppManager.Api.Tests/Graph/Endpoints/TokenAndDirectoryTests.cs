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
        Assert.Equal(["0"], Texts((await tenant.PatchAsync(token, """{"roleScopeTagIds":null}"""))["roleScopeTagIds"]!));
        await tenant.PatchAsync(token, """{"roleScopeTagIds":["1"]}""");
        Assert.Equal(["0"], Texts((await tenant.PatchAsync(token, """{"roleScopeTagIds":[]}"""))["roleScopeTagIds"]!));
        Assert.Equal((null, null), Nulls(await tenant.PatchAsync(token, """{"appleId":null,"countryOrRegion":null}"""), "appleId", "countryOrRegion"));
        await tenant.PatchAsync(token, """{"appleDeviceAppDeliveryProtocolType":"unknownFutureValue"}""", 400);
    }

    [Theory]
    [Trait("Rule", "T2")]
    [InlineData("true", 200)]
    [InlineData("false", 400)]
    [InlineData("null", 400)]
    public async Task PatchToken_Consent_CanBeRepeatedAndNotTakenBack(string consent, int status)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var token = $"/beta/deviceAppManagement/vppTokens/{tenant.Token}";

        var answer = await tenant.PatchAsync(token, $$"""{"dataSharingConsentGranted":{{consent}},"displayName":"Changed"}""", status);

        if (status != 200) Assert.Contains("dataSharingConsentGranted", answer["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        var now = await tenant.GetAsync(token);
        Assert.Equal((true, status == 200 ? "Changed" : "HQ"), (now["dataSharingConsentGranted"]!.GetValue<bool>(), now["displayName"]!.GetValue<string>()));
    }

    [Fact]
    public async Task PatchToken_WhatTheServerSets_IsPassedOver()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var token = $"/beta/deviceAppManagement/vppTokens/{tenant.Token}";
        var before = await tenant.GetAsync(token);
        var sent = before.DeepClone();
        sent["id"] = Guid.NewGuid().ToString();
        (sent["state"], sent["lastSyncStatus"], sent["organizationName"], sent["locationName"]) = ("valid", "failed", "Other", "Other");
        (sent["expirationDateTime"], sent["lastSyncDateTime"], sent["lastModifiedDateTime"]) = ("2031-01-01T00:00:00Z", "2031-01-01T00:00:00Z", "2031-01-01T00:00:00Z");
        sent["@odata.etag"] = "\"1\"";
        sent["vppTokenAccountType"] = "education";
        sent.AsObject().Remove("token");

        var after = await tenant.PatchAsync(token, sent.ToJsonString());

        var differs = before.AsObject().Select(member => member.Key).Where(name => !JsonNode.DeepEquals(before[name], after[name]));
        Assert.Equal(["lastModifiedDateTime", "vppTokenAccountType"], differs.Order(StringComparer.Ordinal));
        Assert.True(after["lastModifiedDateTime"]!.GetValue<DateTimeOffset>() > before["lastModifiedDateTime"]!.GetValue<DateTimeOffset>());
        Assert.Equal("education", after["vppTokenAccountType"]!.GetValue<string>());
    }

    [Fact]
    [Trait("Rule", "T12")]
    public async Task DeleteToken_TheLastOfItsLocation_TakesItsBooksWithIt()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.PostAsync($"/v1.0/deviceAppManagement/managedEBooks/{tenant.Book}/assign",
            """{"managedEBookAssignments":[{"installIntent":"available","target":{"@odata.type":"#microsoft.graph.allLicensedUsersAssignmentTarget"}}]}""", 204);

        await tenant.DeleteAsync($"/v1.0/deviceAppManagement/vppTokens/{tenant.Token}");

        await tenant.GetAsync($"/v1.0/deviceAppManagement/managedEBooks/{tenant.Book}", 404);
        Assert.Equal("0", (await tenant.GetAsync("/v1.0/deviceAppManagement/managedEBooks/$count")).GetValue<string>());
        Assert.Equal("0", (await tenant.GetAsync("/beta/deviceAppManagement/mobileApps/$count")).GetValue<string>());
    }

    [Fact]
    public async Task LicensesForApp_OfTwoTokensAndBothPlatforms_IsARowForEachToken()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await graph.ExecuteAsync("""
            with other as (
                insert into tokens (tenant_id, id, location_id, display_name, apple_id, organization_name, account_type, automatically_update_apps, data_sharing_consent_granted,
                    claim_from_external_mdm, role_scope_tag_ids, protected_secret, state, expires_at, created_at, modified_at, last_sync_status)
                select tenant_id, gen_random_uuid(), location_id, 'Second', 'second@alpha.example', organization_name, account_type, true, true, false, '{0}', 'none', 'expired',
                    expires_at, now(), now(), 'none' from tokens where tenant_id = $1 returning id)
            insert into apps (tenant_id, id, token_id, pool_id, kind, display_name, is_featured, bundle_id, genres, ipad, iphone, created_at, modified_at)
            select a.tenant_id, gen_random_uuid(), other.id, a.pool_id, k.kind, a.display_name, false, a.bundle_id, '{}', true, true, now(), now()
            from apps a, other, (values ('ios'), ('macOs')) k (kind) where a.tenant_id = $1 and a.id = $2
            """, tenant.Id, tenant.Ios);

        var rows = (await tenant.GetAsync("/beta/deviceAppManagement/vppTokens/getLicensesForApp(bundleId='com.example.thing1')"))["value"]!.AsArray();

        Assert.Equal(["second@alpha.example", "vpp@alpha.example"], rows.Select(row => row!["appleId"]!.GetValue<string>()).Order(StringComparer.Ordinal));
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

        var whole = await tenant.GetAsync($"/beta/deviceAppManagement/vppTokens/{created["id"]}");
        Assert.True(whole["dataSharingConsentGranted"]!.GetValue<bool>());
        Assert.Equal(("default", "business", false), (whole["appleDeviceAppDeliveryProtocolType"]!.GetValue<string>(), whole["vppTokenAccountType"]!.GetValue<string>(),
            whole["automaticallyUpdateApps"]!.GetValue<bool>()));
        Assert.Equal(["0"], Texts(whole["roleScopeTagIds"]!));
        await tenant.DeleteAsync($"/v1.0/deviceAppManagement/vppTokens('{created["id"]}')");
        await tenant.GetAsync($"/v1.0/deviceAppManagement/vppTokens/{created["id"]}", 404);
    }

    [Theory]
    [InlineData("/v1.0/groups", """{"displayName":"G","mailNickname":"g"}""")]
    [InlineData("/beta/users", """{"userPrincipalName":"located@example.com"}""")]
    [InlineData("/v1.0/deviceAppManagement/mobileAppCategories", """{"displayName":"C"}""")]
    [InlineData("/v1.0/deviceManagement/reports/exportJobs", """{"reportName":"AllAppsList"}""")]
    [InlineData("/beta/deviceAppManagement/vppTokens", """{"token":"[file]","dataSharingConsentGranted":true}""")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/[app]/assignments", """{"intent":"required","target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}""")]
    public async Task Post_Created_SaysWhereItIs(string address, string body)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        address = address.Replace("[app]", tenant.Ios.ToString(), StringComparison.Ordinal);
        body = body.Replace("[file]", graph.Apple.AddLocation("Located").IssueToken().VpptokenFile, StringComparison.Ordinal);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        using var answer = await tenant.Client.PostAsync(new Uri(address, UriKind.Relative), content, TestContext.Current.CancellationToken);
        using var there = await tenant.Client.GetAsync(answer.Headers.Location, TestContext.Current.CancellationToken);

        var canonical = address.Replace($"/{tenant.Ios}", $"('{tenant.Ios}')", StringComparison.Ordinal);
        Assert.StartsWith("http://localhost" + canonical + "/", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
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

        var taken = await tenant.PostAsync("/v1.0/users", """{"userPrincipalName":"ANN@ALPHA.EXAMPLE"}""", 409);
        Assert.Equal("Conflict", taken["error"]!["code"]!.GetValue<string>());
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
        var again = await tenant.PatchAsync(device.Replace("v1.0", "beta", StringComparison.Ordinal), """{"deviceName":"Desk","ownerType":"company"}""");
        Assert.Equal(("Desk", "Desk", "company", "company"), (again["deviceName"]!.GetValue<string>(), again["managedDeviceName"]!.GetValue<string>(),
            again["managedDeviceOwnerType"]!.GetValue<string>(), again["ownerType"]!.GetValue<string>()));
        await tenant.PostAsync("/v1.0/deviceManagement/managedDevices", "{}", 405);
    }

    [Fact]
    public async Task User_EverythingThatAClientWrites_ReadsBack()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        const string Whole = """
            {"userPrincipalName":"cy@alpha.example","displayName":"Cy","mail":"cy@mail.example","mailNickname":"cy","givenName":"Cyan","surname":"Young","usageLocation":"CH",
             "userType":"Guest","accountEnabled":false}
            """;

        var created = await tenant.PostAsync("/v1.0/users", Whole, 201);
        var user = $"/v1.0/users/{created["id"]}";
        await tenant.PatchAsync(user, """{"surname":"Jung","mail":null,"userType":"Member"}""", 204);
        var changed = await tenant.GetAsync(user);
        await tenant.PatchAsync(user, """{"accountEnabled":null}""", 400);
        await tenant.PatchAsync(user, """{"userType":"Stranger"}""", 400);

        Assert.All(JsonNode.Parse(Whole)!.AsObject(), member => Assert.True(JsonNode.DeepEquals(member.Value, created[member.Key]), member.Key));
        Assert.Equal(("Jung", null, "cy", "Member"), (changed["surname"]!.GetValue<string>(), changed["mail"]?.GetValue<string>(), changed["mailNickname"]!.GetValue<string>(), changed["userType"]!.GetValue<string>()));
        var members = (await tenant.GetAsync("/v1.0/users?$filter=userType eq 'Member'&$orderby=displayName"))["value"]!.AsArray();
        Assert.Equal(["Ann", "Bob", "Cy"], members.Select(one => Name(one!)));
    }

    [Fact]
    public async Task Group_EverythingThatAClientWrites_ReadsBack()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        const string Whole = """{"displayName":"People","description":"All","mailNickname":"people","groupTypes":["Unified"],"mailEnabled":true,"securityEnabled":false}""";

        var created = await tenant.PostAsync("/v1.0/groups", Whole, 201);
        var plain = await tenant.PostAsync("/v1.0/groups", """{"displayName":"Plain","mailNickname":"p","membershipRule":null}""", 201);
        await tenant.PatchAsync($"/v1.0/groups/{created["id"]}", """{"displayName":"Folk","description":null,"mailNickname":"folk"}""", 204);
        var changed = await tenant.GetAsync($"/v1.0/groups/{created["id"]}");

        Assert.All(JsonNode.Parse(Whole)!.AsObject(), member => Assert.True(JsonNode.DeepEquals(member.Value, created[member.Key]), member.Key));
        Assert.Equal((false, true, 0), (plain["mailEnabled"]!.GetValue<bool>(), plain["securityEnabled"]!.GetValue<bool>(), plain["groupTypes"]!.AsArray().Count));
        Assert.Equal(("Folk", null, "folk", true), (changed["displayName"]!.GetValue<string>(), changed["description"]?.GetValue<string>(), changed["mailNickname"]!.GetValue<string>(), changed["mailEnabled"]!.GetValue<bool>()));
        Assert.Equal("Folk", Name((await tenant.GetAsync("/v1.0/groups?$filter=groupTypes/any(t:t eq 'Unified')"))["value"]!.AsArray().Single()!));
        await tenant.PostAsync("/vpp/directory/import", """{"users":[{"userPrincipalName":"guest@alpha.example","userType":"Guest"}],"groups":[{"displayName":"Plain","groupTypes":["Unified"]},{"displayName":"New"}]}""", 200);
        Assert.Equal("2", (await tenant.GetAsync("/v1.0/groups/$count?$filter=groupTypes/any(t:t eq 'Unified')")).GetValue<string>());
        Assert.Equal("1", (await tenant.GetAsync("/v1.0/users/$count?$filter=userType eq 'Guest'")).GetValue<string>());
        await tenant.PostAsync("/vpp/directory/import", """{"groups":[{"displayName":"Other","groupTypes":["DynamicMembership"]}]}""", 400);
    }

    [Theory]
    [InlineData("\"groupTypes\":[\"DynamicMembership\"],\"membershipRule\":\"user.country -eq \\\"CH\\\"\"")]
    [InlineData("\"groupTypes\":[\"Unified\",\"DynamicMembership\"]")]
    [InlineData("\"membershipRule\":\"user.country -eq \\\"CH\\\"\"")]
    [InlineData("\"groupTypes\":[\"Other\"]")]
    public async Task Group_WithDynamicMembers_IsRefused(string properties)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var group = (await tenant.PostAsync("/v1.0/groups", """{"displayName":"Static","mailNickname":"s"}""", 201))["id"];

        var refused = await tenant.PostAsync("/v1.0/groups", $$"""{"displayName":"Dynamic","mailNickname":"d",{{properties}}}""", 400);
        await tenant.PatchAsync($"/v1.0/groups/{group}", $$"""{ {{properties}} }""", 400);

        Assert.Contains("groupTypes", refused["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("1", (await tenant.GetAsync("/v1.0/groups/$count")).GetValue<string>());
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

    private static IEnumerable<string> Texts(JsonNode node) => node.AsArray().Select(one => one!.GetValue<string>());

    private static (string?, string?) Nulls(JsonNode node, string first, string second) => (node[first]?.GetValue<string>(), node[second]?.GetValue<string>());

    private static string Name(JsonNode node) => (node["displayName"] ?? node["deviceName"])!.GetValue<string>();
}
