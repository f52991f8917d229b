using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using VppManager.Api.Access;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;

namespace VppManager.Api.Tests.Access;

/// <summary>Who is bound to scope tags sees and changes what carries one of them, and nothing else of the tenant.</summary>
[Trait("Rule", "G2")]
[Collection(AccessCollection.Name)]
public sealed class ScopeTagTests(ServiceFixture service)
{
    private const string Apps = "/beta/deviceAppManagement/mobileApps";
    private const string Tokens = "/beta/deviceAppManagement/vppTokens";

    private static readonly string[] Everything =
    [
        ResourceActions.ReadApps, ResourceActions.CreateApps, ResourceActions.UpdateApps, ResourceActions.DeleteApps, ResourceActions.AssignApps,
        ResourceActions.ViewReports, ResourceActions.ReadAudit, ResourceActions.ReadRoles, ResourceActions.AssignRoles, ResourceActions.ReadDevices,
        ResourceActions.RevokeFromDevice, .. ResourceActions.UpdateTokens,
    ];

    [Fact]
    public async Task ScopeTag_OnAToken_AppsInheritItAndOthersDoNotSeeThem()
    {
        using var school = await School.BuildAsync(service);
        var (token, app) = (school.Token, school.App);

        foreach (var (path, id) in new[] { (Tokens, token), (Apps, app), (Apps + "?$filter=displayName ne 'x'", app), (Apps + "?$expand=assignments", app), ("/vpp/tokens", token) })
        {
            var (_, seen) = await Administrators.TryAsync(school.North, HttpMethod.Get, path);
            var (status, hidden) = await Administrators.TryAsync(school.South, HttpMethod.Get, path);

            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains(id.ToString(), seen, StringComparison.Ordinal);
            Assert.DoesNotContain(id.ToString(), hidden, StringComparison.Ordinal);
        }

        Assert.Equal(("1", "0"), ((await Administrators.TryAsync(school.North, HttpMethod.Get, Apps + "/$count")).Body, (await Administrators.TryAsync(school.South, HttpMethod.Get, Apps + "/$count")).Body));
    }

