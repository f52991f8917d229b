using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph;

/// <summary>Whatever is sent, the answer is a refusal in Graph's form that says why, and nothing is stored.</summary>
public sealed class BadInputTests(BadInputOrganization service) : IClassFixture<BadInputOrganization>
{
    private const string Tokens = "/beta/deviceAppManagement/vppTokens";
    private const string App = "/beta/deviceAppManagement/mobileApps/[app]";
    private const string Group = """ "target": { "@odata.type": "#microsoft.graph.groupAssignmentTarget", "groupId": "[people]" } """;
    private const string Devices = """ "target": { "@odata.type": "#microsoft.graph.groupAssignmentTarget", "groupId": "[devices]" } """;

    [Theory]
    [Trait("Rule", "T3")]
    [InlineData("null", "Base64")]
    [InlineData("\"\"", "Base64")]
    [InlineData("\"no base64!\"", "Base64")]
    [InlineData("\"bm90IGpzb24=\"", "JSON")]
    [InlineData("\"W10=\"", "JSON")]
    [InlineData("\"eyJleHBEYXRlIjoiMjAzMS0wMi0wM1QwNDowNTowNiswMDAwIn0=\"", "'token'")]
    [InlineData("\"eyJ0b2tlbiI6IngifQ==\"", "'expDate'")]
    [InlineData("\"eyJ0b2tlbiI6IngiLCJleHBEYXRlIjoic29vbiJ9\"", "'expDate'")]
    public Task TokenFile_Unreadable_SaysWhatIsWrong(string token, string says) =>
        RefusedAsync("POST", Tokens, $$"""{ "dataSharingConsentGranted": true, "token": {{token}} }""", 400, "BadRequest", says);

    [Fact]
    [Trait("Rule", "T3")]
    public Task TokenFile_LongerThan64KiB_SaysSo() =>
        RefusedAsync("POST", Tokens, $$"""{ "dataSharingConsentGranted": true, "token": "{{new string('A', 65_540)}}" }""", 400, "BadRequest", "64 KiB");

    [Theory]
    [Trait("Rule", "T2")]
    [InlineData("""{ "token": "[file]" }""")]
    [InlineData("""{ "token": "[file]", "dataSharingConsentGranted": false }""")]
    public async Task Token_WithoutConsent_RefusedAndAppleIsNotAsked(string body)
    {
        await service.FillAsync("");
        var asked = service.Apple.Journal.Total;

        await RefusedAsync("POST", Tokens, body, 400, "BadRequest", "dataSharingConsentGranted");

        Assert.Equal(asked, service.Apple.Journal.Total);
    }

    [Theory]
    [InlineData("GET", Tokens + "/[nobody]", null, "")]
    [InlineData("GET", Tokens + "/no-guid", null, "")]
    [InlineData("PATCH", Tokens + "/[nobody]", """{ "displayName": "x" }""", "token")]
    [InlineData("DELETE", Tokens + "/[nobody]", null, "token")]
    [InlineData("POST", Tokens + "/[nobody]/syncLicenses", null, "token")]
    [InlineData("GET", "/beta/deviceAppManagement/mobileApps/[nobody]", null, "")]
    [InlineData("POST", "/beta/deviceAppManagement/mobileApps/[nobody]/assign", """{ "mobileAppAssignments": [] }""", "app")]
    [InlineData("POST", App + "/microsoft.graph.iosVppApp/revokeDeviceLicense", """{ "managedDeviceId": "[nobody]" }""", "device")]
    [InlineData("POST", App + "/microsoft.graph.iosVppApp/revokeUserLicense", """{ "userId": "[nobody]" }""", "user")]
    [InlineData("DELETE", App + "/assignments/[people]_1_0", null, "assignment")]
    [InlineData("POST", App + "/assign", """{ "mobileAppAssignments": [{ "intent": "required", "target": { "@odata.type": "#microsoft.graph.groupAssignmentTarget", "groupId": "[nobody]" } }] }""", "group")]
    public Task UnknownId_Anywhere_NotFound(string method, string path, string? body, string says) =>
        RefusedAsync(method, path, body, 404, "ResourceNotFound", says);

