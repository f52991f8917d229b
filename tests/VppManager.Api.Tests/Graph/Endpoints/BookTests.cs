using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Endpoints;

[Collection(GraphCollection.Name)]
public sealed class BookTests(GraphHost graph)
{
    [Theory]
    [InlineData("v1.0", "appleId,createdDateTime,description,displayName,genres,id,informationUrl,language,largeCover,lastModifiedDateTime,privacyInformationUrl,publishedDateTime,publisher,seller,totalLicenseCount,usedLicenseCount,vppOrganizationName,vppTokenId")]
    [InlineData("beta", "appleId,createdDateTime,description,displayName,genres,id,informationUrl,language,largeCover,lastModifiedDateTime,privacyInformationUrl,publishedDateTime,publisher,roleScopeTagIds,seller,totalLicenseCount,usedLicenseCount,vppOrganizationName,vppTokenId")]
    public async Task Books_InBothVersions_HaveTheirProperties(string version, string names)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var listed = (await tenant.GetAsync($"/{version}/deviceAppManagement/managedEBooks"))["value"]!.AsArray().Single()!.AsObject();
        var one = await tenant.GetAsync($"/{version}/deviceAppManagement/managedEBooks/{tenant.Book}/graph.iosVppEBook");

        Assert.Equal(names.Split(','), listed.Select(member => member.Key).Where(name => name[0] != '@').Order(StringComparer.Ordinal));
        Assert.Equal("#microsoft.graph.iosVppEBook", listed["@odata.type"]!.GetValue<string>());
        Assert.Equal((tenant.Token.ToString(), 10, "Alpha AG"), (one["vppTokenId"]!.GetValue<string>(), one["totalLicenseCount"]!.GetValue<int>(), one["vppOrganizationName"]!.GetValue<string>()));
        Assert.Equal("1", (await tenant.GetAsync($"/{version}/deviceAppManagement/managedEBooks/$count?$filter=isof('microsoft.graph.iosVppEBook')")).GetValue<string>());
        await tenant.GetAsync($"/{version}/deviceAppManagement/managedEBooks/{tenant.Ios}", 404);
    }

    [Fact]
    [Trait("Rule", "A8"), Trait("Rule", "L11")]
    public async Task Assignments_OfABook_AreForUsersUnderTheirOwnNames()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var book = $"/v1.0/deviceAppManagement/managedEBooks/{tenant.Book}";
        var group = (await tenant.PostAsync("/v1.0/groups", """{"displayName":"People","mailNickname":"p"}""", 201))["id"]!.GetValue<string>();
        var toGroup = $$"""{"installIntent":"required","target":{"@odata.type":"#microsoft.graph.groupAssignmentTarget","groupId":"{{group}}"} }""";

        await tenant.PostAsync(book + "/assign", $$"""{"managedEBookAssignments":[{{toGroup}}]}""", 204);
        var listed = (await tenant.GetAsync(book + "/assignments"))["value"]!.AsArray().Single()!;
        var changed = await tenant.PatchAsync($"{book}/assignments/{group}_1_0", """{"installIntent":"available"}""");
        var moved = await tenant.PatchAsync($"{book}/assignments/{group}_0_0", """{"target":{"@odata.type":"#microsoft.graph.allLicensedUsersAssignmentTarget"}}""");
        await tenant.DeleteAsync($"{book}/assignments/{moved["id"]}");
        var added = await tenant.PostAsync(book + "/assignments", toGroup.Replace("required", "available", StringComparison.Ordinal), 201);
        var expanded = await tenant.GetAsync(book + "?$expand=assignments");
        await tenant.PostAsync(book + "/assignments", """{"installIntent":"required","target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}""", 400);
        await tenant.PostAsync(book + "/assignments", toGroup.Replace("required", "uninstall", StringComparison.Ordinal), 400);
        await tenant.DeleteAsync($"{book}/assignments/{group}_0_0");

        Assert.Equal(("#microsoft.graph.iosVppEBookAssignment", group + "_1_0"), (listed["@odata.type"]!.GetValue<string>(), listed["id"]!.GetValue<string>()));
        Assert.Equal("available", changed["installIntent"]!.GetValue<string>());
        Assert.Equal(("acacacac-9df4-4c7d-9d50-4ef0226f57a9_0_0", "available"), (moved["id"]!.GetValue<string>(), moved["installIntent"]!.GetValue<string>()));
        Assert.Equal(("#microsoft.graph.iosVppEBookAssignment", group + "_0_0"), (added["@odata.type"]!.GetValue<string>(), added["id"]!.GetValue<string>()));
        Assert.Equal("#microsoft.graph.iosVppEBookAssignment", expanded["assignments"]![0]!["@odata.type"]!.GetValue<string>());
        Assert.Empty((await tenant.GetAsync(book + "/assignments"))["value"]!.AsArray());
        await tenant.PostAsync(book + "/assign", "{}", 400);
        await tenant.PostAsync($"/v1.0/deviceAppManagement/managedEBooks/{tenant.Ios}/assign", """{"managedEBookAssignments":[]}""", 404);
    }

    [Fact]
    public async Task States_OfABook_AreByDeviceByUserAndInSum()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var book = $"/v1.0/deviceAppManagement/managedEBooks/{tenant.Book}";
        await tenant.InstallAsync(tenant.Book, tenant.IPad, "installed");
        await tenant.InstallAsync(tenant.Book, tenant.MacBook, "failed", -2016330908);
        var other = await GraphTenant.CreateAsync(graph);
        await other.InstallAsync(other.Book, other.IPad, "pending");
        await other.InstallAsync(other.Book, other.MacBook, "notApplicable");
        var others = (await other.GetAsync($"/v1.0/deviceAppManagement/managedEBooks/{other.Book}/deviceStates?$orderby=deviceName desc"))["value"]!.AsArray();
        Assert.Equal(["notInstalled", "notApplicable"], others.Select(one => one!["installState"]!.GetValue<string>()).OrderDescending(StringComparer.Ordinal));

        var devices = (await tenant.GetAsync(book + "/deviceStates?$orderby=deviceName desc"))["value"]!.AsArray();
        var users = (await tenant.GetAsync(book + "/userStateSummary?$orderby=userName"))["value"]!.AsArray();
        var ofAnn = (await tenant.GetAsync($"{book}/userStateSummary/{users[0]!["id"]}/deviceStates"))["value"]!.AsArray();
        var summary = await tenant.GetAsync(book + "/installSummary");

        Assert.Equal("iPad of Ann", Assert.Single(ofAnn)!["deviceName"]!.GetValue<string>());

        Assert.Equal(["installed", "failed"], devices.Select(one => one!["installState"]!.GetValue<string>()));
        Assert.Equal("-2016330908", devices[1]!["errorCode"]!.GetValue<string>());
        Assert.Equal((1, 0), (users[0]!["installedDeviceCount"]!.GetValue<int>(), users[0]!["failedDeviceCount"]!.GetValue<int>()));
        Assert.Equal((1, 1, 0), (summary["installedUserCount"]!.GetValue<int>(), summary["failedDeviceCount"]!.GetValue<int>(), summary["notInstalledDeviceCount"]!.GetValue<int>()));
        Assert.EndsWith($"managedEBooks('{tenant.Book}')/installSummary/$entity", summary["@odata.context"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Book_PatchedAndDeleted_ChangesItsWordsAndStays()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var book = $"/beta/deviceAppManagement/managedEBooks/{tenant.Book}";

        await tenant.PostAsync("/beta/deviceManagement/roleScopeTags", """{"displayName":"North"}""", 201);
        await graph.ExecuteAsync("update apps set genres = '{Reference}', developer = 'Seller', release_date = '2026-02-03' where tenant_id = $1 and id = $2", tenant.Id, tenant.Book);

        var changed = await tenant.PatchAsync(book, """
            {"displayName":"Ours","description":"D","publisher":"P","informationUrl":"https://a.example","privacyInformationUrl":"https://b.example","roleScopeTagIds":["1"],
             "@odata.type":"#microsoft.graph.iosVppEBook","largeCover":{"type":"image/png","value":"aWNvbg=="}}
            """);
        var cast = (await tenant.GetAsync("/v1.0/deviceAppManagement/managedEBooks/graph.iosVppEBook"))["value"]!.AsArray();
        await tenant.PatchAsync(book, """{"displayName":null}""", 400);
        await tenant.DeleteAsync(book, 400);

        Assert.Equal(("Ours", "aWNvbg=="), (changed["displayName"]!.GetValue<string>(), changed["largeCover"]!["value"]!.GetValue<string>()));
        Assert.Equal(("D", "P", "https://a.example", "https://b.example", "1"), (changed["description"]!.GetValue<string>(), changed["publisher"]!.GetValue<string>(),
            changed["informationUrl"]!.GetValue<string>(), changed["privacyInformationUrl"]!.GetValue<string>(), changed["roleScopeTagIds"]![0]!.GetValue<string>()));
        Assert.Equal(("Reference", "Seller", "2026-02-03T00:00:00Z", "vpp@alpha.example"), (changed["genres"]![0]!.GetValue<string>(), changed["seller"]!.GetValue<string>(),
            changed["publishedDateTime"]!.GetValue<string>(), changed["appleId"]!.GetValue<string>()));
        Assert.Equal(tenant.Book.ToString(), Assert.Single(cast)!["id"]!.GetValue<string>());
        Assert.Equal("1", (await tenant.GetAsync("/beta/deviceAppManagement/managedEBooks/microsoft.graph.iosVppEBook/$count")).GetValue<string>());
        Assert.Empty((await tenant.GetAsync(book + "/categories"))["value"]!.AsArray());
        Assert.Empty((await tenant.GetAsync("/beta/deviceAppManagement/managedEBookCategories"))["value"]!.AsArray());
    }
}
