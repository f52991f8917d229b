using System.Text.Json;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Sets;

[Collection(GraphCollection.Name)]
public sealed class OneTests(GraphHost graph)
{
    private const string App1 = "a0000000-0000-0000-0000-000000000001";
    private const string Mac = "a0000000-0000-0000-0000-000000000026";

    [Theory]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/" + App1, "deviceAppManagement/mobileApps/microsoft.graph.iosVppApp/$entity")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps('" + App1 + "')", "deviceAppManagement/mobileApps/microsoft.graph.iosVppApp/$entity")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/" + App1 + "/graph.iosVppApp", "deviceAppManagement/mobileApps/microsoft.graph.iosVppApp/$entity")]
    [InlineData("/beta/DeviceAppManagement/MOBILEAPPS/" + App1 + "?$select=displayName", "deviceAppManagement/mobileApps/microsoft.graph.iosVppApp(displayName)/$entity")]
    [InlineData("/v1.0/deviceAppManagement/vppTokens/70000000-0000-0000-0000-000000000001", "deviceAppManagement/vppTokens/$entity")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/" + App1 + "/assignments/c0000000-0000-0000-0000-000000000001_1_0", "deviceAppManagement/mobileApps('" + App1 + "')/assignments/$entity")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + App1 + "/graph.iosVppApp/assignedLicenses/1c000000-0000-0000-0000-000000000001", "deviceAppManagement/mobileApps('" + App1 + "')/microsoft.graph.iosVppApp/assignedLicenses/microsoft.graph.iosVppAppAssignedDeviceLicense/$entity")]
    [InlineData("/v1.0/users/e0000000-0000-0000-0000-000000000001", "users/$entity")]
    [InlineData("/v1.0/users/ann%40ALPHA.example", "users/$entity")]
    [InlineData("/v1.0/groups/c0000000-0000-0000-0000-000000000001", "groups/$entity")]
    [InlineData("/v1.0/directoryObjects/c0000000-0000-0000-0000-000000000001", "directoryObjects/microsoft.graph.group/$entity")]
    [InlineData("/v1.0/devices/d1000000-0000-0000-0000-000000000001", "devices/$entity")]
    [InlineData("/v1.0/deviceManagement/managedDevices/d0000000-0000-0000-0000-000000000001", "deviceManagement/managedDevices/$entity")]
    [InlineData("/v1.0/deviceAppManagement", "deviceAppManagement/$entity")]
    public async Task One_ThatIsThere_HasItsContext(string address, string context) =>
        Assert.Equal(
            $"http://localhost/{address.Split('/')[1]}/$metadata#{context}",
            (await graph.GetAsync(address)).GetProperty("@odata.context").GetString());

    [Theory]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/no-guid")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/a0000000-0000-0000-0000-000000009999")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/" + Mac)]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/b0000000-0000-0000-0000-000000000001")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + Mac + "/graph.iosVppApp")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/" + Mac + "/assignments")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/" + Mac + "/categories")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + Mac + "/graph.iosVppApp/assignments")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + Mac + "/graph.iosVppApp/assignments/$count")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + Mac + "/graph.iosVppApp/categories")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + Mac + "/graph.iosVppApp/relationships")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + Mac + "/graph.iosVppApp/deviceStatuses")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + Mac + "/graph.iosVppApp/userStatuses")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + Mac + "/graph.iosVppApp/installSummary")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + App1 + "/graph.macOsVppApp/assignments")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + App1 + "/graph.macOsVppApp/assignments/c0000000-0000-0000-0000-000000000001_1_0")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + App1 + "/graph.macOsVppApp/categories")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + App1 + "/graph.macOsVppApp/categories/$count")]
    [InlineData("/beta/deviceAppManagement/mobileApps/" + App1 + "/graph.macOsVppApp/deviceStatuses")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/a0000000-0000-0000-0000-000000009999/assignments")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/no-guid/assignments/$count")]
    [InlineData("/v1.0/users/nobody@alpha.example/managedDevices", "Request_ResourceNotFound")]
    [InlineData("/v1.0/groups/c0000000-0000-0000-0000-000000009999/transitiveMembers", "Request_ResourceNotFound")]
    [InlineData("/beta/directoryObjects/c0000000-0000-0000-0000-000000009999", "Request_ResourceNotFound")]
    [InlineData("/v1.0/devices/no-guid", "Request_ResourceNotFound")]
    public async Task One_ThatIsNotThere_Is404WithTheCodeOfItsService(string address, string code = "ResourceNotFound") =>
        Assert.Equal(code, (await graph.GetAsync(address, 404)).GetProperty("error").GetProperty("code").GetString());

    [Fact]
    public async Task One_AppInBeta_HasCountsLicensingAndToken()
    {
        var app = await graph.GetAsync("/beta/deviceAppManagement/mobileApps/" + App1);

        Assert.Equal(100, app.GetProperty("totalLicenseCount").GetInt32());
        Assert.Equal(2, app.GetProperty("usedLicenseCount").GetInt32());
        Assert.True(app.GetProperty("isAssigned").GetBoolean());
        Assert.True(app.GetProperty("licensingType").GetProperty("supportUserLicensing").GetBoolean());
        Assert.False(app.GetProperty("licensingType").GetProperty("supportsDeviceLicensing").GetBoolean());
        Assert.True(app.GetProperty("applicableDeviceType").GetProperty("iPad").GetBoolean());
        Assert.True(app.GetProperty("licensingType").GetProperty("supportsUserLicensing").GetBoolean());
        Assert.False(app.GetProperty("licensingType").GetProperty("supportDeviceLicensing").GetBoolean());
        Assert.Equal((1, 0, 0, 0), (app.GetProperty("uploadState").GetInt32(), app.GetProperty("dependentAppCount").GetInt32(),
            app.GetProperty("supersedingAppCount").GetInt32(), app.GetProperty("supersededAppCount").GetInt32()));
        Assert.Equal("2026-01-02T00:00:00Z", app.GetProperty("releaseDateTime").GetString());
        Assert.Equal(("vpp@alpha.example", "Alpha AG", "business"), (app.GetProperty("vppTokenAppleId").GetString(),
            app.GetProperty("vppTokenOrganizationName").GetString(), app.GetProperty("vppTokenAccountType").GetString()));
        Assert.Equal("HQ", app.GetProperty("vppTokenDisplayName").GetString());
        Assert.Equal("70000000-0000-0000-0000-000000000001", app.GetProperty("vppTokenId").GetString());
        Assert.Equal(JsonValueKind.Null, app.GetProperty("largeIcon").ValueKind);
    }

    [Fact]
    public async Task Licenses_OfAnApp_AreItsTakenSeats()
    {
        var page = await graph.GetAsync($"/beta/deviceAppManagement/mobileApps/{App1}/assignedLicenses?$orderby=id");

        var (device, user) = (page.GetProperty("value")[0], page.GetProperty("value")[1]);
        Assert.Equal(2, page.GetProperty("value").GetArrayLength());
        Assert.Equal("#microsoft.graph.iosVppAppAssignedDeviceLicense", device.GetProperty("@odata.type").GetString());
        Assert.Equal("No user", device.GetProperty("userName").GetString());
        Assert.Equal("d0000000-0000-0000-0000-000000000001", device.GetProperty("managedDeviceId").GetString());
        Assert.Equal("#microsoft.graph.iosVppAppAssignedUserLicense", user.GetProperty("@odata.type").GetString());
        Assert.Equal("iPad-1", device.GetProperty("deviceName").GetString());
        Assert.Equal(("Ann@alpha.example", "Ann", "ann@alpha.example", "e0000000-0000-0000-0000-000000000001"), (user.GetProperty("userPrincipalName").GetString(),
            user.GetProperty("userName").GetString(), user.GetProperty("userEmailAddress").GetString(), user.GetProperty("userId").GetString()));
    }

    [Fact]
    public async Task LicensesForApp_ByBundleId_IsARowForEachToken()
    {
        var page = await graph.GetAsync("/beta/deviceAppManagement/vppTokens/getLicensesForApp(bundleId=%27com.example.app1%27)");

        var row = Assert.Single(page.GetProperty("value").EnumerateArray());
        Assert.Equal(98, row.GetProperty("availableLicenseCount").GetInt32());
        Assert.Equal("70000000-0000-0000-0000-000000000001", row.GetProperty("vppTokenId").GetString());
    }

    [Fact]
    public async Task Enrollment_ThatV1DoesNotKnow_IsShownAsUnknownFutureValue()
    {
        const string Device = "/deviceManagement/managedDevices/d0000000-0000-0000-0000-000000000002?$select=deviceEnrollmentType";

        Assert.Equal("unknownFutureValue", (await graph.GetAsync("/v1.0" + Device)).GetProperty("deviceEnrollmentType").GetString());
        Assert.Equal("appleAccountDrivenUserEnrollment", (await graph.GetAsync("/beta" + Device)).GetProperty("deviceEnrollmentType").GetString());
    }
}
