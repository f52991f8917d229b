using VppManager.Api.Tests.Graph.Seed;

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
        var expanded = await tenant.GetAsync(book + "?$expand=assignments");
        await tenant.PostAsync(book + "/assignments", """{"installIntent":"required","target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}""", 400);
        await tenant.PostAsync(book + "/assignments", toGroup.Replace("required", "uninstall", StringComparison.Ordinal), 400);
        await tenant.DeleteAsync($"{book}/assignments/{group}_0_0");

        Assert.Equal(("#microsoft.graph.iosVppEBookAssignment", group + "_1_0"), (listed["@odata.type"]!.GetValue<string>(), listed["id"]!.GetValue<string>()));
        Assert.Equal("available", changed["installIntent"]!.GetValue<string>());
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

        var changed = await tenant.PatchAsync(book, """{"displayName":"Ours","largeCover":{"type":"image/png","value":"aWNvbg=="}}""");
        await tenant.PatchAsync(book, """{"displayName":null}""", 400);
        await tenant.DeleteAsync(book, 400);

        Assert.Equal(("Ours", "aWNvbg=="), (changed["displayName"]!.GetValue<string>(), changed["largeCover"]!["value"]!.GetValue<string>()));
        Assert.Empty((await tenant.GetAsync(book + "/categories"))["value"]!.AsArray());
        Assert.Empty((await tenant.GetAsync("/beta/deviceAppManagement/managedEBookCategories"))["value"]!.AsArray());
    }
}
