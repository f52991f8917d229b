using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;

namespace VppManager.Api.Tests.Access;

/// <summary>Every change by a person is in the audit log: who, what, before, after, when, from where.</summary>
[Trait("Rule", "G6")]
[Collection(AccessCollection.Name)]
public sealed class AuditTests(ServiceFixture service)
{
    private const string Graph = "/beta/deviceAppManagement";

    [Fact]
    public async Task Change_OfAToken_SaysWhoWhatBeforeAfterAndNeverTheSecret()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync(displayName: "Before");
        using var request = new HttpRequestMessage(HttpMethod.Patch, $"{Graph}/vppTokens/{token}") { Content = System.Net.Http.Json.JsonContent.Create(new { displayName = "After" }) };
        using var answer = await organization.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var id = answer.Headers.GetValues("request-id").Single();

        var events = (await organization.GetAsync("/beta/deviceManagement/auditEvents?$orderby=activityDateTime desc"))["value"]!.AsArray();
        var renamed = events.First(one => one!["activityType"]!.GetValue<string>() == "Patch VppToken")!;
        var resource = renamed["resources"]![0]!;
        var property = resource["modifiedProperties"]!.AsArray().Single(one => one!["displayName"]!.GetValue<string>() == "display_name")!;
        Assert.Equal((id, "admin@example.com", "ItPro"), (renamed["correlationId"]!.GetValue<string>(), renamed["actor"]!["userPrincipalName"]!.GetValue<string>(), renamed["actor"]!["auditActorType"]!.GetValue<string>()));
        Assert.Equal(("\"Before\"", "\"After\""), (Quoted(property["oldValue"]), Quoted(property["newValue"])));
        Assert.Equal(token.ToString(), resource["resourceId"]!.GetValue<string>());
        var created = events.First(one => one!["activityType"]!.GetValue<string>() == "Create VppToken")!["resources"]![0]!["modifiedProperties"]!.AsArray();
        Assert.Equal("changed", created.Single(one => one!["displayName"]!.GetValue<string>() == "protected_secret")!["newValue"]!.GetValue<string>());
    }

    [Fact]
    public async Task Change_ByAnApplication_NamesTheApplication()
    {
        var tenant = Guid.CreateVersion7();
        using var administrators = new Administrators(service, tenant);
        await Administrators.SendAsync(administrators.Client(null, application: true), HttpMethod.Post, "/v1.0/groups",
            new { displayName = "By an app", mailEnabled = false, mailNickname = "byapp", securityEnabled = true });

        Assert.True(await service.ScalarAsync<bool>("select actor_is_application and actor_id is not null from audit_events where tenant_id = $1", tenant));
    }

    [Fact]
    public async Task Change_Refused_IsNotWrittenDown()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        var group = await Administrators.SendAsync(administrators.Global, HttpMethod.Post, "/v1.0/groups", new { displayName = "One", mailNickname = "one" });
        var before = (await ActivitiesAsync(await TenantOfAsync(group))).Count;

        var (status, _) = await Administrators.TryAsync(administrators.Global, HttpMethod.Post, "/v1.0/groups", new Dictionary<string, object>
        {
            ["displayName"] = "Two",
            ["mailNickname"] = "two",
            ["members@odata.bind"] = new[] { $"https://graph.microsoft.com/v1.0/directoryObjects/{Guid.NewGuid()}" },
        });

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal(before, (await ActivitiesAsync(await TenantOfAsync(group))).Count);
    }

    [Fact]
    public async Task Import_OfMany_IsOneEventWithNumbers()
    {
        var organization = service.Organization();
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, Enumerable.Range(0, 300).Select(n => $"IMPORTED{n:0000}"));

        Assert.Equal(["Create Group", "Action importDirectory"], await ActivitiesAsync(organization.Tenant));
        var changes = await service.ScalarAsync<string>("select changes::text from audit_events where tenant_id = $1 and activity like 'Action%'", organization.Tenant);
        Assert.Equal((300, 300), (JsonNode.Parse(changes)!["devicesAdded"]!["after"]!.GetValue<int>(), JsonNode.Parse(changes)!["membersAdded"]!["after"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Change_FromSomewhere_NamesTheAddressOfTheConnectionAndNotWhatAHeaderClaims()
    {
        var tenant = Guid.CreateVersion7();
        var answer = await service.Hosts[0].Server.SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse("203.0.113.7");
            (http.Request.Method, http.Request.Path, http.Request.ContentType) = ("POST", "/v1.0/groups", "application/json");
            http.Request.Headers.Authorization = $"Bearer {service.Token(tenant)}";
            http.Request.Headers["X-Forwarded-For"] = "198.51.100.1";
            http.Request.Body = new MemoryStream("{ \"displayName\": \"From afar\", \"mailNickname\": \"afar\" }"u8.ToArray());
        }, TestContext.Current.CancellationToken);

        Assert.Equal(201, answer.Response.StatusCode);
        using var reader = service.Client(tenant);
        var events = await Administrators.SendAsync(reader, HttpMethod.Get, "/beta/deviceManagement/auditEvents");
        Assert.Equal("203.0.113.7", Assert.Single(events["value"]!.AsArray())!["actor"]!["ipAddress"]!.GetValue<string>());
    }

    [Fact]
    public async Task Change_OfALongRole_NamesTheActionThatCame()
    {
        using var administrators = new Administrators(service, Guid.CreateVersion7());
        string[] actions = [.. Enumerable.Range(0, 100).Select(n => $"Microsoft.Intune_Made{n:000}_Read")];
        object Role(IEnumerable<string> allowed) => new { displayName = "Long", rolePermissions = new[] { new { resourceActions = new[] { new { allowedResourceActions = allowed } } } } };
        var role = await Administrators.SendAsync(administrators.Global, HttpMethod.Post, Administrators.Roles, Role(actions));
        await Administrators.SendAsync(administrators.Global, HttpMethod.Patch, $"{Administrators.Roles}/{role["id"]}", Role(actions.Skip(1).Append(ResourceActions.ReadApps)));

        Assert.Equal(100, (await ChangesAsync(administrators.Tenant, "Create RoleDefinition"))["allowed"]!["after"]!.AsArray().Count);
        var changed = (await ChangesAsync(administrators.Tenant, "Patch RoleDefinition"))["allowed"]!;
        Assert.Equal([actions[0]], changed["before"]!["removed"]!.AsArray().Select(one => one!.GetValue<string>()));
        Assert.Equal([ResourceActions.ReadApps], changed["after"]!["added"]!.AsArray().Select(one => one!.GetValue<string>()));
    }

    [Fact]
    public async Task Change_OfLicenses_SaysWhatTheyWere()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("7200001", 5, name: "Lost");
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("7200001"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, ["LOST1", "LOST2"]);
        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, 2);
        var (device, license) = (await DeviceAsync("LOST1"), await service.ScalarAsync<Guid>("select id from licenses where tenant_id = $1 and holder = 'LOST1'", organization.Tenant));
        await organization.RevokeAsync(app, "revokeDeviceLicense", new { managedDeviceId = device });
        await organization.SettledAsync(app);
        await organization.AssignAgainAsync(license);
        await organization.HeldAsync(app, 2);
        await organization.PostAsync($"/vpp/devices/{device}/retire", null);
        await organization.PostAsync("/vpp/licenses/orphaned/reclaim", new { filter = new { } });
        await organization.SettledAsync(app);

        var again = await ChangesAsync(organization.Tenant, "Action assignAgain");
        Assert.Equal("released", again["state"]!["before"]!.GetValue<string>());
        Assert.True(again["revoked_at"]!["before"] is not null && again["revoked_at"]!["after"] is null);
        var reclaimed = await ChangesAsync(organization.Tenant, "Action reclaimOrphaned");
        Assert.Equal(("held", "releasing", 1), (reclaimed["state"]!["before"]!.GetValue<string>(), reclaimed["state"]!["after"]!.GetValue<string>(), reclaimed["licenses"]!["after"]!.GetValue<int>()));
        Assert.Equal(app, await service.ScalarAsync<Guid>("select resource_id from audit_events where tenant_id = $1 and activity = 'Action reclaimOrphaned'", organization.Tenant));
        await organization.DeleteAsync($"{Graph}/vppTokens/{token}");
        Assert.Equal((1, 1), await GoneWithAsync(organization.Tenant, token));

        Task<Guid> DeviceAsync(string serial) => service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = $2", organization.Tenant, serial);
    }

    [Theory]
    [InlineData("update audit_events set activity = 'Nothing'")]
    [InlineData("delete from audit_events")]
    [InlineData("truncate audit_events")]
    [InlineData("alter table audit_events disable trigger all")]
    [InlineData("select forget_audit_events(now())")]
    [InlineData("drop trigger audit_update on tokens")]
    [InlineData("update license_ledger set cause = 'nothing'")]
    [InlineData("delete from license_ledger")]
    [InlineData("truncate license_ledger")]
    public async Task AuditLog_RoleOfTheService_CanOnlyAdd(string statement)
    {
        await using var command = service.Hosts[0].Services.GetRequiredService<NpgsqlDataSource>().CreateCommand(statement);

        var refused = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
    }

    [Fact]
    public async Task AuditLog_Old_IsForgottenAndNothingYounger()
    {
        var tenant = Guid.CreateVersion7();
        using var administrators = new Administrators(service, tenant);
        await Administrators.SendAsync(administrators.Global, HttpMethod.Post, "/v1.0/groups", new { displayName = "Kept", mailNickname = "kept" });
        await service.ExecuteAsync("""
            insert into audit_events (tenant_id, id, at, activity, resource_type, actor_is_application, correlation_id)
            select $1, gen_random_uuid(), now() - make_interval(days => days), 'Patch Thing', 'Thing', false, gen_random_uuid() from unnest(array[366, 40]) as days
            """, tenant);

        await service.Hosts[0].Services.GetRequiredService<ForgetAuditEvents>().RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, (await ActivitiesAsync(tenant)).Count);

        // Whatever the service asks for, the last 30 days stay.
        await service.ScalarAsync<long>("select forget_audit_events(now() + interval '1 day')");
        Assert.Equal(["Create Group"], await ActivitiesAsync(tenant));
    }

    [Fact]
    public async Task DeleteToken_ByTheLaterRules_IsWrittenDownWhenItIsAskedFor()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("7200002", 5, name: "Taken back first");
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("7200002"), await organization.GroupAsync());
        await organization.PatchAsync("/vpp/tenant", new { behavior = "intune2026" });
        await organization.ImportDevicesAsync(group, ["BACK1"]);
        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, 1);

        await organization.DeleteAsync($"{Graph}/vppTokens/{token}");

        Assert.Equal((1, 1), await GoneWithAsync(organization.Tenant, token));
    }

    /// <summary>The numbers of apps and assignments that the event of a deleted token tells.</summary>
    private async Task<(int Apps, int Assignments)> GoneWithAsync(Guid tenant, Guid token)
    {
        var changes = JsonNode.Parse(await service.ScalarAsync<string>(
            "select changes::text from audit_events where tenant_id = $1 and activity = 'Delete VppToken' and resource_id = $2 and actor_name = 'admin@example.com'", tenant, token))!;
        return (changes["apps"]!["before"]!.GetValue<int>(), changes["assignments"]!["before"]!.GetValue<int>());
    }

    private async Task<JsonNode> ChangesAsync(Guid tenant, string activity) =>
        JsonNode.Parse(await service.ScalarAsync<string>("select changes::text from audit_events where tenant_id = $1 and activity = $2", tenant, activity))!;

    private static string Quoted(JsonNode? value) => $"\"{value!.GetValue<string>()}\"";

    private Task<Guid> TenantOfAsync(JsonNode group) => service.ScalarAsync<Guid>("select tenant_id from groups where id = $1", group["id"]!.GetValue<Guid>());

    private Task<List<string>> ActivitiesAsync(Guid tenant) =>
        service.ColumnAsync<string>("select activity from audit_events where tenant_id = $1 order by at", tenant);
}
