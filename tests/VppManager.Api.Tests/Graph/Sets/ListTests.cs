using System.Text.Json;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Sets;

[Collection(GraphCollection.Name)]
public sealed class ListTests(GraphHost graph)
{
    private const string Tokens = "/deviceAppManagement/vppTokens";
    private const string Apps = "/deviceAppManagement/mobileApps";

    [Fact]
    public async Task List_TokensInBeta_HasEveryPropertyAndNoSecret()
    {
        var page = await graph.GetAsync("/beta" + Tokens);

        Assert.Equal("http://localhost/beta/$metadata#deviceAppManagement/vppTokens", page.GetProperty("@odata.context").GetString());
        Assert.Equal(2, page.GetProperty("value").GetArrayLength());
        var token = page.GetProperty("value")[0];
        Assert.Equal("HQ", token.GetProperty("displayName").GetString());
        Assert.Equal(JsonValueKind.Null, token.GetProperty("token").ValueKind);
        Assert.Equal("2027-01-31T09:12:44Z", token.GetProperty("expirationDateTime").GetString());
        Assert.Equal("duplicateLocationId", page.GetProperty("value")[1].GetProperty("state").GetString());
        Assert.Equal("0001-01-01T00:00:00Z", page.GetProperty("value")[1].GetProperty("lastSyncDateTime").GetString());
        Assert.DoesNotContain("secret-of", page.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_TokensInV1_HasWhatV1Has()
    {
        var page = await graph.GetAsync("/v1.0" + Tokens);

        Assert.False(page.GetProperty("value")[0].TryGetProperty("displayName", out _));
        Assert.Equal("unknown", page.GetProperty("value")[1].GetProperty("state").GetString());
    }

    [Fact]
    public async Task List_AppsInV1_LeavesOutMacOsAndBooks()
    {
        Assert.Equal(25, (await graph.GetAsync("/v1.0" + Apps)).GetProperty("value").GetArrayLength());
        Assert.Equal(30, (await graph.GetAsync("/beta" + Apps)).GetProperty("value").GetArrayLength());
        Assert.Equal("25", await CountAsync("/v1.0" + Apps + "/$count"));
        Assert.Equal("0", await CountAsync("/v1.0" + Apps + "/$count?$filter=isof('microsoft.graph.macOsVppApp')"));
    }

    [Fact]
    public async Task List_AppsByCast_NeedNoTypeAndHaveTheCastInTheContext()
    {
        var page = await graph.GetAsync("/beta" + Apps + "/graph.macOsVppApp?$count=true");

        Assert.Equal(5, page.GetProperty("@odata.count").GetInt32());
        Assert.EndsWith("#deviceAppManagement/mobileApps/microsoft.graph.macOsVppApp", page.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.False(page.GetProperty("value")[0].TryGetProperty("@odata.type", out _));
    }

    [Theory]
    [InlineData("isof('microsoft.graph.iosVppApp')", 25)]
    [InlineData("isof('microsoft.graph.iosVppApp') eq false", 5)]
    [InlineData("not isof('microsoft.graph.macOsVppApp')", 25)]
    [InlineData("(isof('microsoft.graph.win32LobApp') or isof('microsoft.graph.macOsVppApp') or isof('microsoft.graph.managedApp'))", 5)]
    [InlineData("(microsoft.graph.managedApp/appAvailability eq null or microsoft.graph.managedApp/appAvailability eq 'lineOfBusiness' or isAssigned eq true)", 30)]
    [InlineData("microsoft.graph.managedApp/appAvailability eq microsoft.graph.managedAppAvailability'lineOfBusiness'", 0)]
    [InlineData("microsoft.graph.win32LobApp/fileName ne null", 0)]
    [InlineData("displayName eq 'O''Neil''s 100% App'", 1)]
    [InlineData("startswith(displayName,'App 0')", 7)]
    [InlineData("not startswith(displayName,'App 0')", 23)]
    [InlineData("startswith(displayName,'app 0') eq false and startswith(tolower(displayName),'app 0')", 7)]
    [InlineData("contains(tolower(displayName),'app 1')", 10)]
    [InlineData("displayName eq null", 1)]
    [InlineData("displayName ne null and publisher in ('Apple')", 14)]
    [InlineData("isAssigned eq true", 3)]
    [InlineData("microsoft.graph.iosVppApp/bundleId eq 'com.example.app7'", 1)]
    [InlineData("microsoft.graph.iosVppApp/usedLicenseCount gt 0", 1)]
    [InlineData("microsoft.graph.iosVppApp/vppTokenId eq '70000000-0000-0000-0000-000000000001'", 25)]
    [InlineData("categories/any(c:c/id eq 'ed899483-3019-425e-a470-28e901b9790e')", 1)]
    [InlineData("categories/any(c:c/displayName eq 'Business')", 1)]
    [InlineData("assignments/any(a:a/target/groupId eq 'c0000000-0000-0000-0000-000000000001')", 1)]
    [InlineData("assignments/any(a:a/target/microsoft.graph.groupAssignmentTarget/groupId eq 'c0000000-0000-0000-0000-000000000001')", 1)]
    [InlineData("assignments/any(a:a/intent eq 'required')", 2)]
    [InlineData("assignments/any()", 3)]
    [InlineData("id eq 'a0000000-0000-0000-0000-000000000003'", 1)]
    [InlineData("id eq 'no-guid'", 0)]
    [InlineData("id in ('a0000000-0000-0000-0000-000000000003','A0000000-0000-0000-0000-000000000004')", 2)]
    [InlineData("createdDateTime ge 2026-01-01T02:00:00Z", 15)]
    [InlineData("publishingState eq 'published'", 30)]
    [InlineData("microsoft.graph.iosVppApp/licensingType/supportsDeviceLicensing eq true", 12)]
    [InlineData("microsoft.graph.iosVppApp/applicableDeviceType/iPhoneAndIPod eq false", 13)]
    [InlineData("microsoft.graph.iosVppApp/vppTokenId eq null", 5)]
    [InlineData("startswith(microsoft.graph.macOsVppApp/bundleId,'com.example')", 5)]
    [InlineData("assignments/any(a:a/target/deviceAndAppManagementAssignmentFilterType eq 'none')", 3)]
    [InlineData("isOf('microsoft.graph.iosVppApp')", 25)]
    [InlineData("isof('microsoft.graph.iosVppApp') and displayName eq 'App 01'", 1)]
    [InlineData("contains(displayName,'pp 1')", 10)]
    [InlineData("publisher eq 'Apple'", 15)]
    [InlineData("publisher eq 'Apple' and not isOf('graph.macOsVppApp')", 12)]
    [InlineData("isFeatured eq true and microsoft.graph.iosVppApp/totalLicenseCount eq 100", 8)]
    public async Task List_AppsByFilter_FindsThem(string filter, int count)
    {
        var page = await graph.GetAsync($"/beta{Apps}?$filter={Uri.EscapeDataString(filter)}&$count=true");

        Assert.Equal(count, page.GetProperty("@odata.count").GetInt32());
        Assert.Equal(count, page.GetProperty("value").GetArrayLength());
        Assert.Equal(count.ToString(System.Globalization.CultureInfo.InvariantCulture), await CountAsync($"/beta{Apps}/$count?$filter={Uri.EscapeDataString(filter)}"));
    }

    [Theory]
    [InlineData("state eq 'valid'", 1)]
    [InlineData("state in ('valid','duplicateLocationId')", 2)]
    [InlineData("vppTokenAccountType eq 'business'", 1)]
    [InlineData("contains(organizationName,'School') and automaticallyUpdateApps eq false", 1)]
    [InlineData("lastSyncDateTime gt 0001-01-01T00:00:00Z", 1)]
    [InlineData("roleScopeTagIds/any(t:t eq '0')", 2)]
    public async Task List_TokensByFilter_FindsThem(string filter, int count) =>
        Assert.Equal(count, (await graph.GetAsync($"/beta{Tokens}?filter={Uri.EscapeDataString(filter)}")).GetProperty("value").GetArrayLength());

    [Theory]
    [InlineData("$filter=largeIcon/type eq 'x'")]
    [InlineData("$filter=contains(id,'a')")]
    [InlineData("$filter=null")]
    [InlineData("$filter=isFeatured eq true and not (publisher eq 'Apple' or null)")]
    [InlineData("$filter=assignments/any(a:null)")]
    [InlineData("$expand=assignments($filter=null)")]
    [InlineData("$filter=assignments/any(a:a/settings/microsoft.graph.iosVppAppAssignmentSettings/useDeviceLicensing eq true)")]
    [InlineData("$expand=nosuch")]
    [InlineData("$filter=displayName eq 'a%00b'")]
    [InlineData("$orderby=largeIcon/type")]
    [InlineData("$apply=groupby((publisher))")]
    [InlineData("$skiptoken=W10")]
    public async Task List_QueryThatTheDatabaseCannotAnswer_Is400AndNotEverything(string query)
    {
        var answer = await graph.GetAsync($"/beta{Apps}?{query}", 400);

        Assert.Equal("BadRequest", answer.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("\"app 02\"", 1)]
    [InlineData("\"zed\"", 15)]
    [InlineData("\"100%\"", 1)]
    [InlineData("\"displayName:app\" AND \"apple\"", 14)]
    public async Task List_AppsBySearch_FindsThemInNameAndPublisher(string search, int count) =>
        Assert.Equal(count, (await graph.GetAsync($"/beta{Apps}?$search={Uri.EscapeDataString(search)}")).GetProperty("value").GetArrayLength());

    [Fact]
    public async Task Count_WithSearchAndFilter_CountsWhatIsFound() =>
        Assert.Equal("7", await CountAsync($"/beta{Apps}/$count?$search=\"app 0\"&$filter=startswith(displayName,'App')"));

    [Fact]
    public async Task List_ExpandAssignments_HasThemTypedWithTheirContext()
    {
        var page = await graph.GetAsync($"/v1.0{Apps}?$expand=assignments,categories&$top=1");

        var app = page.GetProperty("value")[0];
        Assert.Equal("#microsoft.graph.iosVppApp", app.GetProperty("@odata.type").GetString());
        Assert.EndsWith(
            "#deviceAppManagement/mobileApps('a0000000-0000-0000-0000-000000000001')/assignments",
            app.GetProperty("assignments@odata.context").GetString(),
            StringComparison.Ordinal);
        var assignments = app.GetProperty("assignments").EnumerateArray().ToDictionary(one => one.GetProperty("id").GetString()!);
        var included = assignments["c0000000-0000-0000-0000-000000000001_1_0"];
        Assert.Equal("required", included.GetProperty("intent").GetString());
        Assert.Equal("#microsoft.graph.groupAssignmentTarget", included.GetProperty("target").GetProperty("@odata.type").GetString());
        Assert.Equal("c0000000-0000-0000-0000-000000000001", included.GetProperty("target").GetProperty("groupId").GetString());
        Assert.True(included.GetProperty("settings").GetProperty("useDeviceLicensing").GetBoolean());
        Assert.False(included.GetProperty("settings").TryGetProperty("isRemovable", out _));
        var excluded = assignments["c0000000-0000-0000-0000-000000000002_1_1"];
        Assert.Equal("#microsoft.graph.exclusionGroupAssignmentTarget", excluded.GetProperty("target").GetProperty("@odata.type").GetString());
        Assert.Equal(JsonValueKind.Null, excluded.GetProperty("settings").ValueKind);
        Assert.Equal(["Business", "Productivity"], app.GetProperty("categories").EnumerateArray().Select(one => one.GetProperty("displayName").GetString()).Order());
    }

    [Theory]
    [InlineData("$expand=assignments($filter=intent eq 'required';$orderby=id desc;$top=1;$select=intent)")]
    [InlineData("$expand=microsoft.graph.iosVppApp/assignedLicenses")]
    [InlineData("$select=id,displayName,isAssigned&$expand=assignments($select=target)")]
    [InlineData("$select=microsoft.graph.iosVppApp/bundleId,publisher")]
    [InlineData("$select=largeIcon,displayName")]
    [InlineData("$select=microsoft.graph.iosVppApp/licensingType,roleScopeTagIds&$orderby=publisher desc")]
    public async Task List_SelectAndExpandWithOptions_AreTranslated(string query) =>
        Assert.NotEqual(0, (await graph.GetAsync($"/beta{Apps}?{query}")).GetProperty("value").GetArrayLength());

    [Fact]
    public async Task List_Select_KeepsIdAndType()
    {
        var app = (await graph.GetAsync($"/beta{Apps}?$select=displayName&$top=1")).GetProperty("value")[0];

        Assert.Equal(["@odata.type", "id", "displayName"], app.EnumerateObject().Select(member => member.Name));
    }

    [Fact]
    public async Task List_Top0_IsEmptyWithoutALink()
    {
        var page = await graph.GetAsync($"/beta{Apps}?$top=0&$count=true");

        Assert.Equal(0, page.GetProperty("value").GetArrayLength());
        Assert.Equal(30, page.GetProperty("@odata.count").GetInt32());
        Assert.False(page.TryGetProperty("@odata.nextLink", out _));
    }

    private async Task<string> CountAsync(string address)
    {
        using var response = await graph.Ours.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
