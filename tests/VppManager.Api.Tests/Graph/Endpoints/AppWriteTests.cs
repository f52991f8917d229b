using System.Text.Json.Nodes;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Endpoints;

/// <summary>What an administrator may change of an app, and what Intune refuses.</summary>
[Collection(GraphCollection.Name)]
public sealed class AppWriteTests(GraphHost graph)
{
    private const string Typed = "\"@odata.type\": \"#microsoft.graph.iosVppApp\"";

    [Fact]
    public async Task Patch_EverythingWritable_IsChangedAndRemembered()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.PostAsync("/beta/deviceManagement/roleScopeTags", """{"displayName":"North"}""", 201);
        var answer = await tenant.PatchAsync(tenant.App, """
            {"owner":"O","displayName":"Ours","description":"Words","publisher":"P","developer":"D","notes":"N","informationUrl":"https://a.example",
             "privacyInformationUrl":"https://b.example","isFeatured":true,"roleScopeTagIds":["0","1"],"@odata.type":"microsoft.graph.iosVppApp"}
            """);

        Assert.Equal("#microsoft.graph.iosVppApp", answer["@odata.type"]!.GetValue<string>());
        Assert.Equal(
            ["Ours", "Words", "P", "D", "N", "https://a.example", "https://b.example"],
            Texts(answer, "displayName", "description", "publisher", "developer", "notes", "informationUrl", "privacyInformationUrl"));
        Assert.True(answer["isFeatured"]!.GetValue<bool>());
        Assert.Equal("O", answer["owner"]!.GetValue<string>());
        Assert.Equal(["0", "1"], answer["roleScopeTagIds"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Equal(
            ["description", "developer", "displayName", "informationUrl", "isFeatured", "notes", "owner", "privacyInformationUrl", "publisher"],
            (await graph.ScalarAsync<string[]>("select edited from apps where id = $1", tenant.Ios)).Order(StringComparer.Ordinal));
        Assert.True(answer["lastModifiedDateTime"]!.GetValue<DateTimeOffset>() > answer["createdDateTime"]!.GetValue<DateTimeOffset>());
        await graph.ExecuteAsync("update apps set app_store_url = 'https://apps.example/1' where tenant_id = $1", tenant.Id);
        var cleared = await tenant.PatchAsync(tenant.App, $$"""{ {{Typed}}, "roleScopeTagIds": null, "owner": null }""");
        Assert.Equal((null, "https://apps.example/1"), (cleared["owner"]?.GetValue<string>(), cleared["appStoreUrl"]!.GetValue<string>()));
        Assert.Equal(["0"], cleared["roleScopeTagIds"]!.AsArray().Select(tag => tag!.GetValue<string>()));
    }

    [Fact]
    public async Task Patch_MacApp_ByItsTypeAndByCast()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var mac = $"/beta/deviceAppManagement/mobileApps/{tenant.Mac}";

        var typed = await tenant.PatchAsync(mac, """{"@odata.type":"#microsoft.graph.macOsVppApp","notes":"N","appleDeviceAppDeliveryProtocolType":"mobileDeviceManagement"}""");
        var cast = await tenant.PatchAsync(mac + "/graph.macOsVppApp", """{"owner":"O","roleScopeTagIds":[]}""");

        Assert.Equal(("#microsoft.graph.macOsVppApp", "N", "mobileDeviceManagement"), (typed["@odata.type"]!.GetValue<string>(), typed["notes"]!.GetValue<string>(), typed["appleDeviceAppDeliveryProtocolType"]!.GetValue<string>()));
        Assert.Equal(("O", "N", "mobileDeviceManagement"), (cast["owner"]!.GetValue<string>(), cast["notes"]!.GetValue<string>(), cast["appleDeviceAppDeliveryProtocolType"]!.GetValue<string>()));
        Assert.Equal(["0"], cast["roleScopeTagIds"]!.AsArray().Select(tag => tag!.GetValue<string>()));
    }

    [Fact]
    public async Task Patch_AbsentAndNull_KeepAndClear()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var answer = await tenant.PatchAsync(tenant.App, $$"""{ {{Typed}}, "description": null }""");

