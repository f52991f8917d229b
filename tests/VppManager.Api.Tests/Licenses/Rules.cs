using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;

namespace VppManager.Api.Tests.Licenses;

/// <summary>One running service for all classes that prove a rule of licensing each.</summary>
[CollectionDefinition(Name)]
public sealed class RulesCollection : ICollectionFixture<ServiceFixture>
{
    public const string Name = "Rules";
}

/// <summary>What the rules are told with.</summary>
internal static class Rules
{
    private const string Apps = "/beta/deviceAppManagement/mobileApps";

    /// <summary>An organisation with one asset; the number in the store is its own.</summary>
    public static async Task<(Organization Organization, Guid App, Guid Token)> WithAppAsync(
        this ServiceFixture service, string adamId, int licenses, AppKind kind = AppKind.Ios, string behavior = "intune2020")
    {
        var organization = service.Organization();
        var isBook = kind is AppKind.Book;
        organization.Location.AddAsset(adamId, licenses, platforms: kind is AppKind.MacOs ? ["macOS"] : ["iOS"], productType: isBook ? "Book" : "App");
        var token = await organization.UploadTokenAsync();
        if (behavior != "intune2020") await organization.PatchAsync("/vpp/tenant", new { behavior });
        return (organization, await organization.AppAsync(adamId, kind), token);
    }

    /// <summary>A user with so many devices of their own.</summary>
    public static async Task<(Guid User, Guid[] Devices)> PersonAsync(this Organization organization, string name, params string[] serialNumbers)
    {
        var user = await organization.UserAsync(name);
        var devices = new List<Guid>();
        foreach (var serial in serialNumbers) devices.Add(await organization.DeviceAsync(serial, user));
        return (user, [.. devices]);
    }

    public static Task<System.Text.Json.Nodes.JsonNode> EnrolAsync(
        this Organization organization, string serialNumber, Guid? userId, string operatingSystem, string? model = null, string enrollmentType = "unknown") =>
        organization.PostAsync("/vpp/devices", new { serialNumber, deviceName = serialNumber, userId, operatingSystem, osVersion = "18.1", model, enrollmentType });

    public static async Task<Guid> GroupOfAsync(this Organization organization, params Guid[] members)
    {
        var group = await organization.GroupAsync();
        foreach (var member in members) await organization.JoinAsync(group, member);
        return group;
    }

    /// <summary>Replaces the assignments of an app.</summary>
    public static Task AssignAllAsync(this Organization organization, Guid app, params (Guid Group, string Intent, bool Device)[] assignments) =>
        organization.PostAsync($"{Apps}/{app}/assign", new
        {
            mobileAppAssignments = assignments.Select(one => Organization.Assignment(one.Group, one.Intent, one.Device)),
        });

    /// <summary>A user asks for an app on a device, as the Company Portal writes it down.</summary>
    public static Task AskAsync(this ServiceFixture service, Organization organization, Guid app, Guid device, Guid user) => service.ExecuteAsync("""
        with asked as (
            insert into portal_installs (tenant_id, app_id, device_id, user_id, asked_at) values ($1, $2, $3, $4, clock_timestamp())
            on conflict (tenant_id, app_id, device_id) do update set asked_at = excluded.asked_at),
        marked as (insert into marks (tenant_id, member_id, cause) values ($1, $4, 'portalInstall'))
        select pg_notify('vpp_work', 'settle')
        """, organization.Tenant, app, device, user);

    /// <summary>Waits until all is settled and this is who holds, at Apple: serial numbers and names of users.</summary>
    public static Task<string> HoldersAsync(this ServiceFixture service, Organization organization, Guid app, params string[] holders) => Eventually.IsAsync(
        async () => (await organization.LicensingAsync(app)).Settled ? await service.AtAppleAsync(organization, app) : "not settled",
        found => found == string.Join(' ', holders.Order(StringComparer.Ordinal)));

    private static async Task<string> AtAppleAsync(this ServiceFixture service, Organization organization, Guid app)
    {
        var adamId = await service.ScalarAsync<string>(
            "select adam_id from pools p join apps a on a.tenant_id = $1 and a.pool_id = p.id where p.tenant_id = $1 and a.id = $2", organization.Tenant, app);
        var users = organization.Location.Assignments.Where(one => one.AdamId == adamId && one.SerialNumber is null).Select(one => one.ClientUserId!).ToArray();
        var names = await service.ColumnAsync<string>("""
            select u.display_name || case when au.account = 'managed' then '(managed)' else '' end
            from apple_users au join users u on u.tenant_id = $1 and u.id = au.user_id where au.tenant_id = $1 and au.client_user_id = any ($2)
            """, organization.Tenant, users);
        return string.Join(' ', names.Concat(organization.SerialsAtApple(adamId).OfType<string>()).Order(StringComparer.Ordinal));
    }
}