    [Fact]
    public async Task ScopeTag_NotTheCallers_ReadsAndWritesAreNotFoundAndNothingChanges()
    {
        using var school = await School.BuildAsync(service);
        var (token, app) = (school.Token, school.App);

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"{Tokens}/{token}", null), (HttpMethod.Get, $"{Apps}/{app}", null), (HttpMethod.Get, $"{Apps}/{app}/assignments", null),
            (HttpMethod.Get, $"/vpp/apps/{app}/licensing", null), (HttpMethod.Get, $"/vpp/apps/{app}/licenses", null), (HttpMethod.Get, $"/vpp/tokens/{token}/claim", null),
            (HttpMethod.Patch, $"{Tokens}/{token}", new { displayName = "taken" }), (HttpMethod.Delete, $"{Tokens}/{token}", null),
            (HttpMethod.Post, $"{Tokens}/{token}/syncLicenses", null), (HttpMethod.Patch, $"{Apps}/{app}", new { notes = "taken" }),
            (HttpMethod.Post, $"{Apps}/{app}/assign", new { mobileAppAssignments = Array.Empty<object>() }),
            (HttpMethod.Post, $"{Apps}('{app}')/microsoft.graph.iosVppApp/revokeAllLicenses", new { notifyManagedDevices = false }),
            (HttpMethod.Delete, $"/vpp/tokens/{token}", null), (HttpMethod.Post, $"/vpp/tokens/{token}/sync", null),
        })
        {
            var (status, text) = await Administrators.TryAsync(school.South, method, path, body);
            Assert.True(status is HttpStatusCode.NotFound, $"{method} {path}: {(int)status} {text}");
            Assert.DoesNotContain("Northern", text, StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal("Northern token", (await Administrators.SendAsync(school.North, HttpMethod.Get, $"{Tokens}/{token}"))["displayName"]!.GetValue<string>());
    }

    [Fact]
    public async Task ScopeTag_OfTheTokenChanges_ItsAppsFollowUnlessTheyHaveTheirOwn()
    {
        using var school = await School.BuildAsync(service);
        await Administrators.SendAsync(school.Administrators.Global, HttpMethod.Patch, $"{Tokens}/{school.Token}", new { roleScopeTagIds = new[] { school.SouthTag } });

        Assert.Equal(("0", "1"), ((await Administrators.TryAsync(school.North, HttpMethod.Get, Apps + "/$count")).Body, (await Administrators.TryAsync(school.South, HttpMethod.Get, Apps + "/$count")).Body));

        // An app with a tag of its own is there for its own administrators, though its token is not.
        await Administrators.SendAsync(school.Administrators.Global, HttpMethod.Patch, $"{Apps}/{school.App}",
            new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.iosVppApp", ["roleScopeTagIds"] = new[] { school.NorthTag } });
        Assert.Equal(("1", "0"), ((await Administrators.TryAsync(school.North, HttpMethod.Get, Apps + "/$count")).Body, (await Administrators.TryAsync(school.South, HttpMethod.Get, Apps + "/$count")).Body));
        Assert.Equal("0", (await Administrators.TryAsync(school.North, HttpMethod.Get, Tokens + "/$count")).Body);
        Assert.Equal(school.App, (await Administrators.SendAsync(school.North, HttpMethod.Get, $"{Apps}/{school.App}"))["id"]!.GetValue<Guid>());
        var (group, device) = (await school.Organization.GroupAsync(), await school.Organization.DeviceAsync("TAGGED0002"));
        await school.Organization.JoinAsync(group, device);
        await school.Organization.AssignAsync(school.App, group);
        var onDevice = (await Administrators.SendAsync(school.North, HttpMethod.Get, $"/vpp/devices/{device}/apps"))["value"]!.AsArray();
        Assert.Equal(school.App, Assert.Single(onDevice)!["appId"]!.GetValue<Guid>());
        Assert.Null(onDevice[0]!["tokenId"]);
    }

    [Fact]
    public async Task ScopeTag_NobodyGivesWhatTheyDoNotHave()
    {
        using var school = await School.BuildAsync(service);

        var (token, _) = await Administrators.TryAsync(school.North, HttpMethod.Patch, $"{Tokens}/{school.Token}", new { roleScopeTagIds = new[] { school.SouthTag } });
        var (self, text) = await Administrators.TryAsync(school.North, HttpMethod.Post, Administrators.Assignments, new Dictionary<string, object>
        {
            ["displayName"] = "More for me",
            ["members"] = new[] { Guid.NewGuid() },
            ["roleDefinition@odata.bind"] = "https://graph.microsoft.com/beta/deviceManagement/roleDefinitions('c1d9fcbb-cba5-40b0-bf6b-527006585f4b')",
        });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (token, self));
        Assert.Contains("bound to scope tags", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ScopeTag_Unknown_IsRefusedWhereverItIsGiven()
    {
        using var school = await School.BuildAsync(service);
        var global = school.Administrators.Global;
        var file = service.Apple.AddLocation("Another").IssueToken().VpptokenFile;
        string[] tags = [school.NorthTag, "77"];

        foreach (var (method, path, body) in new (HttpMethod, string, object)[]
        {
            (HttpMethod.Post, Tokens, new { token = file, dataSharingConsentGranted = true, roleScopeTagIds = tags }),
            (HttpMethod.Patch, $"{Tokens}/{school.Token}", new { roleScopeTagIds = tags }),
            (HttpMethod.Patch, $"{Apps}/{school.App}", new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.iosVppApp", ["roleScopeTagIds"] = tags }),
            (HttpMethod.Post, Administrators.Roles, new { displayName = "Tagged", roleScopeTagIds = tags }),
        })
        {
            var (status, text) = await Administrators.TryAsync(global, method, path, body);
            Assert.True(status is HttpStatusCode.BadRequest, $"{method} {path}: {(int)status} {text}");
            Assert.Contains("roleScopeTagIds", text, StringComparison.Ordinal);
            Assert.Contains("'77'", text, StringComparison.Ordinal);
        }

        Assert.Equal(["1"], (await Administrators.SendAsync(global, HttpMethod.Get, $"{Tokens}/{school.Token}"))["roleScopeTagIds"]!.AsArray().Select(tag => tag!.GetValue<string>()));
        Assert.Single((await Administrators.SendAsync(global, HttpMethod.Get, Tokens))["value"]!.AsArray());
    }

    [Fact]
    public async Task ScopeTag_NotTheCallers_AppleAccountsOfItsLocationAreNeitherShownNorRetired()
    {
        using var school = await School.BuildAsync(service);
        var person = await school.Organization.UserAsync("holder");
        await school.Organization.DeviceAsync("TAGGED0001", person);
        var group = await school.Organization.GroupAsync();
        await school.Organization.JoinAsync(group, person);
        await school.Organization.AssignAsync(school.App, group, useDeviceLicensing: false);
        await school.Organization.SettledAsync(school.App);
        var accounts = $"/vpp/users/{person}/appleAccounts";

        Assert.Empty((await Administrators.SendAsync(school.South, HttpMethod.Get, accounts)).AsArray());
        Assert.Equal(HttpStatusCode.NotFound, (await Administrators.TryAsync(school.South, HttpMethod.Post, accounts + "/retire", new { })).Status);
        Assert.Equal(0, (await Administrators.SendAsync(school.South, HttpMethod.Post, accounts + "/tryAgain"))["count"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.NotFound, (await Administrators.TryAsync(school.South, HttpMethod.Post, "/vpp/licenses/revoke", new { tokenId = school.Token })).Status);
        Assert.Single((await Administrators.SendAsync(school.North, HttpMethod.Get, accounts)).AsArray());
        var license = await service.ScalarAsync<Guid>("select id from licenses where tenant_id = $1", school.Organization.Tenant);
        await Administrators.SendAsync(school.North, HttpMethod.Post, $"/vpp/licenses/{license}/assignAgain");
        await Administrators.SendAsync(school.North, HttpMethod.Post, accounts + "/tryAgain");
        await Administrators.SendAsync(school.North, HttpMethod.Post, "/vpp/licenses/revoke", new { userId = person });
        Assert.Equal(HttpStatusCode.Accepted, (await Administrators.TryAsync(school.North, HttpMethod.Post, accounts + "/retire", new { })).Status);

        var account = await service.ScalarAsync<Guid>("select id from apple_users where tenant_id = $1 and user_id = $2 order by changed_at limit 1", school.Organization.Tenant, person);
        var (seen, hidden) = (await EventsAsync(school.North), await EventsAsync(school.South));
        foreach (var said in new[] { account.ToString(), license.ToString(), "revokeAppleVppLicenses", "tryAppleAccountsAgain" })
        {
            Assert.Contains(said, seen, StringComparison.Ordinal);
            Assert.DoesNotContain(said, hidden, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ScopeTag_NotTheCallers_ReportsExportsAndPreviewsCountNothingOfItsApps()
    {
        using var school = await School.BuildAsync(service);
        var (group, device) = (await school.Organization.GroupAsync(), await school.Organization.DeviceAsync("TAGGED0003"));
        await school.Organization.AssignAsync(school.App, group);
        var joining = new { add = new[] { device } };
        async Task<int> RequestsAsync(HttpClient client) =>
            (await Administrators.SendAsync(client, HttpMethod.Post, $"/vpp/groups/{group}/members/preview", joining))["requests"]!["total"]!.GetValue<int>();
        Assert.Equal((1, 0), (await RequestsAsync(school.North), await RequestsAsync(school.South)));

        await school.Organization.JoinAsync(group, device);
        await school.Organization.HeldAsync(school.App, 1);
        var ofApp = $"(ApplicationId eq '{school.App}')";
        async Task<int> RowsAsync(HttpClient client, string report, string? filter) =>
            (await Administrators.SendAsync(client, HttpMethod.Post, $"/beta/deviceManagement/reports/{report}", new { filter }))["TotalRowCount"]!.GetValue<int>();
        Assert.Equal((1, 0), (await RowsAsync(school.North, "retrieveDeviceAppInstallationStatusReport", ofApp), await RowsAsync(school.South, "retrieveDeviceAppInstallationStatusReport", ofApp)));
        Assert.Equal((1, 0), (await RowsAsync(school.North, "getAppsInstallSummaryReport", null), await RowsAsync(school.South, "getAppsInstallSummaryReport", null)));
        Assert.Equal((2, 1), (await LinesOfExportAsync(school.North, ofApp), await LinesOfExportAsync(school.South, ofApp)));
    }

    /// <summary>How many lines the file has that somebody exports: one of them names the columns.</summary>
    private static async Task<int> LinesOfExportAsync(HttpClient client, string filter)
    {
        const string exports = "/beta/deviceManagement/reports/exportJobs";
        var job = await Administrators.SendAsync(client, HttpMethod.Post, exports, new { reportName = "DeviceInstallStatusByApp", format = "csv", filter });
        var url = (await Administrators.SendAsync(client, HttpMethod.Get, $"{exports}('{job["id"]}')"))["url"]!.GetValue<string>();
        await using var zip = await client.GetStreamAsync(url, TestContext.Current.CancellationToken);
        using var archive = new ZipArchive(zip);
        using var reader = new StreamReader(archive.Entries.Single().Open());
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
    }

    private static async Task<string> EventsAsync(HttpClient client) =>
        (await Administrators.SendAsync(client, HttpMethod.Get, "/beta/deviceManagement/auditEvents?$top=200")).ToJsonString();

    [Fact]
    public async Task ScopeTags_CreateRenameAssignDelete_InGraphsForm()
    {
        using var school = await School.BuildAsync(service);
        var global = school.Administrators.Global;

        var tags = (await Administrators.SendAsync(global, HttpMethod.Get, Administrators.Tags))["value"]!.AsArray();
        Assert.Equal(["0", "1", "2"], tags.Select(tag => tag!["id"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.True((await Administrators.SendAsync(global, HttpMethod.Get, Administrators.Tags + "/hasCustomRoleScopeTag()"))["value"]!.GetValue<bool>());
        var group = Guid.NewGuid();
        var assigned = await Administrators.SendAsync(global, HttpMethod.Post, $"{Administrators.Tags}/{school.SouthTag}/assign", new
        {
            assignments = new[] { new { target = new Dictionary<string, object> { ["@odata.type"] = "#microsoft.graph.groupAssignmentTarget", ["groupId"] = group } } },
        });
        Assert.Contains(group.ToString(), assigned.ToJsonString(), StringComparison.Ordinal);
        var one = await Administrators.SendAsync(global, HttpMethod.Post, Administrators.Tags + "/getRoleScopeTagsById", new { roleScopeTagIds = new[] { "0", "9" } });
        Assert.Equal("Default", Assert.Single(one["value"]!.AsArray())!["displayName"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.BadRequest, (await Administrators.TryAsync(global, HttpMethod.Delete, Administrators.Tags + "/0")).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await Administrators.TryAsync(global, HttpMethod.Delete, $"{Administrators.Tags}/{school.NorthTag}")).Status);
        var renamed = await Administrators.SendAsync(global, HttpMethod.Patch, $"{Administrators.Tags}/{school.SouthTag}", new { displayName = "Far south" });
        Assert.Equal("Far south", renamed["displayName"]!.GetValue<string>());
    }

    /// <summary>One token that carries the tag of the north, and an administrator for north and south each.</summary>
    private sealed record School(Organization Organization, Administrators Administrators, string NorthTag, string SouthTag, HttpClient North, HttpClient South, Guid Token, Guid App) : IDisposable
    {
        public static async Task<School> BuildAsync(ServiceFixture service)
        {
            var tenant = Guid.CreateVersion7();
            var administrators = new Administrators(service, tenant);
            var organization = new Organization(service, service.Apple.AddLocation("School"), _ => administrators.Global) { Tenant = tenant };
            organization.Location.AddAsset("7000001", 5, name: "Northern app");
            var token = await organization.UploadTokenAsync(displayName: "Northern token");
            var app = await organization.AppAsync("7000001");
            var (north, south) = (await administrators.TagAsync("North"), await administrators.TagAsync("South"));
            await Administrators.SendAsync(administrators.Global, HttpMethod.Patch, $"{Tokens}/{token}", new { roleScopeTagIds = new[] { north } });
            return new School(
                organization, administrators, north, south, await administrators.WithAsync(Everything, north), await administrators.WithAsync(Everything, south), token, app);
        }

        public void Dispose() => Administrators.Dispose();
    }
}
