using System.Text.Json.Nodes;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Endpoints;

[Collection(GraphCollection.Name)]
public sealed class CategoryTests(GraphHost graph)
{
    private const string Categories = "/v1.0/deviceAppManagement/mobileAppCategories";
    private const string Business = "2b73ae71-12c8-49be-b462-3dae769ccd9d";
    private const string Productivity = "ed899483-3019-425e-a470-28e901b9790e";

    [Fact]
    public async Task Category_OfTheTenant_CreatedRenamedDeleted()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var created = await tenant.PostAsync(Categories, """{"@odata.type":"#microsoft.graph.mobileAppCategory","displayName":"Tools"}""", 201);
        var id = created["id"]!.GetValue<string>();
        await tenant.PostAsync($"{tenant.App}/categories/$ref", Reference(id), 204);
        var renamed = await tenant.PatchAsync($"{Categories}/{id}", """{"displayName":"Field tools"}""");
        var named = Names(await tenant.GetAsync($"{tenant.App}/categories?$filter=displayName eq 'Field tools'"));
        await tenant.DeleteAsync($"{Categories}/{id}");

        Assert.Equal("Field tools", renamed["displayName"]!.GetValue<string>());
        Assert.Equal(["Field tools"], named);
        Assert.Equal(9, (await tenant.GetAsync(Categories))["value"]!.AsArray().Count);
        Assert.Equal(["Books & Reference", "Business"], Names(await tenant.GetAsync($"{tenant.App}/categories")));
    }

    [Fact]
    public async Task Category_BuiltIn_CannotBeChangedOrDeleted()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.PatchAsync($"{Categories}/{Business}", """{"displayName":"Mine"}""", 400);
        await tenant.DeleteAsync($"{Categories}/{Business}", 400);
        await tenant.DeleteAsync($"{Categories}/{Guid.NewGuid()}", 404);
    }

    [Fact]
    public async Task References_AddedAndRemoved_WhateverTheStoreSays()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.PostAsync($"{tenant.App}/categories/$ref", Reference(Productivity), 204);
        await tenant.PostAsync($"{tenant.App}/graph.iosVppApp/categories/$ref", Reference(Productivity), 204);
        await tenant.DeleteAsync($"{tenant.App}/categories/{Business}/$ref");
        await tenant.DeleteAsync($"{tenant.App}/categories/$ref?$id=https://graph.microsoft.com/beta/deviceAppManagement/mobileAppCategories/f1fc9fe2-728d-4867-9a72-a61e18f8c606");

        Assert.Equal(["Productivity"], Names(await tenant.GetAsync($"{tenant.App}/categories")));
        Assert.Equal(["Productivity"], Names(await tenant.GetAsync($"{tenant.App}/graph.iosVppApp/categories")));
        Assert.Equal(["Productivity"], Names((await tenant.GetAsync($"{tenant.App}?$expand=categories"))["categories"]!));
    }

    [Fact]
    public async Task References_ToNothing_NotFound()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.PostAsync($"{tenant.App}/categories/$ref", Reference(Guid.NewGuid().ToString()), 404);
        await tenant.PostAsync($"{tenant.App}/categories/$ref", "{}", 400);
        await tenant.DeleteAsync($"{tenant.App}/categories/$ref", 400);
        await tenant.DeleteAsync($"/beta/deviceAppManagement/mobileApps/{Guid.NewGuid()}/categories/{Business}/$ref", 404);
    }

    [Theory]
    [InlineData("beta", "[book]")]
    [InlineData("v1.0", "[mac]")]
    [InlineData("beta", "[mac]/graph.iosVppApp")]
    public async Task References_OfWhatIsNoSuchApp_NotFoundAndNothingIsChanged(string version, string app)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var address = $"/{version}/deviceAppManagement/mobileApps/" + app.Replace("[book]", $"{tenant.Book}", StringComparison.Ordinal).Replace("[mac]", $"{tenant.Mac}", StringComparison.Ordinal);

        await tenant.PostAsync($"{address}/categories/$ref", Reference(Productivity), 404);
        await tenant.DeleteAsync($"{address}/categories/{Business}/$ref", 404);

        Assert.Equal(0, await graph.ScalarAsync<long>("select count(*) from app_categories where tenant_id = $1", tenant.Id));
    }

    [Fact]
    public async Task Categories_OfANewTenant_AreThoseOfIntune()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var found = (await tenant.GetAsync(Categories))["value"]!.AsArray().ToDictionary(one => one!["id"]!.GetValue<string>(), one => one!["displayName"]!.GetValue<string>());

        Assert.Equal(new Dictionary<string, string>
        {
            ["0720a99e-562b-4a77-83f0-9a7523fcf13e"] = "Other apps",
            ["f1fc9fe2-728d-4867-9a72-a61e18f8c606"] = "Books & Reference",
            ["046e0b16-76ce-4b49-bf1b-1cc5bd94fb47"] = "Data management",
            ["ed899483-3019-425e-a470-28e901b9790e"] = "Productivity",
            ["2b73ae71-12c8-49be-b462-3dae769ccd9d"] = "Business",
            ["79bc98d4-7ddf-4841-9bc1-5c84a26d7ee8"] = "Development & Design",
            ["5dcd7a90-0306-4f09-a75d-6b97a243f04e"] = "Photos & Media",
            ["f79135dc-8e41-48c1-9a59-ab9a7259c38e"] = "Collaboration & Social",
            ["981deed8-6857-4e78-a50e-c3f61d312737"] = "Computer management",
        }, found);
        Assert.Equal("Business", (await tenant.GetAsync(Categories + "?$search=\"busi\""))["value"]!.AsArray().Single()!["displayName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/graph.iosVppApp")]
    public async Task Relationships_OfAnApp_AreNone(string cast)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var list = await tenant.GetAsync($"{tenant.App}{cast}/relationships?$count=true");
        var expanded = await tenant.GetAsync($"{tenant.App}?$expand=relationships");

        Assert.Empty(list["value"]!.AsArray());
        Assert.Equal(0, list["@odata.count"]!.GetValue<int>());
        Assert.Empty(expanded["relationships"]!.AsArray());
        Assert.Equal("0", (await tenant.GetAsync($"{tenant.App}{cast}/relationships/$count")).GetValue<string>());
        await tenant.GetAsync($"/beta/deviceAppManagement/mobileApps/{Guid.NewGuid()}/relationships", 404);
        await tenant.GetAsync($"/v1.0/deviceAppManagement/mobileApps/{tenant.Ios}/relationships", 400);
    }

    private static string Reference(string id) => $$"""{"@odata.id":"https://graph.microsoft.com/beta/deviceAppManagement/mobileAppCategories/{{id}}"}""";

    private static IEnumerable<string> Names(JsonNode page) =>
        (page as JsonArray ?? page["value"]!.AsArray()).Select(one => one!["displayName"]!.GetValue<string>()).Order(StringComparer.Ordinal);
}
