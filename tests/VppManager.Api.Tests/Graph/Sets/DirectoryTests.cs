using System.Text.Json;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Sets;

[Collection(GraphCollection.Name)]
public sealed class DirectoryTests(GraphHost graph)
{
    private const string Everybody = "/v1.0/groups/c0000000-0000-0000-0000-000000000001";

    [Theory]
    [InlineData("/members", "#microsoft.graph.group,#microsoft.graph.user")]
    [InlineData("/transitiveMembers", "#microsoft.graph.device,#microsoft.graph.group,#microsoft.graph.group,#microsoft.graph.user,#microsoft.graph.user")]
    [InlineData("/transitiveMembers?$filter=isof('microsoft.graph.user')", "#microsoft.graph.user,#microsoft.graph.user")]
    [InlineData("/memberOf", "#microsoft.graph.group")]
    public async Task Members_OfAGroup_AreTyped(string address, string types) =>
        Assert.Equal(
            types.Split(','),
            (await graph.GetAsync(Everybody + address)).GetProperty("value").EnumerateArray().Select(one => one.GetProperty("@odata.type").GetString()).Order());

    [Theory]
    [InlineData("/members/graph.user?$count=true", "Ann")]
    [InlineData("/members?$select=id,displayName,userPrincipalName&$orderby=displayName", "Ann,Inner")]
    [InlineData("/transitiveMembers?$filter=startswith(displayName,'B') or displayName eq 'Inner'&$orderby=displayName desc", "Inner,Bob")]
    [InlineData("/members?$filter=userPrincipalName eq 'Ann@alpha.example'", "Ann")]
    [InlineData("/members?$filter=mailNickname eq null and microsoft.graph.user/accountEnabled eq true", "Ann")]
    [InlineData("/transitiveMembers/microsoft.graph.user?$orderby=displayName", "Ann,Bob")]
    [InlineData("/transitiveMembers/graph.device", "iPad-1")]
    [InlineData("/members?$search=\"displayName:ann\"", "Ann")]
    [InlineData("/transitiveMembers?$search=\"ipad\"", "iPad-1")]
    [InlineData("/transitiveMemberOf?$orderby=displayName", "Everybody,Inner")]
    [InlineData("/transitiveMembers/graph.user?$search=\"displayName:bo\"", "Bob")]
    public async Task Members_OfAKind_AreThoseAlone(string address, string names) =>
        Assert.Equal(names.Split(','), Names(await graph.GetAsync(Everybody + address)));

    [Theory]
    [InlineData("/v1.0/users?$filter=accountEnabled eq true", "Ann")]
    [InlineData("/v1.0/users?$filter=startswith(userPrincipalName,'bob')&$select=displayName", "Bob")]
    [InlineData("/v1.0/users/e0000000-0000-0000-0000-000000000002/transitiveMemberOf?$orderby=id", "Everybody,Inner")]
    [InlineData("/v1.0/users/bob@alpha.example/memberOf", "Inner")]
    [InlineData("/v1.0/devices?$filter=operatingSystem eq 'iPadOS'&$orderby=displayName", "iPad-1,iPad-2")]
    [InlineData("/v1.0/groups?$expand=members&$orderby=displayName desc", "Inner,Everybody")]
    public async Task Directory_Lists_FindTheirOwn(string address, string names) =>
        Assert.Equal(names.Split(','), Names(await graph.GetAsync(address)));

    [Theory]
    [InlineData("/v1.0/deviceManagement/managedDevices?$filter=operatingSystem eq 'iOS' or operatingSystem eq 'iPadOS'", 2)]
    [InlineData("/v1.0/deviceManagement/managedDevices?$filter=serialNumber eq 'SN1' and userId eq 'e0000000-0000-0000-0000-000000000001'", 1)]
    [InlineData("/v1.0/deviceManagement/managedDevices?$filter=azureADDeviceId eq 'da000000-0000-0000-0000-000000000001'", 1)]
    [InlineData("/v1.0/deviceManagement/managedDevices?$filter=lastSyncDateTime gt 2026-01-01T00:00:00Z and isSupervised eq true", 3)]
    [InlineData("/v1.0/users/Ann@alpha.example/managedDevices", 1)]
    [InlineData("/beta/deviceManagement/managedDevices?$filter=deviceType eq 'iPad'&$select=deviceType,joinType", 2)]
    [InlineData("/beta/deviceManagement/managedDevices?$filter=deviceType eq 'macMDM' and lostModeState eq 'disabled' and autopilotEnrolled eq false", 1)]
    [InlineData("/beta/deviceManagement/managedDevices?$filter=enrolledByUserPrincipalName eq 'Ann@alpha.example'&$top=1000", 1)]
    [InlineData("/v1.0/users?$expand=managedDevices&$filter=managedDevices/any(d:d/serialNumber eq 'SN1')", 1)]
    public async Task Devices_ByFilterAndByUser_AreFound(string address, int count) =>
        Assert.Equal(count, (await graph.GetAsync(address)).GetProperty("value").GetArrayLength());

    [Fact]
    [Trait("Rule", "G5")]
    public async Task Lists_OfAnotherTenant_HaveNothingOfOurs()
    {
        using var other = graph.Client(GraphHost.Beta);
        string[] addresses = ["/beta/deviceAppManagement/mobileApps", "/v1.0/groups", "/v1.0/deviceManagement/managedDevices", "/v1.0/devices"];

        foreach (var address in addresses)
        {
            Assert.Equal(0, (await GraphHost.GetAsync(other, address)).GetProperty("value").GetArrayLength());
        }

        Assert.Equal(["Other"], Names(await GraphHost.GetAsync(other, "/beta/deviceAppManagement/vppTokens")));
        Assert.Equal(["Eve"], Names(await GraphHost.GetAsync(other, "/v1.0/users")));
    }

    [Fact]
    public async Task List_WithoutThePermission_Is403()
    {
        using var other = graph.Client(GraphHost.Alpha, permissions: ["User.Read.All"]);

        Assert.Equal("Forbidden", (await GraphHost.GetAsync(other, "/v1.0/deviceAppManagement/vppTokens", 403)).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(2, (await GraphHost.GetAsync(other, "/v1.0/users")).GetProperty("value").GetArrayLength());
    }

    private static IEnumerable<string?> Names(JsonElement page) => page.GetProperty("value").EnumerateArray().Select(one => one.GetProperty("displayName").GetString());
}
