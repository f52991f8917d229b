using System.Net;
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
    Organization Organization, Guid Token, Guid App, Guid Group, Guid User, Guid Device, Guid License, IReadOnlySet<string> Ids)
{
    private const string EveryId = """
        select id::text from tokens where tenant_id = $1 union select id::text from locations where tenant_id = $1
        union select uid from locations where tenant_id = $1 union select id::text from pools where tenant_id = $1
        union select id::text from apps where tenant_id = $1 union select id::text from users where tenant_id = $1
        union select id::text from groups where tenant_id = $1 union select id::text from devices where tenant_id = $1
        union select directory_object_id::text from devices where tenant_id = $1 union select azure_ad_device_id::text from devices where tenant_id = $1
        union select id::text from assignments where tenant_id = $1 union select id::text from licenses where tenant_id = $1
        union select client_user_id from apple_users where tenant_id = $1 union select $1::text
        """;

    public static async Task<TenantOfShape> BuildAsync(ServiceFixture service)
    {
        var organization = service.Organization();
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
        var ids = await service.ColumnAsync<string>(EveryId, organization.Tenant);
        return new TenantOfShape(organization, token, app, group, user, device, license, ids.ToHashSet());
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
