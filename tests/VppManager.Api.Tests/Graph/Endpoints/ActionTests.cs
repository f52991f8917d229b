using System.Text.Json.Nodes;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Endpoints;

/// <summary>Actions in every spelling that clients use, and what is shown of them afterwards.</summary>
[Collection(GraphCollection.Name)]
public sealed class ActionTests(GraphHost graph)
{
    [Theory]
    [InlineData("revokeDeviceLicense")]
    [InlineData("microsoft.graph.revokeDeviceLicense")]
    [InlineData("graph.revokeDeviceLicense")]
    [InlineData("microsoft.graph.iosVppApp/revokeDeviceLicense")]
    [InlineData("graph.iosVppApp/microsoft.graph.revokeDeviceLicense")]
    [InlineData("microsoft.graph.iosVppApp/graph.revokeDeviceLicense")]
    [InlineData("MICROSOFT.GRAPH.IOSVPPAPP/REVOKEDEVICELICENSE")]
    public async Task RevokeDeviceLicense_InEverySpelling_ShowsItsResult(string spelling)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);

        await tenant.PostAsync($"{tenant.App}/{spelling}", $$"""{"managedDeviceId":"{{tenant.IPad}}","notifyManagedDevices":true}""", 204);

        var result = Assert.Single((await tenant.GetAsync(tenant.App))["revokeLicenseActionResults"]!.AsArray())!;
        Assert.Equal(("revokeDeviceLicense", "active", "none"), (Text(result, "actionName"), Text(result, "actionState"), Text(result, "actionFailureReason")));
        Assert.Equal((tenant.IPad.ToString(), 1, 0), (Text(result, "managedDeviceId"), result["totalLicensesCount"]!.GetValue<int>(), result["failedLicensesCount"]!.GetValue<int>()));
        Assert.Null(result["userId"]);
        Assert.False((await tenant.GetAsync($"/v1.0/deviceAppManagement/mobileApps/{tenant.Ios}")).AsObject().ContainsKey("revokeLicenseActionResults"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("graph.macOsVppApp/")]
    public async Task RevokeLicenses_OfAMacApp_AreShownOnIt(string cast)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var mac = $"/beta/deviceAppManagement/mobileApps/{tenant.Mac}";
        await tenant.LicenseAsync(tenant.Mac, device: tenant.MacBook);
        await tenant.LicenseAsync(tenant.Mac, user: tenant.Bob);

        var licenses = (await tenant.GetAsync(mac + "/assignedLicenses?$orderby=userName"))["value"]!.AsArray();
        await tenant.PostAsync($"{mac}/{cast}revokeDeviceLicense", $$"""{"managedDeviceId":"{{tenant.MacBook}}"}""", 204);
        await tenant.PostAsync($"{mac}/{cast}revokeUserLicense", $$"""{"userId":"{{tenant.Bob}}"}""", 204);
        await tenant.PostAsync($"{mac}/{cast}revokeAllLicenses", "{}", 204);

        Assert.Equal(["Bob", "No user"], licenses.Select(one => Text(one!, "userName")));
        Assert.Equal(("bob@alpha.example", tenant.Bob.ToString()), (Text(licenses[0]!, "userPrincipalName"), Text(licenses[0]!, "userId")));
        Assert.DoesNotContain(licenses, one => one!.AsObject().ContainsKey("managedDeviceId"));
        var results = (await tenant.GetAsync(mac))["revokeLicenseActionResults"]!.AsArray();
        Assert.Equal(["revokeAllLicenses", "revokeUserLicense", "revokeDeviceLicense"], results.Select(one => Text(one!, "actionName")));
        Assert.Equal((tenant.MacBook.ToString(), tenant.Bob.ToString()), (Text(results[2]!, "managedDeviceId"), Text(results[1]!, "userId")));
    }

    [Theory]
    [InlineData("POST", "[book]/revokeAllLicenses")]
    [InlineData("POST", "[mac]/graph.iosVppApp/revokeAllLicenses")]
    [InlineData("POST", "[ios]/graph.macOsVppApp/revokeAllLicenses")]
    [InlineData("DELETE", "[ios]/graph.macOsVppApp")]
    public async Task Action_OnAnAppOfAnotherType_NotFound(string method, string app)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var address = "/beta/deviceAppManagement/mobileApps/" + app.Replace("[book]", $"{tenant.Book}", StringComparison.Ordinal)
            .Replace("[mac]", $"{tenant.Mac}", StringComparison.Ordinal).Replace("[ios]", $"{tenant.Ios}", StringComparison.Ordinal);

        await tenant.SendAsync(method, address, method == "POST" ? "{}" : null, 404);

        Assert.Equal(0, await graph.ScalarAsync<long>("select count(*) from remote_actions where tenant_id = $1", tenant.Id));
    }

    [Fact]
    public async Task RevokeDeviceLicense_SentAgainByTheClient_IsDoneOnce()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);
        var body = $$"""{"managedDeviceId":"{{tenant.IPad}}"}""";

        await tenant.PostAsync(tenant.App + "/revokeDeviceLicense", body, 204);
        await tenant.SendAsync("POST", tenant.App + "/revokeDeviceLicense", body, 204, ("Retry-Attempt", "1"));
        var error = await tenant.PostAsync(tenant.App + "/revokeDeviceLicense", body, 409);

        Assert.Equal("Conflict", Text(error["error"]!, "code"));
        Assert.Single((await tenant.GetAsync(tenant.App))["revokeLicenseActionResults"]!.AsArray());
    }

    [Fact]
    public async Task RevokeUserLicense_DoneAndRefused_ShowsBoth()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var (first, second) = (await tenant.LicenseAsync(tenant.Ios, user: tenant.Ann), await tenant.LicenseAsync(tenant.Ios, user: tenant.Bob));
        await tenant.PostAsync($"{tenant.App}/revokeUserLicense", $$"""{"userId":"{{tenant.Ann}}"}""", 204);
        await tenant.PostAsync($"{tenant.App}/graph.iosVppApp/revokeUserLicense", $$"""{"userId":"{{tenant.Bob}}"}""", 204);

        await tenant.ChangeAsync("update licenses set state = 'released', changed_at = now() where tenant_id = $1 and id = $2", tenant.Id, first);
        await tenant.ChangeAsync("update licenses set state = 'held', reason = 'apple:9609', changed_at = now() where tenant_id = $1 and id = $2", tenant.Id, second);

        var results = (await tenant.GetAsync(tenant.App))["revokeLicenseActionResults"]!.AsArray();
        Assert.Equal(["failed", "done"], results.Select(one => Text(one!, "actionState")));
        Assert.Equal((tenant.Bob.ToString(), "appleFailure", 1), (Text(results[0]!, "userId"), Text(results[0]!, "actionFailureReason"), results[0]!["failedLicensesCount"]!.GetValue<int>()));
        Assert.True(results[1]!["lastUpdatedDateTime"]!.GetValue<DateTimeOffset>() >= results[1]!["startDateTime"]!.GetValue<DateTimeOffset>());
    }

    [Theory]
    [InlineData("revokeAllLicenses")]
    [InlineData("microsoft.graph.iosVppApp/revokeAllLicenses")]
    public async Task RevokeAllLicenses_OfAnApp_CountsThem(string spelling)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);
        await tenant.LicenseAsync(tenant.Ios, user: tenant.Bob, state: "assigning");
        await tenant.LicenseAsync(tenant.Ios, user: tenant.Ann, state: "waiting");

        await tenant.PostAsync($"{tenant.App}/{spelling}", """{"notifyManagedDevices":false}""", 204);

        var result = Assert.Single((await tenant.GetAsync(tenant.App))["revokeLicenseActionResults"]!.AsArray())!;
        Assert.Equal(2, result["totalLicensesCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task RevokeLicenses_OfAToken_IsShownOnTheToken()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var refused = await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);
        await tenant.LicenseAsync(tenant.Mac, device: tenant.MacBook);
        var token = $"/beta/deviceAppManagement/vppTokens/{tenant.Token}";

        await tenant.PostAsync(token + "/microsoft.graph.revokeLicenses", """{"notifyManagedDevices":true,"revokeUntrackedLicenses":false}""", 204);

        var result = Assert.Single((await tenant.GetAsync(token))["tokenActionResults"]!.AsArray())!;
        Assert.Equal("#microsoft.graph.vppTokenRevokeLicensesActionResult", Text(result, "@odata.type"));
        Assert.Equal(("revokeLicenses", "active", 2), (Text(result, "actionName"), Text(result, "actionState"), result["totalLicensesCount"]!.GetValue<int>()));
        Assert.Equal(("none", 0), (Text(result, "actionFailureReason"), result["failedLicensesCount"]!.GetValue<int>()));
        Assert.Empty((await tenant.GetAsync(tenant.App))["revokeLicenseActionResults"]!.AsArray());
        await tenant.ChangeAsync("update licenses set state = 'held', reason = 'apple:9609', changed_at = now() where tenant_id = $1 and id = $2", tenant.Id, refused);
        await tenant.ChangeAsync("update licenses set state = 'released', changed_at = now() where tenant_id = $1 and id <> $2", tenant.Id, refused);
        AssertFailed((await tenant.GetAsync(token))["tokenActionResults"]![0]!);
        Assert.Equal("appleFailure", Text((await tenant.GetAsync(token))["tokenActionResults"]![0]!, "actionFailureReason"));
    }

    [Fact]
    public async Task ActionsOnADevice_AreShownOnTheDevice()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var refused = await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);
        var device = $"deviceManagement/managedDevices/{tenant.IPad}";

        await tenant.PostAsync($"/beta/{device}/revokeAppleVppLicenses", null, 204);
        await tenant.PostAsync($"/v1.0/{device}/syncDevice", null, 204);
        await tenant.PostAsync($"/v1.0/{device}/microsoft.graph.syncDevice", null, 204);
        var before = Results(await tenant.GetAsync("/beta/" + device));
        await graph.ExecuteAsync("update devices set last_sync_at = now() + interval '1 minute' where tenant_id = $1 and id = $2", tenant.Id, tenant.IPad);
        var after = Results(await tenant.GetAsync("/beta/" + device));

        Assert.Equal(("active", "pending"), (before["revokeAppleVppLicenses"], before["syncDevice"]));
        Assert.Equal(("active", "done"), (after["revokeAppleVppLicenses"], after["syncDevice"]));
        var typed = (await tenant.GetAsync("/beta/" + device))["deviceActionResults"]!.AsArray().Single(one => Text(one!, "actionName") == "revokeAppleVppLicenses")!;
        Assert.Equal(("#microsoft.graph.revokeAppleVppLicensesActionResult", 1), (Text(typed, "@odata.type"), typed["totalLicensesCount"]!.GetValue<int>()));

        // v1.0 does not have the type of the result: what it has of it is told.
        var inV1 = (await tenant.GetAsync("/v1.0/" + device))["deviceActionResults"]!.AsArray().Single(one => Text(one!, "actionName") == "revokeAppleVppLicenses")!.AsObject();
        Assert.Equal(["actionName", "actionState", "lastUpdatedDateTime", "startDateTime"], inV1.Select(member => member.Key).Order(StringComparer.Ordinal));

        await tenant.ChangeAsync("update licenses set state = 'held', reason = 'apple:9609', changed_at = now() where tenant_id = $1 and id = $2", tenant.Id, refused);
        AssertFailed((await tenant.GetAsync("/beta/" + device))["deviceActionResults"]!.AsArray().Single(one => Text(one!, "actionName") == "revokeAppleVppLicenses")!);
    }

    [Theory]
    [InlineData("retire", "retireIssued", null)]
    [InlineData("wipe", "wipeIssued", """{"keepEnrollmentData":false,"keepUserData":false}""")]
    [InlineData("wipe", "wipeIssued", null)]
    public async Task RetireAndWipe_OfADevice_TakeItOutOfManagement(string action, string state, string? body)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.PostAsync($"/v1.0/deviceManagement/managedDevices/{tenant.IPad}/{action}", body, 204);

        var device = await tenant.GetAsync($"/v1.0/deviceManagement/managedDevices/{tenant.IPad}");
        Assert.Equal(state, Text(device, "managementState"));
        Assert.Equal("pending", Results(device)[action]);
        await tenant.PostAsync($"/v1.0/deviceManagement/managedDevices/{Guid.NewGuid()}/{action}", body, 404);
    }

    [Fact]
    public async Task Actions_OfBetaAlone_AreUnknownInV1()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.PostAsync($"/v1.0/deviceAppManagement/mobileApps/{tenant.Ios}/revokeAllLicenses", "{}", 400);
        await tenant.PostAsync($"/v1.0/deviceAppManagement/vppTokens/{tenant.Token}/revokeLicenses", "{}", 400);
        await tenant.PostAsync($"/v1.0/deviceManagement/managedDevices/{tenant.IPad}/revokeAppleVppLicenses", null, 400);
    }

    private static void AssertFailed(JsonNode result)
    {
        Assert.Equal(("failed", 1), (Text(result, "actionState"), result["failedLicensesCount"]!.GetValue<int>()));
        var (started, updated) = (result["startDateTime"]!.GetValue<DateTimeOffset>(), result["lastUpdatedDateTime"]!.GetValue<DateTimeOffset>());
        Assert.True(started.Year >= 2026 && updated >= started, $"{started:O} {updated:O}");
    }

    private static Dictionary<string, string> Results(JsonNode device) =>
        device["deviceActionResults"]!.AsArray().ToDictionary(one => Text(one!, "actionName"), one => Text(one!, "actionState"));

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