    [Theory]
    [InlineData("GET", "/beta/groups/[nobody]", null, "does not exist or one of")]
    [InlineData("GET", "/beta/users/nobody@example.com", null, "does not exist or one of")]
    [InlineData("POST", "/beta/groups/[people]/members/$ref", """{ "@odata.id": "https://graph.microsoft.com/beta/users/[nobody]" }""", "does not exist or one of")]
    [InlineData("POST", "/beta/groups/[nobody]/members/$ref", """{ "@odata.id": "https://graph.microsoft.com/beta/users/[user]" }""", "does not exist or one of")]
    public Task UnknownObject_OfTheDirectory_NotFoundInItsWords(string method, string path, string? body, string says) =>
        RefusedAsync(method, path, body, 404, "Request_ResourceNotFound", says);

    [Theory]
    [InlineData("""{ "dataSharingConsentGranted": "yes", "token": "[file]" }""", "dataSharingConsentGranted")]
    [InlineData("""{ "dataSharingConsentGranted": true, "displayName": 7, "token": "[file]" }""", "displayName")]
    [InlineData("""{ "dataSharingConsentGranted": true, "roleScopeTagIds": "0", "token": "[file]" }""", "roleScopeTagIds")]
    [InlineData("""{ "dataSharingConsentGranted": true, "vppTokenAccountType": "charity", "token": "[file]" }""", "charity")]
    [InlineData("""{ "dataSharingConsentGranted": true, "vppTokenAccountType": 1, "token": "[file]" }""", "vppTokenAccountType")]
    [InlineData("""{ "dataSharingConsentGranted": true, "automaticallyUpdateApps": null, "token": "[file]" }""", "automaticallyUpdateApps")]
    [InlineData("""{ "@odata.type": "#microsoft.graph.group", "dataSharingConsentGranted": true, "token": "[file]" }""", "microsoft.graph.group")]
    [InlineData("""[]""", "object")]
    [InlineData("""7""", "object")]
    [InlineData("""{ "dataSharingConsentGranted": """, "JSON")]
    [InlineData("""{ "displayName": "\ud800", "dataSharingConsentGranted": true, "token": "[file]" }""", "Unicode")]
    [InlineData("""{ "\ud800": 1, "dataSharingConsentGranted": true, "token": "[file]" }""", "")]
    [InlineData("""{ "displayName": "a\u0000b", "dataSharingConsentGranted": true, "token": "[file]" }""", "U+0000")]
    [InlineData("", "Empty Payload")]
    public Task Token_WrongJson_NamesTheFault(string body, string says) => RefusedAsync("POST", Tokens, body, 400, "BadRequest", says);

    [Theory]
    [InlineData("""{ "displayName": "a\u0000b" }""")]
    [InlineData("""{ "displayName": "x", "description": "a\u0000b" }""")]
    [InlineData("""{ "displayName": "x", "members@odata.bind": "all" }""")]
    [InlineData("""{ }""")]
    public Task Group_WrongValues_Refused(string body) => RefusedAsync("POST", "/beta/groups", body, 400, "BadRequest", "");

    [Theory]
    [InlineData("""{ "displayName": "x" }""", "userPrincipalName")]
    [InlineData("""{ "userPrincipalName": "a\u0000b@example.com" }""", "")]
    public Task User_WrongValues_Refused(string body, string says) => RefusedAsync("POST", "/beta/users", body, 400, "BadRequest", says);

    [Fact]
    public Task Json_NestedTooDeeply_Refused() =>
        RefusedAsync("POST", Tokens, string.Concat(Enumerable.Repeat("""{ "a": """, 200)) + "1" + new string('}', 200), 400, "BadRequest", "JSON");

    [Theory]
    [InlineData("""{ }""", "mobileAppAssignments")]
    [InlineData("""{ "mobileAppAssignments": null }""", "mobileAppAssignments")]
    [InlineData("""{ "mobileAppAssignments": {} }""", "array")]
    [InlineData("""{ "mobileAppAssignments": [null] }""", "")]
    [InlineData("""{ "mobileAppAssignments": [{ "intent": "required" }] }""", "target")]
    [InlineData("""{ "mobileAppAssignments": [{ "intent": "required", "target": null }] }""", "target")]
    [InlineData("""{ "mobileAppAssignments": [{ "intent": "sometimes", """ + Group + "}] }", "sometimes")]
    [InlineData("""{ "mobileAppAssignments": [{ "intent": "required", "target": {} }] }""", "@odata.type")]
    [InlineData("""{ "mobileAppAssignments": [{ "intent": "required", "target": { "@odata.type": "#microsoft.graph.moonTarget" } }] }""", "moonTarget")]
    [InlineData("""{ "mobileAppAssignments": [{ "intent": "required", "target": { "@odata.type": "#microsoft.graph.groupAssignmentTarget" } }] }""", "groupId")]
    [InlineData("""{ "mobileAppAssignments": [{ "intent": "required", "target": { "@odata.type": "#microsoft.graph.groupAssignmentTarget", "groupId": "people" } }] }""", "groupId")]
    [InlineData("""{ "mobileAppAssignments": [{ "intent": "required", "settings": { "@odata.type": "#microsoft.graph.iosVppAppAssignmentSettings", "useDeviceLicensing": "yes" },""" + Group + "}] }", "useDeviceLicensing")]
    public Task Assign_WrongBody_NamesTheFault(string body, string says) => RefusedAsync("POST", App + "/assign", body, 400, "BadRequest", says);

