using System.Net;
using VppManager.Api.Access;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Access;

/// <summary>Two tenants of one shape: the same names, the same serial number, the same app.</summary>
public sealed class TwoTenants(PostgresFixture postgres) : ServiceFixture(postgres)
{
    private readonly SemaphoreSlim once = new(1, 1);
    private (TenantOfShape Ours, TenantOfShape Theirs)? both;

    internal async Task<(TenantOfShape Ours, TenantOfShape Theirs)> BothAsync()
    {
        await once.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return both ??= (await TenantOfShape.BuildAsync(this), await TenantOfShape.BuildAsync(this));
        }
        finally
        {
            once.Release();
        }
    }
}

internal sealed record TenantOfShape(
    Organization Organization, Guid Token, Guid App, Guid Group, Guid User, Guid Device, Guid License, Named Named, IReadOnlySet<string> Ids)
{
    private const string EveryId = """
        select id::text from tokens where tenant_id = $1 union select id::text from locations where tenant_id = $1
        union select uid from locations where tenant_id = $1 union select id::text from pools where tenant_id = $1
        union select id::text from apps where tenant_id = $1 union select id::text from users where tenant_id = $1
        union select id::text from groups where tenant_id = $1 union select id::text from devices where tenant_id = $1
        union select directory_object_id::text from devices where tenant_id = $1 union select azure_ad_device_id::text from devices where tenant_id = $1
        union select id::text from assignments where tenant_id = $1 union select id::text from licenses where tenant_id = $1
        union select client_user_id from apple_users where tenant_id = $1 union select $1::text
        union select id::text from role_definitions where tenant_id = $1 union select id::text from role_assignments where tenant_id = $1
        union select id::text from categories where tenant_id = $1 union select id from export_jobs where tenant_id = $1
        union select id::text from audit_events where tenant_id = $1 union select id::text from sync_runs where tenant_id = $1
        """;

    public static async Task<TenantOfShape> BuildAsync(ServiceFixture service)
    {
        var organization = new Organization(service, service.Apple.AddLocation("Headquarters"), tenant => Administrator(service, tenant));
        organization.Location.AddAsset("3000001", 10, name: "Shared App");
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("3000001"), await organization.GroupAsync("Shared group"));
        var user = await organization.UserAsync("shared");
        var device = await organization.DeviceAsync("SHARED000001", user);
        await organization.JoinAsync(group, user);
        await organization.JoinAsync(group, device);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures is { Settled: true, Held: 1 });
        var license = await service.ScalarAsync<Guid>("select id from licenses where tenant_id = $1", organization.Tenant);
        var named = await Named.MakeAsync(service, organization, app);
        var ids = await service.ColumnAsync<string>(EveryId, organization.Tenant);
        return new TenantOfShape(organization, token, app, group, user, device, license, named, ids.ToHashSet());
    }

    /// <summary>Bound by no role, though the tenant has some.</summary>
    private static HttpClient Administrator(ServiceFixture service, Guid tenant)
    {
        var client = service.Client(tenant);
        client.DefaultRequestHeaders.Authorization = new("Bearer", service.Token(new DevelopmentTokenRequest(
            tenant, "admin@example.com", DevelopmentTokens.AllPermissions, false, [], true)));
        return client;
    }

    public async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body) };
        using var answer = await Organization.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Puts the ids of this tenant into an address.</summary>
    public string Address(string pattern) => pattern
        .Replace("{token}", Token.ToString(), StringComparison.Ordinal).Replace("{app}", App.ToString(), StringComparison.Ordinal)
        .Replace("{group}", Group.ToString(), StringComparison.Ordinal).Replace("{user}", User.ToString(), StringComparison.Ordinal)
        .Replace("{device}", Device.ToString(), StringComparison.Ordinal).Replace("{license}", License.ToString(), StringComparison.Ordinal);
}

/// <summary>What else can be named in an address.</summary>
internal sealed record Named(Guid Assignment, Guid Role, Guid RoleAssignment, Guid Category, Guid AuditEvent, string ExportJob)
{
    public static async Task<Named> MakeAsync(ServiceFixture service, Organization organization, Guid app)
    {
        var role = await MadeAsync(organization, Administrators.Roles, new { displayName = "Shared role", rolePermissions = Array.Empty<object>() });
        var given = await MadeAsync(organization, Administrators.Assignments, new Dictionary<string, object>
        {
            ["@odata.type"] = "#microsoft.graph.deviceAndAppManagementRoleAssignment",
            ["displayName"] = "Shared role, given",
            ["members"] = new[] { Guid.NewGuid() },
            ["roleDefinition@odata.bind"] = $"https://graph.microsoft.com/beta/deviceManagement/roleDefinitions('{role}')",
        });
        var category = await MadeAsync(organization, "/beta/deviceAppManagement/mobileAppCategories", new { displayName = "Shared category" });
        var job = await organization.PostAsync("/beta/deviceManagement/reports/exportJobs",
            new { reportName = "DeviceInstallStatusByApp", filter = $"(ApplicationId eq '{app}')", format = "csv" });
        return new Named(
            await service.ScalarAsync<Guid>("select id from assignments where tenant_id = $1", organization.Tenant), role, given, category,
            await service.ScalarAsync<Guid>("select id from audit_events where tenant_id = $1 order by at limit 1", organization.Tenant), job["id"]!.GetValue<string>());
    }

    private static async Task<Guid> MadeAsync(Organization organization, string path, object body) => (await organization.PostAsync(path, body))["id"]!.GetValue<Guid>();
}