        Assert.Null(answer["description"]);
        Assert.Equal("Maker", answer["publisher"]!.GetValue<string>());
    }

    [Fact]
    public async Task Patch_WhatOnlyAppleSays_IsPassedOver()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var answer = await tenant.PatchAsync(
            tenant.App, $$"""{ {{Typed}}, "bundleId": "com.other", "totalLicenseCount": 7, "vppTokenId": "x", "assignments": [], "id": "y", "notes": "N" }""");

        Assert.Equal(("com.example.thing1", 10), (answer["bundleId"]!.GetValue<string>(), answer["totalLicenseCount"]!.GetValue<int>()));
        Assert.Equal(tenant.Ios.ToString(), answer["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{\"notes\":\"N\"}", "", "@odata.type")]
    [InlineData("{\"@odata.type\":\"#microsoft.graph.macOsVppApp\",\"notes\":\"N\"}", "", "another type")]
    [InlineData("{\"@odata.type\":\"#microsoft.graph.iosVppApp\",\"isFeatured\":null}", "", "isFeatured")]
    [InlineData("{\"@odata.type\":\"#microsoft.graph.iosVppApp\",\"largeIcon\":{\"type\":\"image/png\",\"value\":\"no base64!\"}}", "", "largeIcon.value")]
    [InlineData("{\"@odata.type\":\"#microsoft.graph.iosVppApp\",\"appleDeviceAppDeliveryProtocolType\":\"pigeon\"}", "", "pigeon")]
    [InlineData("{\"notes\":\"N\"}", "/graph.macOsVppApp", "another type")]
    public async Task Patch_WrongBody_NamesTheFault(string body, string cast, string says)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var error = await tenant.PatchAsync(tenant.App + cast, body, 400);

        Assert.Contains(says, error["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_ThroughTheCast_NeedsNoType()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var answer = await tenant.PatchAsync(tenant.App + "/graph.iosVppApp", """{"notes":"by cast"}""");

        Assert.Equal("by cast", answer["notes"]!.GetValue<string>());
    }

    [Fact]
    public async Task Patch_BookOrUnknownId_NotFound()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.PatchAsync($"/v1.0/deviceAppManagement/mobileApps/{tenant.Book}", $$"""{ {{Typed}} }""", 404);
        await tenant.PatchAsync($"/v1.0/deviceAppManagement/mobileApps/{Guid.NewGuid()}", $$"""{ {{Typed}} }""", 404);
        await tenant.PatchAsync($"/v1.0/deviceAppManagement/mobileApps/{tenant.Mac}", """{"@odata.type":"#microsoft.graph.macOsVppApp"}""", 404);
    }

    [Fact]
    public async Task LargeIcon_SetReadAndRemoved_ComesWithASingleAppAlone()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var answer = await tenant.PatchAsync(tenant.App, $$"""{ {{Typed}}, "largeIcon": { "@odata.type": "#microsoft.graph.mimeContent", "type": "image/png", "value": "aWNvbg==" } }""");
        var listed = (await tenant.GetAsync("/beta/deviceAppManagement/mobileApps"))["value"]!.AsArray().Single(app => app!["id"]!.GetValue<string>() == tenant.Ios.ToString());
        var selected = await tenant.GetAsync(tenant.App + "?$select=largeIcon");
        var removed = await tenant.PatchAsync(tenant.App, $$"""{ {{Typed}}, "largeIcon": null }""");

        Assert.Equal(("image/png", "aWNvbg=="), (answer["largeIcon"]!["type"]!.GetValue<string>(), answer["largeIcon"]!["value"]!.GetValue<string>()));
        Assert.Null(listed!["largeIcon"]);
        Assert.Equal("aWNvbg==", selected["largeIcon"]!["value"]!.GetValue<string>());
        Assert.Null(removed["largeIcon"]);
    }

    [Fact]
    public async Task DeliveryProtocol_OnceDeclarative_DoesNotGoBack()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var answer = await tenant.PatchAsync(tenant.App, $$"""{ {{Typed}}, "appleDeviceAppDeliveryProtocolType": "declarativeDeviceManagement" }""");
        await tenant.PatchAsync(tenant.App, $$"""{ {{Typed}}, "appleDeviceAppDeliveryProtocolType": "default" }""", 400);

        Assert.Equal("declarativeDeviceManagement", answer["appleDeviceAppDeliveryProtocolType"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("/v1.0/deviceAppManagement/mobileApps")]
    [InlineData("/beta/deviceAppManagement/managedEBooks")]
    public async Task Post_NewAppOrBook_IsRefusedInIntunesOwnStyle(string address)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var error = (await tenant.PostAsync(address, $$"""{ {{Typed}}, "displayName": "New" }""", 400))["error"]!;
        var message = error["message"]!.GetValue<string>();
        var inner = JsonNode.Parse(message)!;

        Assert.Equal("BadRequest", error["code"]!.GetValue<string>());
        Assert.StartsWith("{\r\n  \"_version\": 3,\r\n", message, StringComparison.Ordinal);
        Assert.StartsWith("POST is not supported for this app type. - Operation ID", inner["Message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(error["innerError"]!["request-id"]!.GetValue<string>(), inner["Message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "G3")]
    public async Task Delete_SyncedApp_IsRefused()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var error = await tenant.DeleteAsync(tenant.App, 400);
        await tenant.DeleteAsync($"/beta/deviceAppManagement/mobileApps/{Guid.NewGuid()}", 404);

        Assert.Contains("cannot be deleted", error["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        await tenant.GetAsync(tenant.App);
    }

    [Fact]
    [Trait("Rule", "G3")]
    public async Task Delete_ByTheLaterBehavior_OnceThereAreNoLicences()
    {
        var tenant = await GraphTenant.CreateAsync(graph, "intune2026");

        var error = await tenant.DeleteAsync(tenant.App, 400);
        await graph.ExecuteAsync("update pools set total = 0 where tenant_id = $1 and id = $2", tenant.Id, await tenant.PoolAsync(tenant.Ios));
        await tenant.DeleteAsync(tenant.App);

        Assert.Contains("still has licences", error["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        await tenant.GetAsync(tenant.App, 404);
    }

    private static IEnumerable<string> Texts(JsonNode node, params string[] names) => names.Select(name => node[name]!.GetValue<string>());
}
