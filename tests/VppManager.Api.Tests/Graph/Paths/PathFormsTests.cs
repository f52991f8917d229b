using VppManager.Api.Graph.Paths;

namespace VppManager.Api.Tests.Graph.Paths;

public sealed class PathFormsTests
{
    private const string Apps = "/beta/deviceAppManagement/mobileApps";

    [Theory]
    [InlineData("/v1.0/deviceAppManagement/vppTokens('7f')", "/v1.0/deviceAppManagement/vppTokens/7f")]
    [InlineData("/v1.0/deviceAppManagement/vppTokens(7f)", "/v1.0/deviceAppManagement/vppTokens/7f")]
    [InlineData("/V1.0//deviceAppManagement///vppTokens/", "/v1.0/deviceAppManagement/vppTokens")]
    [InlineData("/v1.0/users('o''neil@x.com')", "/v1.0/users/o'neil@x.com")]
    [InlineData(Apps + "/graph.iosVppApp", Apps + "/microsoft.graph.iosVppApp")]
    [InlineData(Apps + "/Graph.IOSvppapp/$count", Apps + "/microsoft.graph.iosVppApp/$count")]
    [InlineData(Apps + "('1')/graph.macOsVppApp/assignedLicenses", Apps + "/1/microsoft.graph.macOsVppApp/assignedLicenses")]
    [InlineData(Apps + "/1/microsoft.graph.assign", Apps + "/1/assign")]
    [InlineData(Apps + "/1/graph.iosVppApp/graph.revokeDeviceLicense", Apps + "/1/microsoft.graph.iosVppApp/revokeDeviceLicense")]
    [InlineData("/beta/deviceAppManagement/vppTokens/1/syncLicenses()", "/beta/deviceAppManagement/vppTokens/1/syncLicenses")]
    [InlineData("/beta/deviceAppManagement/vppTokens/getLicensesForApp(bundleId='com.x.y')", "/beta/deviceAppManagement/vppTokens/getLicensesForApp(bundleId='com.x.y')")]
    [InlineData("/beta/deviceAppManagement/vppTokens/microsoft.graph.getLicensesForApp(bundleId='com.x.y')", "/beta/deviceAppManagement/vppTokens/getLicensesForApp(bundleId='com.x.y')")]
    [InlineData("/v1.0/groups/1/members/graph.user", "/v1.0/groups/1/members/microsoft.graph.user")]
    [InlineData("/v1.0/deviceAppManagement/mobileApps/graph.macOsVppApp", "/v1.0/deviceAppManagement/mobileApps/graph.macOsVppApp")]
    [InlineData("/v1.0", "/v1.0")]
    public void Canonical_GraphAddress_IsBroughtToTheFormThatIsRouted(string path, string canonical) =>
        Assert.Equal(canonical, PathForms.Canonical(path));

    [Theory]
    [InlineData("/vpp/apps('1')")]
    [InlineData("/")]
    [InlineData("/v1.00/users")]
    public void Canonical_OtherAddress_IsLeftAlone(string path) => Assert.Null(PathForms.Canonical(path));
}