    [Fact]
    [Trait("Rule", "A2")]
    public Task Assign_AvailableForDevices_Refused() =>
        RefusedAsync("POST", App + "/assign", """{ "mobileAppAssignments": [{ "intent": "available", """ + Devices + "}] }", 400, "BadRequest", "groups that hold devices");

    [Fact]
    [Trait("Rule", "A5")]
    public Task Assign_TwoIntentsForOneGroup_Refused() =>
        RefusedAsync("POST", App + "/assign",
            """{ "mobileAppAssignments": [{ "intent": "required", """ + Group + """}, { "intent": "uninstall", """ + Group + "}] }", 400, "BadRequest", "more than one intent");

    [Fact]
    [Trait("Rule", "L12")]
    public Task Assign_DeviceLicensingThatTheDeveloperForbids_Refused() =>
        RefusedAsync("POST", "/beta/deviceAppManagement/mobileApps/[userOnly]/assign",
            """{ "mobileAppAssignments": [{ "intent": "required", """ + Group + "}] }", 400, "BadRequest", "does not allow device assignment");

    [Theory]
    [InlineData("PUT", Tokens, 405, "MethodNotAllowed", "PUT")]
    [InlineData("DELETE", "/beta/groups", 405, "MethodNotAllowed", "DELETE")]
    [InlineData("GET", App + "/assign", 405, "MethodNotAllowed", "GET")]
    [InlineData("GET", "/beta/deviceAppManagement/teapots", 400, "BadRequest", "'teapots'")]
    [InlineData("POST", Tokens + "/[token]/teapot", 400, "BadRequest", "'teapot'")]
    [InlineData("GET", Tokens + "?$filter=colour eq 'red'", 400, "BadRequest", "colour")]
    [InlineData("GET", Tokens + "?$filter=", 400, "BadRequest", "")]
    [InlineData("GET", Tokens + "?$top=-1", 400, "BadRequest", "")]
    [InlineData("GET", Tokens + "?$skiptoken=garbage", 400, "BadRequest", "")]
    [InlineData("GET", "/beta/groups?$filter=displayName eq '%00'", 400, "BadRequest", "")]
    public Task Address_Wrong_NamesTheFault(string method, string path, int status, string code, string says) =>
        RefusedAsync(method, path, null, status, code, says);

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public Task Body_NotJsonByItsType_UnsupportedMediaType(string type) =>
        RefusedAsync("POST", Tokens, """{ "token": "[file]", "dataSharingConsentGranted": true }""", 415, "UnsupportedMediaType", "application/json", type);

    private async Task RefusedAsync(string method, string path, string? body, int status, string code, string says, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), await service.FillAsync(path));
        if (body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(await service.FillAsync(body))) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
        var (id, before) = (Guid.NewGuid().ToString(), await service.RowsAsync());
        request.Headers.Add("client-request-id", id);

        using var answer = await service.Tenant.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True(status == (int)answer.StatusCode, $"{(int)answer.StatusCode}: {text}");
        var error = JsonNode.Parse(text)!["error"]!;
        Assert.Equal(code, error["code"]!.GetValue<string>());
        Assert.Contains(says, error["message"]!.GetValue<string>(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(answer.Headers.GetValues("request-id").Single(), error["innerError"]!["request-id"]!.GetValue<string>());
        Assert.Equal((id, id), (error["innerError"]!["client-request-id"]!.GetValue<string>(), answer.Headers.GetValues("client-request-id").Single()));
        Assert.Equal(before, await service.RowsAsync());
    }
}
