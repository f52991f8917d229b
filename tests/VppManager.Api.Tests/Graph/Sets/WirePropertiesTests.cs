using System.Text.Json.Nodes;
using VppManager.Api.Tests.Graph.Model;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Sets;

/// <summary>Answers have every property of <see cref="GraphTables"/>, null or not, and no other.</summary>
[Collection(GraphCollection.Name)]
public sealed class WirePropertiesTests(GraphHost graph)
{
    [Theory]
    [InlineData("vppToken", "deviceAppManagement/vppTokens/[token]")]
    [InlineData("iosVppApp", "deviceAppManagement/mobileApps/[ios]")]
    [InlineData("macOsVppApp", "deviceAppManagement/mobileApps/[mac]", true)]
    [InlineData("iosVppEBook", "deviceAppManagement/managedEBooks/[book]")]
    [InlineData("mobileAppAssignment", "deviceAppManagement/mobileApps/[ios]/assignments")]
    [InlineData("mobileAppCategory", "deviceAppManagement/mobileAppCategories")]
    [InlineData("iosVppAppAssignedDeviceLicense", "deviceAppManagement/mobileApps/[ios]/assignedLicenses", true)]
    [InlineData("macOsVppAppAssignedLicense", "deviceAppManagement/mobileApps/[mac]/graph.macOsVppApp/assignedLicenses", true)]
    [InlineData("mobileAppInstallStatus", "deviceAppManagement/mobileApps/[ios]/deviceStatuses", true)]
    [InlineData("userAppInstallStatus", "deviceAppManagement/mobileApps/[ios]/userStatuses", true)]
    [InlineData("mobileAppInstallSummary", "deviceAppManagement/mobileApps/[ios]/installSummary", true)]
    [InlineData("eBookInstallSummary", "deviceAppManagement/managedEBooks/[book]/installSummary")]
    [InlineData("deviceInstallState", "deviceAppManagement/managedEBooks/[book]/deviceStates")]
    [InlineData("userInstallStateSummary", "deviceAppManagement/managedEBooks/[book]/userStateSummary")]
    [InlineData("user", "users/[ann]")]
    [InlineData("group", "groups")]
    [InlineData("device", "devices")]
    [InlineData("managedDevice", "deviceManagement/managedDevices/[ipad]")]
    [InlineData("mobileAppTroubleshootingEvent", "deviceManagement/mobileAppTroubleshootingEvents")]
    [InlineData("mobileAppIntentAndState", "users/[ann]/mobileAppIntentAndStates", true)]
    [InlineData("deviceAndAppManagementRoleDefinition", "deviceManagement/roleDefinitions")]
    [InlineData("roleScopeTag", "deviceManagement/roleScopeTags", true)]
    [InlineData("auditEvent", "deviceManagement/auditEvents")]
    [InlineData("deviceManagementExportJob", "deviceManagement/reports/exportJobs")]
    public async Task Object_OnTheWire_HasThePropertiesOfTheTable(string type, string address, bool betaOnly = false)
    {
        var tenant = await FilledAsync();
        var filled = address.Replace("[token]", $"{tenant.Token}", StringComparison.Ordinal).Replace("[ios]", $"{tenant.Ios}", StringComparison.Ordinal)
            .Replace("[mac]", $"{tenant.Mac}", StringComparison.Ordinal).Replace("[book]", $"{tenant.Book}", StringComparison.Ordinal)
            .Replace("[ann]", $"{tenant.Ann}", StringComparison.Ordinal).Replace("[ipad]", $"{tenant.IPad}", StringComparison.Ordinal);

        foreach (var version in (string[])(betaOnly ? ["beta"] : ["v1.0", "beta"]))
        {
            var answer = await tenant.GetAsync($"/{version}/{filled}");
            var names = (answer["value"] is JsonArray many ? many[0]! : answer).AsObject().Select(member => member.Key).Where(name => name[0] != '@');

            Assert.Equal(GraphTables.PropertiesOf(type, version == "beta").Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
        }
    }

    private async Task<GraphTenant> FilledAsync()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);
        await tenant.LicenseAsync(tenant.Mac, device: tenant.MacBook);
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, "failed", -1);
        await tenant.InstallAsync(tenant.Book, tenant.IPad, "installed");
        // Makes an audit event besides.
        await tenant.PostAsync("/v1.0/groups", """{"displayName":"People","mailNickname":"p"}""", 201);
        await tenant.PostAsync(tenant.App + "/assign", """{"mobileAppAssignments":[{"intent":"required","target":{"@odata.type":"#microsoft.graph.allDevicesAssignmentTarget"}}]}""", 204);
        await tenant.PostAsync("/v1.0/deviceManagement/reports/exportJobs", """{"reportName":"AllAppsList"}""", 201);
        return tenant;
    }
}
