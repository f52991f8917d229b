using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using VppManager.Api.Licenses.Previews;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;

namespace VppManager.Api.Tests.Licenses;

/// <summary>A preview changes nothing, and says what then happens.</summary>
[Trait("Rule", "A9")]
public sealed class PreviewTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    [Fact]
    public async Task Assign_FewerSeatsThanDevices_NothingChanges_AndTheRealThingDoesWhatWasSaid()
    {
        var (organization, app, _) = await service.WithAppAsync("7500001", 3);
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, Enumerable.Range(1, 5).Select(n => $"PV-A{n}"));
        await SettledAsync(organization);
        var body = new { mobileAppAssignments = new[] { Organization.Assignment(group) } };

        var said = await UnchangedAsync(organization, $"/vpp/apps/{app}/assignments/preview", body);

        Assert.Equal((3, 0, 2), (said.SeatsUsed, said.SeatsFreed, said.Waiting.Count));
        Assert.Equal(["PV-A4", "PV-A5"], said.Waiting.First.Select(one => one.SerialNumber));
        Assert.Equal((1, 1), (said.Requests.Total, said.Requests.Associate));
        await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", body);
        await service.HoldersAsync(organization, app, "PV-A1", "PV-A2", "PV-A3");
        Assert.Equal(said.Waiting.Count, (await organization.LicensingAsync(app)).Waiting);
        Assert.Equal(said.Requests.Total, await RequestsAsync(organization));
    }

    [Fact]
    public async Task Members_OneLeavesAndOneComes_SaysWhoIsServedInTheEnd()
    {
        var (organization, app, _) = await service.WithAppAsync("7500011", 2);
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, ["PV-B1", "PV-B2", "PV-B3"]);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "PV-B1", "PV-B2");
        var (leaving, coming, before) = (await DeviceAsync(organization, "PV-B1"), await organization.DeviceAsync("PV-B4"), await RequestsAsync(organization));
        await SettledAsync(organization);

        var said = await UnchangedAsync(organization, $"/vpp/groups/{group}/members/preview", new { add = new[] { coming }, remove = new[] { leaving } });

        Assert.Equal((1, 1, 1), (said.SeatsUsed, said.SeatsFreed, said.Waiting.Count));
        Assert.Equal("PV-B4", Assert.Single(said.Waiting.First).SerialNumber);
        Assert.Equal((2, 1, 1), (said.Requests.Total, said.Requests.Associate, said.Requests.Disassociate));
        await organization.LeaveAsync(group, leaving);
        await organization.JoinAsync(group, coming);
        await service.HoldersAsync(organization, app, "PV-B2", "PV-B3");
        Assert.Equal(before + said.Requests.Total, await RequestsAsync(organization));
    }

    [Fact]
    [Trait("Rule", "L8")]
    public async Task Assign_OfUsersThenOfTheirDevices_EachSaysTheEnd_AndTheRequestsOnTheWay()
    {
        var (organization, app, _) = await service.WithAppAsync("7500021", 3);
        var (ann, _) = await organization.PersonAsync("ann", "PV-C1");
        var (ben, _) = await organization.PersonAsync("ben", "PV-C2");
        var group = await organization.GroupOfAsync(ann, ben);
        await SettledAsync(organization);
        var (users, devices) = (Set(group, device: false), Set(group, device: true));

        var first = await UnchangedAsync(organization, $"/vpp/apps/{app}/assignments/preview", users);
        Assert.Equal((2, 0, 1, 1), (first.SeatsUsed, first.SeatsFreed, first.Requests.Users, first.Requests.Associate));
        await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", users);
        await service.HoldersAsync(organization, app, "ann", "ben");
        Assert.Equal(first.Requests.Total, await RequestsAsync(organization));
        await SettledAsync(organization);

        var second = await UnchangedAsync(organization, $"/vpp/apps/{app}/assignments/preview", devices);
        Assert.Equal((2, 2, 0), (second.SeatsUsed, second.SeatsFreed, second.Waiting.Count));
        await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{app}/assign", devices);
        await service.HoldersAsync(organization, app, "PV-C1", "PV-C2");
        Assert.Equal(first.Requests.Total + second.Requests.Total, await RequestsAsync(organization));
    }

    [Fact]
    [Trait("Rule", "L21")]
    public async Task Revoke_AtEachScope_OfAMacApp_FreesWhatWasSaid_AndTellsUntilWhenItIsUsable()
    {
        var (organization, app, token) = await service.WithAppAsync("7500031", 9, AppKind.MacOs);
        var ann = await organization.UserAsync("ann");
        var devices = new List<Guid>();
        foreach (var serial in (string[])["PV-D1", "PV-D2", "PV-D3"]) devices.Add(await organization.DeviceAsync(serial, operatingSystem: "macOS"));
        await organization.AssignAllAsync(app, (await organization.GroupOfAsync([.. devices]), "required", true), (await organization.GroupOfAsync(ann), "required", false));
        await service.HoldersAsync(organization, app, "PV-D1", "PV-D2", "PV-D3", "ann");

        string[] left = ["PV-D1", "PV-D2", "PV-D3", "ann"];
        foreach (var (scope, gone) in new (object, string[])[]
        {
            (new { deviceId = devices[0] }, ["PV-D1"]), (new { userId = ann }, ["ann"]), (new { appId = app, deviceId = devices[1] }, ["PV-D2"]), (new { tokenId = token }, ["PV-D3"]),
        })
        {
            await SettledAsync(organization);
            var said = await UnchangedAsync(organization, "/vpp/licenses/revoke/preview", scope);
            var done = await organization.PostAsync("/vpp/licenses/revoke", scope);

            Assert.Equal((gone.Length, 1), (said.SeatsFreed, said.Requests.Disassociate));
            Assert.Equal(gone.Length, done["licenses"]!.GetValue<int>());
            Assert.InRange(done["usableUntil"]!.GetValue<DateTimeOffset>(), said.Apps[0].UsableUntil!.Value, said.Apps[0].UsableUntil!.Value.AddMinutes(2));
            left = [.. left.Except(gone)];
            await service.HoldersAsync(organization, app, left);
        }

        var seen = Assert.Single((await organization.GetAsync($"/vpp/devices/{devices[0]}/licenses"))["value"]!.AsArray())!;
        Assert.Equal("released", seen["state"]!.GetValue<string>());
        Assert.Equal(seen["revokedAt"]!.GetValue<DateTimeOffset>().AddDays(30), seen["usableUntil"]!.GetValue<DateTimeOffset>());
    }

    [Fact]
    [Trait("Rule", "L21")]
    public async Task Revoke_OfTheMacAppOfAnAssetForBoth_NamesTheAppThatWasAskedFor()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("7500071", 5, platforms: ["macOS", "iOS"]);
        await organization.UploadTokenAsync();
        var mac = await organization.AppAsync("7500071", AppKind.MacOs);
        var device = await organization.DeviceAsync("PV-H1", operatingSystem: "macOS");
        await organization.AssignAllAsync(mac, (await organization.GroupOfAsync(device), "required", true));
        await service.HoldersAsync(organization, mac, "PV-H1");
        await SettledAsync(organization);

        var said = Assert.Single((await UnchangedAsync(organization, "/vpp/licenses/revoke/preview", new { appId = mac })).Apps);
        Assert.Equal((mac, true), (said.AppId, said.UsableUntil is not null));
        var ofDevice = Assert.Single((await UnchangedAsync(organization, "/vpp/licenses/revoke/preview", new { deviceId = device })).Apps);
        Assert.NotNull(ofDevice.UsableUntil);

        // Nobody revoked it: it went with the assignment, and Apple leaves the app for as long.
        await organization.PostAsync($"/beta/deviceAppManagement/mobileApps/{mac}/assign", new { mobileAppAssignments = Array.Empty<object>() });
        await service.HoldersAsync(organization, mac);
        Assert.NotNull(Assert.Single((await organization.GetAsync($"/vpp/devices/{device}/licenses"))["value"]!.AsArray())!["usableUntil"]);
    }

    [Fact]
    [Trait("Rule", "L21")]
    public async Task Revoke_OfWhoOnlyWaited_NoDateIsShown()
    {
        var (organization, app, _) = await service.WithAppAsync("7500081", 0, AppKind.MacOs);
        var device = await organization.DeviceAsync("PV-I1", operatingSystem: "macOS");
        await organization.AssignAllAsync(app, (await organization.GroupOfAsync(device), "required", true));
        await Eventually.IsAsync(async () => (await organization.LicensingAsync(app)).Waiting, waiting => waiting == 1);

        await organization.PostAsync("/vpp/licenses/revoke", new { appId = app, deviceId = device });

        var own = Assert.Single((await organization.GetAsync($"/vpp/devices/{device}/licenses"))["value"]!.AsArray())!;
        Assert.NotNull(own["revokedAt"]);
        Assert.Null(own["usableUntil"]);
    }

    [Fact]
    [Trait("Rule", "L2"), Trait("Rule", "L3"), Trait("Rule", "L10"), Trait("Rule", "L13"), Trait("Rule", "L14")]
    public async Task Assign_WhatSomeCannotHave_SaysWhyAndHowMany()
    {
        var (organization, app, _) = await service.WithAppAsync("7500091", 9);
        var (ann, devices) = await organization.PersonAsync("ann", [.. Enumerable.Range(1, 6).Select(n => $"PV-J{n}")]);
        var (ben, cid) = (await organization.UserAsync("ben"), await organization.UserAsync("cid"));
        await organization.EnrolAsync("PV-J7", ben, "iPadOS", enrollmentType: "appleUserEnrollment");
        await organization.EnrolAsync("PV-J8", ann, "macOS");
        var blocked = (await organization.EnrolAsync("PV-J9", cid, "iPadOS"))["id"]!.GetValue<Guid>();
        await organization.PostAsync($"/mdm/devices/{blocked}/checkin", new { isAppStoreBlocked = true });
        var alone = await organization.DeviceAsync("PV-J10");
        var group = await organization.GroupOfAsync(ann, ben, cid, alone);
        await SettledAsync(organization);

        var users = await UnchangedAsync(organization, $"/vpp/apps/{app}/assignments/preview", Set(group, device: false));
        Assert.Equal(["appStoreBlocked 1", "deviceHasNoUser 1", "licenseOnFiveDevices 1", "noManagedAppleAccount 1", "notApplicable 1"], Reasons(users));
        var ofDevices = await UnchangedAsync(organization, $"/vpp/apps/{app}/assignments/preview", Set(group, device: true));
        Assert.Equal(["notApplicable 1", "userEnrollmentNeedsUserLicense 1"], Reasons(ofDevices));

        var empty = await organization.GroupAsync("empty");
        await organization.AssignAllAsync(app, (empty, "required", true));
        await SettledAsync(organization);
        var joined = await UnchangedAsync(organization, $"/vpp/groups/{empty}/members/preview", new { add = new[] { ben, devices[0] } });
        Assert.Equal(["userEnrollmentNeedsUserLicense 1"], Reasons(joined));
    }

    [Fact]
    public async Task Assign_WhileOthersAreBeingServed_TheirRequestsAreNotCounted()
    {
        var (organization, app, token) = await service.WithAppAsync("7500101", 5);
        organization.Location.AddAsset("7500102", 5);
        await organization.SyncAsync(token);
        var (other, device) = (await organization.AppAsync("7500102"), await organization.DeviceAsync("PV-K1"));
        var group = await organization.GroupOfAsync(device);
        await organization.AssignAllAsync(other, (group, "required", true));
        await service.HoldersAsync(organization, other, "PV-K1");
        await SettledAsync(organization);

        // Marked, and nobody was told: the preview comes upon it first.
        await service.ExecuteAsync("""
            with changed as (update assignments set group_id = $2 where tenant_id = $1 and app_id = $3 returning 1)
            insert into marks (tenant_id, pool_id, cause) select $1, pool_id, 'assignment' from apps where tenant_id = $1 and id = $3
            """, organization.Tenant, await organization.GroupAsync("nobody"), other);
        var said = (await organization.PostAsync($"/vpp/apps/{app}/assignments/preview", Set(group, device: true))).Deserialize<PreviewAnswer>(Json)!;

        Assert.Equal((1, 1, 0), (said.SeatsUsed, said.Requests.Associate, said.Requests.Disassociate));
    }

    private static IEnumerable<string> Reasons(PreviewAnswer answer) => answer.Refused.Select(one => $"{one.Reason} {one.Count}");

    [Fact]
    [Trait("Rule", "T12")]
    public async Task DeleteToken_SaysWhatGoesAndWhatStaysBehind_AsTheDeletionDoes()
    {
        var (organization, app, token) = await service.WithAppAsync("7500041", 5);
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, ["PV-E1", "PV-E2"]);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "PV-E1", "PV-E2");
        await SettledAsync(organization);

        var before = await FingerprintAsync(organization);
        var said = await organization.PostAsync($"/vpp/tokens/{token}/delete/preview", null);
        Assert.Equal(before, await FingerprintAsync(organization));

        Assert.Equal((1, 1, 2), (said["apps"]!.GetValue<int>(), said["assignments"]!.GetValue<int>(), said["licensesLeftBehind"]!.GetValue<int>()));
        using var deleted = await organization.Client.DeleteAsync($"/vpp/tokens/{token}", TestContext.Current.CancellationToken);
        var left = JsonNode.Parse(await deleted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(2, left["licensesLeftBehind"]!.GetValue<int>());
    }

    [Fact]
    [Trait("Rule", "T12")]
    public async Task DeleteToken_ByTheLaterRules_SaysWhatIsTakenBackFirst_AsTheDeletionDoes()
    {
        var (organization, app, token) = await service.WithAppAsync("7500061", 5, behavior: "intune2026");
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, ["PV-G1", "PV-G2"]);
        organization.Location.Assign("7500061", ["PV-GX"]);
        await organization.SyncAsync(token);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "PV-G1", "PV-G2", "PV-GX");
        await SettledAsync(organization);

        var before = await FingerprintAsync(organization);
        var said = await organization.PostAsync($"/vpp/tokens/{token}/delete/preview", null);
        Assert.Equal(before, await FingerprintAsync(organization));

        int[] Numbers(JsonNode node, params string[] names) => [.. names.Select(name => node[name]!.GetValue<int>())];
        Assert.Equal([1, 1, 1, 2, 2], Numbers(said, "apps", "assignments", "licensesLeftBehind", "licensesRevoked", "seatsFreed"));
        Assert.Equal([1, 1], Numbers(said["requests"]!, "total", "disassociate"));
        using var deleted = await organization.Client.DeleteAsync($"/vpp/tokens/{token}", TestContext.Current.CancellationToken);
        var done = JsonNode.Parse(await deleted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal([1, 2], Numbers(done, "licensesLeftBehind", "licensesRevoked"));
    }

    [Fact]
    [Trait("Rule", "A5"), Trait("Rule", "A2")]
    public async Task Preview_OfWhatIsRefused_RefusesWithTheSameCode()
    {
        var (organization, app, _) = await service.WithAppAsync("7500051", 5);
        var group = await organization.GroupOfAsync(await organization.DeviceAsync("PV-F1"));

        Assert.Equal("availableNotForDevices", await CodeAsync(organization, $"/vpp/apps/{app}/assignments/preview", new { mobileAppAssignments = new[] { Organization.Assignment(group, "available") } }));
        Assert.Equal("notFound", await CodeAsync(organization, $"/vpp/apps/{Guid.NewGuid()}/assignments/preview", new { mobileAppAssignments = new[] { Organization.Assignment(group) } }));
        Assert.Equal("invalidValue", await CodeAsync(organization, $"/vpp/apps/{app}/assignments/preview", new { }));
        Assert.Equal("invalidValue", await CodeAsync(organization, "/vpp/licenses/revoke/preview", new { }));
        Assert.Equal("notFound", await CodeAsync(organization, $"/vpp/groups/{group}/members/preview", new { add = new[] { Guid.NewGuid() } }));
    }

    private static object Set(Guid group, bool device) => new { mobileAppAssignments = new[] { Organization.Assignment(group, useDeviceLicensing: device) } };

    private async Task<PreviewAnswer> UnchangedAsync(Organization organization, string path, object body)
    {
        var before = await FingerprintAsync(organization);
        var answer = await organization.PostAsync(path, body);
        Assert.Equal(before, await FingerprintAsync(organization));
        return answer.Deserialize<PreviewAnswer>(Json)!;
    }

    /// <summary>Every row of the tenant in every table: how many there are, and which transactions wrote them.</summary>
    private async Task<string> FingerprintAsync(Organization organization)
    {
        var tables = await service.ColumnAsync<string>("""
            select c.table_name::text from information_schema.columns c join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
            where c.table_schema = 'public' and c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE' order by 1
            """);
        Assert.Contains("license_ledger", tables);
        var each = tables.Select(table => $"select '{table} ' || count(*) || ' ' || coalesce(sum(xmin::text::numeric), 0) as line from {table} where tenant_id = $1");
        return string.Join('\n', await service.ColumnAsync<string>(string.Join(" union all ", each) + " order by 1", organization.Tenant));
    }

    private Task<Guid> DeviceAsync(Organization organization, string serial) =>
        service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = $2", organization.Tenant, serial);

    private async Task<int> RequestsAsync(Organization organization) =>
        (int)await service.ScalarAsync<long>("select count(*) from apple_requests where tenant_id = $1", organization.Tenant);

    /// <summary>Nothing of the tenant is at work any more.</summary>
    private Task<long> SettledAsync(Organization organization) => Eventually.IsAsync(() => service.ScalarAsync<long>(
        "select (select count(*) from marks where tenant_id = $1) + (select count(*) from work where tenant_id = $1)", organization.Tenant), count => count == 0);

    private static async Task<string> CodeAsync(Organization organization, string path, object body)
    {
        using var answer = await organization.Client.PostAsJsonAsync(path, body, TestContext.Current.CancellationToken);
        Assert.InRange(answer.StatusCode, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["code"]!.GetValue<string>();
    }
}
