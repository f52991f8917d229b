using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Endpoints;

/// <summary>What only beta has is there in beta, and in v1.0 refused as whatever is not there.</summary>
[Collection(GraphCollection.Name)]
public sealed class VersionTests(GraphHost graph)
{
    [Theory]
    [InlineData("POST", "deviceAppManagement/vppTokens/syncLicenseCounts")]
    [InlineData("POST", "deviceAppManagement/vppTokens/[token]/revokeLicenses", "{}")]
    [InlineData("GET", "deviceAppManagement/vppTokens/getLicensesForApp(bundleId='com.example.thing1')")]
    [InlineData("POST", "deviceAppManagement/mobileApps/[ios]/revokeAllLicenses", "{}")]
    [InlineData("POST", "deviceAppManagement/mobileApps/[ios]/revokeDeviceLicense", """{"managedDeviceId":"[ipad]"}""")]
    [InlineData("POST", "deviceAppManagement/mobileApps/[ios]/revokeUserLicense", """{"userId":"[ann]"}""")]
    [InlineData("GET", "deviceAppManagement/mobileApps/[ios]/assignedLicenses")]
    [InlineData("GET", "deviceAppManagement/mobileApps/[ios]/graph.iosVppApp/assignedLicenses")]
    [InlineData("GET", "deviceAppManagement/mobileApps/[ios]/graph.iosVppApp/relationships")]
    [InlineData("GET", "deviceAppManagement/mobileApps/graph.macOsVppApp")]
    [InlineData("GET", "deviceAppManagement/mobileApps/[mac]/graph.macOsVppApp")]
    [InlineData("GET", "deviceAppManagement/mobileApps/[ios]/deviceStatuses")]
    [InlineData("GET", "deviceAppManagement/mobileApps/[ios]/userStatuses")]
    [InlineData("GET", "deviceAppManagement/mobileApps/[ios]/installSummary")]
    [InlineData("GET", "deviceAppManagement/managedEBookCategories")]
    [InlineData("GET", "deviceAppManagement/managedEBooks/[book]/categories")]
    [InlineData("POST", "deviceManagement/managedDevices/[ipad]/revokeAppleVppLicenses")]
    [InlineData("POST", "deviceManagement/reports/getAppStatusOverviewReport", """{"filter":"(ApplicationId eq '[ios]')"}""")]
    [InlineData("POST", "deviceManagement/reports/getAppsInstallSummaryReport", "{}")]
    [InlineData("POST", "deviceManagement/reports/getUserInstallStatusReport", """{"filter":"(ApplicationId eq '[ios]')"}""")]
    [InlineData("POST", "deviceManagement/reports/getFailedMobileAppsReport", "{}")]
    [InlineData("POST", "deviceManagement/reports/getFailedMobileAppsSummaryReport", "{}")]
    [InlineData("POST", "deviceManagement/reports/getRelatedAppsStatusReport", """{"filter":"(ApplicationId eq '[ios]')"}""")]
    [InlineData("GET", "deviceManagement/roleScopeTags")]
    [InlineData("GET", "deviceManagement/depOnboardingSettings/getExpiringVppTokenCount(expiringBeforeDateTime='2026-02-01')")]
    [InlineData("GET", "users/[ann]/mobileAppIntentAndStates")]
    [InlineData("GET", "users/[ann]/mobileAppTroubleshootingEvents")]
    public async Task Address_OfBetaAlone_IsNotThereInV1(string method, string path, string? body = null)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);
        await tenant.LicenseAsync(tenant.Ios, user: tenant.Ann);

        var (refused, code) = await SendAsync(tenant, method, "/v1.0/" + path, body);
        var (served, _) = await SendAsync(tenant, method, "/beta/" + path, body);

        Assert.InRange(served, 200, 204);
        Assert.Contains(refused, (int[])[400, 404, 405]);
        Assert.False(string.IsNullOrEmpty(code));
    }

    private static async Task<(int Status, string? Code)> SendAsync(GraphTenant tenant, string method, string path, string? body)
    {
        string Filled(string text) => text.Replace("[token]", $"{tenant.Token}", StringComparison.Ordinal).Replace("[ios]", $"{tenant.Ios}", StringComparison.Ordinal)
            .Replace("[mac]", $"{tenant.Mac}", StringComparison.Ordinal).Replace("[book]", $"{tenant.Book}", StringComparison.Ordinal)
            .Replace("[ann]", $"{tenant.Ann}", StringComparison.Ordinal).Replace("[ipad]", $"{tenant.IPad}", StringComparison.Ordinal);

        using var request = new HttpRequestMessage(new HttpMethod(method), Filled(path));
        if (body is not null) request.Content = new StringContent(Filled(body), System.Text.Encoding.UTF8, "application/json");
        using var answer = await tenant.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var error = answer.IsSuccessStatusCode ? null : System.Text.Json.Nodes.JsonNode.Parse(text)!["error"];
        return ((int)answer.StatusCode, error?["code"]?.GetValue<string>());
    }
}
