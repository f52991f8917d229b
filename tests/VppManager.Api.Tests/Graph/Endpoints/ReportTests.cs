using System.IO.Compression;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Access;
using VppManager.Api.Tests.Graph.Seed;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph.Endpoints;

/// <summary>How installations stand, in Intune's numbers and shapes.</summary>
[Collection(GraphCollection.Name)]
[Trait("Rule", "D3")]
public sealed class ReportTests(GraphHost graph)
{
    private const string Reports = "/beta/deviceManagement/reports/";

    [Theory]
    [InlineData("waiting", "noLicensesLeft", 2, 2000, -2016330882, "0x87D13B7E")]
    [InlineData("waiting", "unknownToApple", 2, 2000, -2016330859, "0x87D13B95")]
    [InlineData("failed", "apple:9610", 2, 2000, -2016333507, "0x87D1313D")]
    [InlineData("assigning", null, 2, 2000, -2016330883, "0x87D13B7D")]
    [InlineData("held", null, 5, 0, 0, "0x00000000")]
    public async Task Licence_InEveryState_HasIntunesCodes(string state, string? reason, int installState, int detail, int error, string hex)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad, state: state, reason: reason);

        var row = Assert.Single(Rows(await ReportAsync(tenant, "retrieveDeviceAppInstallationStatusReport", ByApp(tenant.Ios))));

        Assert.Equal((installState, detail, error, hex), (Number(row, "InstallState"), Number(row, "InstallStateDetail"), Number(row, "ErrorCode"), row["HexErrorCode"]!.GetValue<string>()));
        Assert.Equal(("iPad of Ann", "Ann@alpha.example", "iPadOS"), (row["DeviceName"]!.GetValue<string>(), row["UserPrincipalName"]!.GetValue<string>(), row["Platform"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("installed", "2.0", null, 1, 0, 0)]
    [InlineData("installed", "1.0", null, 1, 1001, -2016330849)]
    [InlineData("failed", null, -2016330908, 2, 2000, -2016330908)]
    [InlineData("failed", null, -2016330839, 2, 2000, -2016330839)]
    [InlineData("failed", null, -2016330860, 2, 2000, -2016330860)]
    [InlineData("failed", null, -2016330910, 2, 3002, -2016330910)]
    [InlineData("failed", null, -2016330909, 2, 1002, -2016330909)]
    [InlineData("pending", null, null, 5, 0, 0)]
    [InlineData("notApplicable", null, null, -1, -1006, 0)]
    [InlineData("removed", null, null, 3, 3001, 0)]
    public async Task Device_ThatHasCheckedIn_IsBelievedBeforeTheLicence(string state, string? version, int? code, int installState, int detail, int error)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad, state: "waiting", reason: "noLicensesLeft");
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, state, code, version);

        var row = Assert.Single(Rows(await ReportAsync(tenant, "retrieveDeviceAppInstallationStatusReport", ByApp(tenant.Ios))));

        Assert.Equal((installState, detail, error), (Number(row, "InstallState"), Number(row, "InstallStateDetail"), Number(row, "ErrorCode")));
    }

    [Theory]
    [InlineData("/v1.0/")]
    [InlineData("/beta/")]
    public async Task FormerNameOfTheReport_StillAnswersInBothVersions(string version)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);

        var (former, present) = (await SentAsync(tenant, version + "deviceManagement/reports/getDeviceInstallStatusReport", ByApp(tenant.Ios)),
            await SentAsync(tenant, version + "deviceManagement/reports/retrieveDeviceAppInstallationStatusReport", ByApp(tenant.Ios)));

        Assert.Single(Rows(former));
        Assert.Equal(present.ToJsonString(), former.ToJsonString());
    }

    [Fact]
    public async Task UserLicence_StandsForTheUsersDevicesThatTheAppRunsOn()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, user: tenant.Ann, state: "waiting", reason: "noLicensesLeft");
        await tenant.LicenseAsync(tenant.Ios, user: tenant.Bob, state: "waiting", reason: "noLicensesLeft");

        var row = Assert.Single(Rows(await ReportAsync(tenant, "getDeviceInstallStatusReport", ByApp(tenant.Ios))));

        Assert.Equal("Ann", row["UserName"]!.GetValue<string>());
    }

    [Fact]
    public async Task UserLicences_OfTwoAccounts_CountEachDeviceOnce()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var (personal, managed) = (await tenant.LicenseAsync(tenant.Ios, user: tenant.Ann), await tenant.LicenseAsync(tenant.Ios, user: tenant.Ann));
        await graph.ExecuteAsync("""
            insert into apple_users (tenant_id, id, location_id, user_id, account, client_user_id, status, changed_at)
            select $1, gen_random_uuid(), p.location_id, $2, a.account, l.holder, 'associated', now()
            from licenses l join pools p on p.tenant_id = l.tenant_id and p.id = l.pool_id join (values ($3, 'personal'), ($4, 'managed')) a (id, account) on a.id = l.id
            where l.tenant_id = $1
            """, tenant.Id, tenant.Ann, personal, managed);
        await graph.ExecuteAsync("""
            insert into devices (tenant_id, id, serial_number, azure_ad_device_id, directory_object_id, device_name, user_id, operating_system, is_supervised, owner_type,
                enrollment_type, management_state, enrolled_at, last_sync_at)
            values ($1, gen_random_uuid(), 'SO-' || $1, gen_random_uuid(), gen_random_uuid(), 'Own iPhone', $2, 'iOS', false, 'personal', 'appleUserEnrollment', 'managed', now(), now())
            """, tenant.Id, tenant.Ann);

        var two = Rows(await ReportAsync(tenant, "getDeviceInstallStatusReport", ByApp(tenant.Ios)));
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad);
        var withOwn = Rows(await ReportAsync(tenant, "getDeviceInstallStatusReport", ByApp(tenant.Ios)));

        Assert.Equal(["Own iPhone", "iPad of Ann"], two.Select(row => row["DeviceName"]!.GetValue<string>()).Order(StringComparer.Ordinal));
        Assert.Equal(2, withOwn.Count());
        Assert.Equal(2, Number(await tenant.GetAsync(tenant.App + "/installSummary"), "pendingInstallDeviceCount"));
    }

    [Fact]
    public async Task Intents_OfAUser_AreThoseThatReachTheUser()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        var (anns, bobs) = (await GroupAsync(tenant, tenant.Ann), await GroupAsync(tenant, tenant.Bob));
        await AssignAsync(tenant, tenant.Ios, ("required", bobs, false), ("available", anns, false));
        await AssignAsync(tenant, tenant.Second, ("required", anns, true), ("required", bobs, false));
        await AssignAsync(tenant, tenant.Mac, ("required", anns, false), ("required", bobs, false), ("available", await GroupAsync(tenant, tenant.Bob), false));
        await tenant.InstallAsync(tenant.Second, tenant.IPad, "installed");

        var ann = await IntentsAsync(tenant, tenant.Ann);
        var bob = await IntentsAsync(tenant, tenant.Bob);

        Assert.Equal([("Thing 1", "available", "notInstalled"), ("Thing 2", "notAvailable", "installed")], ann);
        Assert.Equal([("Thing 3", "requiredAndAvailableInstall")], bob.Select(one => (one.App, one.Intent)));
    }

    [Fact]
    [Trait("Rule", "G2")]
    public async Task FailedSyncs_OfATokenOutsideTheScopeTag_AreNotShown()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await FailedSyncAsync(tenant);
        Assert.Single((await tenant.GetAsync("/beta/deviceManagement/troubleshootingEvents"))["value"]!.AsArray());
        using var administrators = new Administrators(graph, tenant.Id);
        var tag = await administrators.TagAsync("Elsewhere");
        var outsider = await administrators.WithAsync([Api.Access.ResourceActions.ViewReports, Api.Access.ResourceActions.ReadApps], tag);

        Assert.Empty((await Administrators.SendAsync(outsider, HttpMethod.Get, "/beta/deviceManagement/troubleshootingEvents"))["value"]!.AsArray());
        Assert.Equal("0", (await Administrators.TryAsync(outsider, HttpMethod.Get, "/beta/deviceManagement/troubleshootingEvents/$count")).Body);
    }

    [Theory]
    [InlineData("retrieveDeviceAppInstallationStatusReport", "DeviceId,ApplicationId,UserId,DeviceName,UserPrincipalName,UserName,Platform,AppVersion,ErrorCode,HexErrorCode,InstallState,InstallStateDetail,LastModifiedDateTime,AssignmentFilterIdsExist,AppInstallState,AppInstallState_loc,AppInstallStateDetails,AppInstallStateDetails_loc,AppType")]
    [InlineData("getUserInstallStatusReport", "UserName,UserPrincipalName,FailedCount,InstalledCount,PendingInstallCount,NotInstalledCount,NotApplicableCount,UserId,ApplicationId")]
    [InlineData("getAppStatusOverviewReport", "ApplicationId,FailedDeviceCount,PendingInstallDeviceCount,InstalledDeviceCount,NotInstalledDeviceCount,NotApplicableDeviceCount")]
    [InlineData("getAppsInstallSummaryReport", "ApplicationId,DisplayName,Publisher,Platform,Platform_loc,AppVersion,InstalledDeviceCount,FailedDeviceCount,PendingInstallDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,InstalledUserCount,FailedUserCount,PendingInstallUserCount,NotApplicableUserCount,NotInstalledUserCount,FailedDevicePercentage")]
    [InlineData("getFailedMobileAppsReport", "ApplicationId,DisplayName,Publisher,Platform,Platform_loc,AppVersion,InstalledDeviceCount,FailedDeviceCount,PendingInstallDeviceCount,NotApplicableDeviceCount,NotInstalledDeviceCount,InstalledUserCount,FailedUserCount,PendingInstallUserCount,NotApplicableUserCount,NotInstalledUserCount,FailedDevicePercentage")]
    [InlineData("getFailedMobileAppsSummaryReport", "FailedAppCount,FailedDeviceCount,FailedUserCount")]
    public async Task Report_InBeta_HasItsColumnsInOrder(string name, string columns)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, "failed", -1);

        var report = await ReportAsync(tenant, name, ByApp(tenant.Ios, name.Contains("Failed", StringComparison.Ordinal) || name.Contains("Summary", StringComparison.Ordinal)));

        Assert.Equal(columns.Split(','), report["Schema"]!.AsArray().Select(column => column!["Column"]!.GetValue<string>()));
        Assert.NotEqual(0, report["TotalRowCount"]!.GetValue<int>());
        Assert.All(report["Values"]!.AsArray(), row => Assert.Equal(columns.Split(',').Length, row!.AsArray().Count));
    }

    [Fact]
    public async Task RelatedApps_OfAnAppFromApple_AreNone()
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        Assert.Equal(0, (await ReportAsync(tenant, "getRelatedAppsStatusReport", ByApp(tenant.Ios)))["TotalRowCount"]!.GetValue<int>());
    }

    [Fact]
    public async Task Summaries_OfDevicesAndUsers_CountTheWorst()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, "installed", version: "2.0");
        await tenant.InstallAsync(tenant.Ios, tenant.MacBook, "failed", -1);
        await tenant.InstallAsync(tenant.Mac, tenant.MacBook, "pending");

        var overview = Assert.Single(Rows(await ReportAsync(tenant, "getAppStatusOverviewReport", ByApp(tenant.Ios))));
        var user = Assert.Single(Rows(await ReportAsync(tenant, "getUserInstallStatusReport", $$"""{"filter":"(ApplicationId eq '{{tenant.Ios}}') and FailedCount gt 0"}""")));
        var apps = Rows(await ReportAsync(tenant, "getAppsInstallSummaryReport", """{"filter":"(Platform eq 'iOS')","orderBy":["FailedDevicePercentage desc"],"top":1}"""));
        var summary = await tenant.GetAsync(tenant.App + "/installSummary");

        Assert.Equal((1, 1), (Number(overview, "FailedDeviceCount"), Number(overview, "InstalledDeviceCount")));
        Assert.Equal("bob@alpha.example", user["UserPrincipalName"]!.GetValue<string>());
        Assert.Equal(50.0, Assert.Single(apps)["FailedDevicePercentage"]!.GetValue<double>());
        Assert.Equal((1, 1, 0), (Number(summary, "failedUserCount"), Number(summary, "installedDeviceCount"), Number(summary, "pendingInstallDeviceCount")));
    }

    [Fact]
    public async Task Report_PagedSelectedSearchedGrouped_AsAsked()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, "installed");
        await tenant.InstallAsync(tenant.Ios, tenant.MacBook, "failed", -1);

        var page = await ReportAsync(tenant, "retrieveDeviceAppInstallationStatusReport", $$"""
            {"name":null,"select":["DeviceName","InstallState"],"orderBy":["DeviceName desc"],"skip":1,"top":1,"sessionId":"s1","groupBy":null,"search":null,
             "filter":"(ApplicationId eq '{{tenant.Ios}}')"}
            """);
        var searched = await ReportAsync(tenant, "retrieveDeviceAppInstallationStatusReport", $$"""{"search":"mac of","filter":"ApplicationId eq '{{tenant.Ios}}'"}""");
        var grouped = await ReportAsync(tenant, "retrieveDeviceAppInstallationStatusReport", $$"""{"groupBy":["AppType"],"filter":"ApplicationId eq '{{tenant.Ios}}'"}""");
        var filtered = await ReportAsync(tenant, "retrieveDeviceAppInstallationStatusReport",
            $$"""{"filter":"(ApplicationId eq '{{tenant.Ios}}') and (AppInstallState eq '1' or contains(DeviceName,'nobody')) and not (UserName eq null)"}""");

        Assert.Equal("""[["Mac of Bob",2]]""", page["Values"]!.ToJsonString());
        Assert.Equal((2, "s1"), (page["TotalRowCount"]!.GetValue<int>(), page["SessionId"]!.GetValue<string>()));
        Assert.Equal("Mac of Bob", Assert.Single(Rows(searched))["DeviceName"]!.GetValue<string>());
        Assert.Equal("""[["iosVppApp"]]""", grouped["Values"]!.ToJsonString());
        Assert.Equal("iPad of Ann", Assert.Single(Rows(filtered))["DeviceName"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{}", "ApplicationId")]
    [InlineData("""{"filter":"DeviceName eq 'x'"}""", "ApplicationId")]
    [InlineData("""{"filter":"ApplicationId eq 'no guid'"}""", "no guid")]
    [InlineData("""{"filter":"Colour eq 'red'"}""", "Colour")]
    [InlineData("""{"filter":"(ApplicationId eq '11111111-0000-0000-0000-000000000000'"}""", "filter")]
    [InlineData("""{"filter":"ApplicationId eq '11111111-0000-0000-0000-000000000000' ; drop table apps"}""", "filter")]
    [InlineData("""{"filter":"ApplicationId eq 'unfinished"}""", "filter")]
    [InlineData("""{"filter":"ApplicationId eq '11111111-0000-0000-0000-000000000000'","select":["Colour"]}""", "Colour")]
    [InlineData("""{"filter":"ApplicationId eq '11111111-0000-0000-0000-000000000000'","orderBy":["DeviceName; drop"]}""", "orderBy")]
    [InlineData("""{"filter":"ApplicationId eq '11111111-0000-0000-0000-000000000000'","top":-1}""", "top")]
    public async Task Report_AskedForWrongly_NamesTheFault(string body, string says)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var error = await tenant.PostAsync(Reports + "retrieveDeviceAppInstallationStatusReport", body, 400);

        Assert.Contains(says, error["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v1.0", "retrieveDeviceAppInstallationStatusReport", 200)]
    [InlineData("v1.0", "microsoft.graph.retrieveDeviceAppInstallationStatusReport", 200)]
    [InlineData("v1.0", "getAppStatusOverviewReport", 400)]
    public async Task Report_InV1_IsTheOneThatV1Has(string version, string name, int status)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        await tenant.PostAsync($"/{version}/deviceManagement/reports/{name}", ByApp(tenant.Ios), status);
    }

    [Theory]
    [InlineData("csv", "localizedValuesAsAdditionalColumn", "DeviceName,AppInstallState,AppInstallState_loc\r\niPad of Ann,1,Installed\r\n")]
    [InlineData("csv", "replaceLocalizableValues", "DeviceName,AppInstallState\r\niPad of Ann,Installed\r\n")]
    [InlineData("json", "localizedValuesAsAdditionalColumn", """{"values":[{"DeviceName":"iPad of Ann","AppInstallState":1,"AppInstallState_loc":"Installed"}]}""")]
    public async Task Export_AskedForPolledAndDownloaded_IsAZipWithTheFile(string format, string localization, string content)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, "installed");
        var address = "/v1.0/deviceManagement/reports/exportJobs";

        var asked = await tenant.PostAsync(address, $$"""
            {"reportName":"DeviceInstallStatusByApp","filter":"(ApplicationId eq '{{tenant.Ios}}')","select":["DeviceName","AppInstallState","AppInstallState_loc"],
             "format":"{{format}}","localizationType":"{{localization}}"}
            """, 201);
        var id = asked["id"]!.GetValue<string>();
        var done = await tenant.GetAsync($"{address}('{id}')");
        using var stranger = graph.Hosts[0].CreateClient();
        await using var file = await stranger.GetStreamAsync(new Uri(done["url"]!.GetValue<string>()), TestContext.Current.CancellationToken);
        using var copy = new MemoryStream();
        await file.CopyToAsync(copy, TestContext.Current.CancellationToken);
        using var zip = new ZipArchive(copy);
        using var text = new StreamReader(Assert.Single(zip.Entries).Open());

        Assert.StartsWith("DeviceInstallStatusByApp_", id, StringComparison.Ordinal);
        Assert.Equal(("notStarted", null, "0001-01-01T00:00:00Z"), (asked["status"]!.GetValue<string>(), asked["url"]?.GetValue<string>(), asked["expirationDateTime"]!.GetValue<string>()));
        Assert.Equal("completed", done["status"]!.GetValue<string>());
        Assert.Equal($"{id}.{format}", zip.Entries[0].Name);
        Assert.Equal(content, await text.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Equal(id, (await tenant.GetAsync(address))["value"]!.AsArray().Single()!["id"]!.GetValue<string>());
        Assert.Equal(["id", "status"], (await tenant.GetAsync(address + "?$select=status&$top=1"))["value"]![0]!.AsObject().Select(member => member.Key));
        Assert.Equal("1", (await tenant.GetAsync(address + "/$count?$filter=reportName eq 'DeviceInstallStatusByApp' and status eq 'completed'")).GetValue<string>());
        await tenant.PostAsync(address, """{"reportName":"AllAppsList"}""", 201);
        Assert.Equal(["AllAppsList", "DeviceInstallStatusByApp"], (await tenant.GetAsync(address + "?$orderby=requestDateTime desc&$select=reportName"))["value"]!.AsArray().Select(one => one!["reportName"]!.GetValue<string>()));
        Assert.Equal("AllAppsList", Assert.Single((await tenant.GetAsync(address + "?$search=\"allapps\""))["value"]!.AsArray())!["reportName"]!.GetValue<string>());
        Assert.StartsWith("http://localhost/vpp/exports/", (await tenant.GetAsync(address + "?$select=url"))["value"]![0]!["url"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((1, 2), ((await tenant.GetAsync(address + "?$skip=1&$count=true"))["value"]!.AsArray().Count, (await tenant.GetAsync(address + "?$top=0&$count=true"))["@odata.count"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("DeviceInstallStatusByApp", "DeviceId,ApplicationId,UserId,")]
    [InlineData("UserInstallStatusAggregateByApp", "UserName,UserPrincipalName,FailedCount,")]
    [InlineData("AppInstallStatusAggregate", "ApplicationId,DisplayName,Publisher,Platform,")]
    [InlineData("AllAppsList", "")]
    public async Task Export_OfEveryReport_CanBeDownloaded(string report, string begins)
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, "failed", -1);
        var id = (await tenant.PostAsync(Reports + "exportJobs", $$"""{"reportName":"{{report}}","filter":"{{(report.EndsWith("ByApp", StringComparison.Ordinal) ? $"(ApplicationId eq '{tenant.Ios}')" : "")}}"}""", 201))["id"];

        var url = (await tenant.GetAsync($"{Reports}exportJobs/{id}"))["url"]!.GetValue<string>();
        using var zip = new ZipArchive(new MemoryStream(await tenant.Client.GetByteArrayAsync(new Uri(url), TestContext.Current.CancellationToken)));
        using var text = new StreamReader(Assert.Single(zip.Entries).Open());
        var lines = (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.StartsWith(begins, lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > 1);
    }

    [Theory]
    [InlineData("""{"reportName":"Moon","format":"csv"}""", "reportName")]
    [InlineData("""{"reportName":"AllAppsList","format":"pdf"}""", "format")]
    [InlineData("""{"reportName":"DeviceInstallStatusByApp","format":"csv"}""", "ApplicationId")]
    [InlineData("""{"reportName":"AllAppsList","select":["Colour"]}""", "Colour")]
    public async Task Export_AskedForWrongly_NamesTheFault(string body, string says)
    {
        var tenant = await GraphTenant.CreateAsync(graph);

        var error = await tenant.PostAsync(Reports + "exportJobs", body, 400);

        Assert.Contains(says, error["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        await tenant.GetAsync(Reports + "exportJobs/nosuch", 404);
    }

    [Fact]
    [Trait("Rule", "G5")]
    public async Task Export_OfAnotherTenantOrAForgedAddress_IsNotFound()
    {
        var (tenant, other) = (await GraphTenant.CreateAsync(graph), await GraphTenant.CreateAsync(graph));
        var asked = await tenant.PostAsync(Reports + "exportJobs", """{"reportName":"AllAppsList"}""", 201);

        await other.GetAsync($"{Reports}exportJobs/{asked["id"]}", 404);
        using var forged = await tenant.Client.GetAsync(new Uri("/vpp/exports/CfDJ8forged", UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.Equal(404, (int)forged.StatusCode);
    }

    [Fact]
    public async Task StatusesThatIntuneTookAway_InBetaAlone_AreThere()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.LicenseAsync(tenant.Ios, device: tenant.IPad, state: "waiting", reason: "noLicensesLeft");

        var device = (await tenant.GetAsync($"{tenant.App}/deviceStatuses?$filter=installState eq 'failed'"))["value"]!.AsArray().Single()!;
        var user = (await tenant.GetAsync($"{tenant.App}/graph.iosVppApp/userStatuses"))["value"]!.AsArray().Single()!;

        Assert.Equal(("failed", "seeInstallErrorCode", -2016330882), (device["installState"]!.GetValue<string>(), device["installStateDetail"]!.GetValue<string>(), Number(device, "errorCode")));
        Assert.Equal(("Ann", 1), (user["userName"]!.GetValue<string>(), Number(user, "failedDeviceCount")));
        await tenant.GetAsync($"/v1.0/deviceAppManagement/mobileApps/{tenant.Ios}/deviceStatuses", 400);
        var swagger = await graph.GetAsync("/swagger/beta/swagger.json");
        Assert.StartsWith("Extension", swagger.GetProperty("paths").GetProperty("/beta/deviceAppManagement/mobileApps/{parent}/deviceStatuses").GetProperty("get").GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Troubleshooting_OfAFailedInstall_IsShownForTheTenantAndTheUser()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await tenant.InstallAsync(tenant.Ios, tenant.IPad, "failed", -2016330908);
        await graph.ExecuteAsync("""
            insert into assignments (tenant_id, id, app_id, target, excluded, intent, license_type, filter_type, created_at, modified_at)
            values ($1, gen_random_uuid(), $2, 'allDevices', false, 'required', 'device', 'none', now(), now())
            """, tenant.Id, tenant.Ios);
        await FailedSyncAsync(tenant);

        var trouble = (await tenant.GetAsync("/beta/deviceManagement/mobileAppTroubleshootingEvents"))["value"]!.AsArray().Single()!;
        var ofUser = (await tenant.GetAsync($"/beta/users/{tenant.Ann}/mobileAppTroubleshootingEvents"))["value"]!.AsArray();
        var intents = (await tenant.GetAsync("/beta/users/ann@alpha.example/mobileAppIntentAndStates"))["value"]!.AsArray().Single()!;
        var inV1 = (await tenant.GetAsync("/v1.0/deviceManagement/mobileAppTroubleshootingEvents"))["value"]!.AsArray().Single()!.AsObject();
        var sync = (await tenant.GetAsync("/beta/deviceManagement/troubleshootingEvents"))["value"]!.AsArray().Single()!;

        Assert.Equal(("-2016330908", "fail"), (trouble["history"]![0]!["errorCode"]!.GetValue<string>(), trouble["history"]![0]!["runState"]!.GetValue<string>()));
        Assert.Single(ofUser);
        Assert.Equal(("failed", "requiredInstall"), (intents["mobileAppList"]![0]!["installState"]!.GetValue<string>(), intents["mobileAppList"]![0]!["mobileAppIntent"]!.GetValue<string>()));
        Assert.Equal(["id"], inV1.Select(member => member.Key));
        Assert.Equal(("#microsoft.graph.appleVppTokenTroubleshootingEvent", tenant.Token.ToString()), (sync["@odata.type"]!.GetValue<string>(), sync["tokenId"]!.GetValue<string>()));
        Assert.Empty((await tenant.GetAsync("/v1.0/deviceManagement/troubleshootingEvents"))["value"]!.AsArray());
        Assert.Empty((await tenant.GetAsync($"/v1.0/deviceManagement/mobileAppTroubleshootingEvents/{trouble["id"]}/appLogCollectionRequests"))["value"]!.AsArray());
    }

    [Fact]
    [Trait("Rule", "G6")]
    public async Task AuditEvents_OfAChange_AreReadInGraphsForm()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await graph.ExecuteAsync("""
            insert into audit_events (tenant_id, id, at, activity, resource_type, resource_id, actor_id, actor_name, actor_is_application, address, correlation_id, changes)
            values ($1, gen_random_uuid(), '2026-03-01', 'Patch VppToken', 'VppToken', $2, 'a1', 'admin@example.com', false, '10.0.0.1', gen_random_uuid(),
                '{"displayName":{"before":"HQ","after":"Field"}}')
            """, tenant.Id, tenant.Token);

        var audit = (await tenant.GetAsync("/v1.0/deviceManagement/auditEvents?$filter=activityDateTime ge 2026-01-01T00:00:00Z and category eq 'Application'&$orderby=activityDateTime desc"))["value"]!.AsArray().Single()!;
        var changed = audit["resources"]![0]!["modifiedProperties"]![0]!;

        Assert.Equal(("Patch VppToken", "Patch", "Success"), (audit["activityType"]!.GetValue<string>(), audit["activityOperationType"]!.GetValue<string>(), audit["activityResult"]!.GetValue<string>()));
        Assert.Equal(("admin@example.com", "10.0.0.1"), (audit["actor"]!["userPrincipalName"]!.GetValue<string>(), audit["actor"]!["ipAddress"]!.GetValue<string>()));
        Assert.Equal(("displayName", "HQ", "Field"), (changed["displayName"]!.GetValue<string>(), changed["oldValue"]!.GetValue<string>(), changed["newValue"]!.GetValue<string>()));
        Assert.False(audit["actor"]!.AsObject().ContainsKey("userRoleScopeTags"));
        Assert.Equal(["Application"], Texts(await tenant.GetAsync("/beta/deviceManagement/auditEvents/getAuditCategories()")));
        Assert.Equal(["Patch VppToken"], Texts(await tenant.GetAsync("/beta/deviceManagement/auditEvents/microsoft.graph.getAuditActivityTypes(category='Application')")));
    }

    [Fact]
    [Trait("Rule", "G6")]
    public async Task AuditEvents_OfAnApplication_NameItAndWhatItDid()
    {
        var tenant = await GraphTenant.CreateAsync(graph);
        await graph.ExecuteAsync("""
            insert into audit_events (tenant_id, id, at, activity, resource_type, resource_id, actor_id, actor_name, actor_is_application, actor_permissions, actor_scope_tags, correlation_id, changes)
            select $1, gen_random_uuid(), timestamptz '2026-03-01' + n * interval '1 hour', activity, 'VppToken', $2, 'a7', 'Robot', true, '{Group.ReadWrite.All}', '{7}', gen_random_uuid(), '{}'
            from (values (1, 'Create VppToken'), (2, 'Delete VppToken'), (3, 'Action revokeLicenses')) v (n, activity)
            """, tenant.Id, tenant.Token);

        var events = (await tenant.GetAsync("/beta/deviceManagement/auditEvents?$orderby=activityDateTime"))["value"]!.AsArray();
        var actor = events[0]!["actor"]!;

        Assert.Equal(["Create", "Delete", "Action"], events.Select(one => one!["activityOperationType"]!.GetValue<string>()));
        Assert.Equal(("VppToken", "Create VppToken", "Create VppToken", "Success"), (events[0]!["componentName"]!.GetValue<string>(), events[0]!["displayName"]!.GetValue<string>(),
            events[0]!["activity"]!.GetValue<string>(), events[0]!["activityResult"]!.GetValue<string>()));
        Assert.Equal(("VppToken", tenant.Token.ToString()), (events[0]!["resources"]![0]!["auditResourceType"]!.GetValue<string>(), events[0]!["resources"]![0]!["resourceId"]!.GetValue<string>()));
        Assert.Equal(("Application", "Application", "a7", "Robot"), (actor["auditActorType"]!.GetValue<string>(), actor["type"]!.GetValue<string>(), actor["applicationId"]!.GetValue<string>(), actor["applicationDisplayName"]!.GetValue<string>()));
        Assert.Equal((null, null), (actor["userId"]?.GetValue<string>(), actor["userPrincipalName"]?.GetValue<string>()));
        Assert.Equal(("Group.ReadWrite.All", "7"), (actor["userPermissions"]![0]!.GetValue<string>(), actor["userRoleScopeTags"]![0]!["roleScopeTagId"]!.GetValue<string>()));
        Assert.Equal(["Application"], Texts(await tenant.GetAsync("/v1.0/deviceManagement/auditEvents/getAuditCategories")));
        Assert.Empty(Texts(await tenant.GetAsync("/v1.0/deviceManagement/auditEvents/getAuditActivityTypes(category='Nothing')")));
    }

    private Task<int> FailedSyncAsync(GraphTenant tenant) => graph.ExecuteAsync("""
        insert into sync_runs (tenant_id, id, token_id, started_at, finished_at, outcome, pages_read, pages_total, licenses_read, licenses_total, untracked, corrected)
        values ($1, gen_random_uuid(), $2, now(), now(), 'failed', 0, 0, 0, 0, 0, 0)
        """, tenant.Id, tenant.Token);

    private static async Task<string> GroupAsync(GraphTenant tenant, Guid member) => (await tenant.PostAsync("/v1.0/groups", $$"""
        {"displayName":"Of {{member}}","mailNickname":"g","members@odata.bind":["https://graph.microsoft.com/v1.0/directoryObjects/{{member}}"]}
        """, 201))["id"]!.GetValue<string>();

    private static Task<JsonNode> AssignAsync(GraphTenant tenant, Guid app, params (string Intent, string Group, bool Excluded)[] assignments) =>
        tenant.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", $$"""
            {"mobileAppAssignments":[{{string.Join(',', assignments.Select(one =>
                $$$"""{"intent":"{{{one.Intent}}}","target":{"@odata.type":"#microsoft.graph.{{{(one.Excluded ? "exclusionGroup" : "group")}}}AssignmentTarget","groupId":"{{{one.Group}}}"}}"""))}}]}
            """, 204);

    private static async Task<IEnumerable<(string App, string Intent, string State)>> IntentsAsync(GraphTenant tenant, Guid user) =>
        (await tenant.GetAsync($"/beta/users/{user}/mobileAppIntentAndStates"))["value"]!.AsArray().Single()!["mobileAppList"]!.AsArray()
            .Select(one => (one!["displayName"]!.GetValue<string>(), one["mobileAppIntent"]!.GetValue<string>(), one["installState"]!.GetValue<string>()));

    private static Task<JsonNode> ReportAsync(GraphTenant tenant, string name, string body) => SentAsync(tenant, Reports + name, body);

    private static async Task<JsonNode> SentAsync(GraphTenant tenant, string address, string body) =>
        JsonNode.Parse((await tenant.PostAsync(address, body, 200)).GetValue<string>())!;

    private static string ByApp(Guid app, bool all = false) => all ? "{}" : $$"""{"filter":"(ApplicationId eq '{{app}}')"}""";

    private static IEnumerable<JsonObject> Rows(JsonNode report)
    {
        var names = report["Schema"]!.AsArray().Select(column => column!["Column"]!.GetValue<string>()).ToList();
        return report["Values"]!.AsArray().Select(row => new JsonObject(names.Zip(row!.AsArray(), (name, value) => KeyValuePair.Create(name, value?.DeepClone()))));
    }

    private static int Number(JsonNode node, string name) => node[name]!.GetValue<int>();

    private static IEnumerable<string> Texts(JsonNode node) => node["value"]!.AsArray().Select(one => one!.GetValue<string>());
}
