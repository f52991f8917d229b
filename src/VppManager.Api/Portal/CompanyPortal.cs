using Npgsql;
using VppManager.Api.Apps.Installs;
using VppManager.Api.Data;
using VppManager.Api.Directory.Mdm;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Portal;

/// <summary>What a user may install on one of their own devices, and asking for it (D5, A3).</summary>
internal sealed class CompanyPortal(NpgsqlDataSource database, TimeProvider time)
{
    public async Task<Outcome<PortalApps>> ListAsync(Guid tenant, Guid user, Guid device, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("portal"), ct);
        if (await DeviceAsync(transaction, user, device, ct) is not { } found) return NoSuchDevice(device);

        var rows = await DeviceAppRows.ReadAsync(transaction, [device], null, withPlaces: true, ct);
        return new PortalApps([.. rows.Where(PortalApp.IsShown).Select(row => PortalApp.Of(row, found))]);
    }

    public async Task<Outcome<PortalApp>> ReadAsync(Guid tenant, Guid user, Guid device, Guid app, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, new Cause("portal"), ct);
        return await FindAsync(transaction, user, device, app, ct);
    }

    /// <summary>Asks for the app: the user or the device comes to be entitled, and the device is told when Apple has confirmed the licence.</summary>
    public Task<Outcome<PortalApp>> InstallAsync(Guid tenant, string actor, Guid user, Guid device, Guid app, CancellationToken ct) =>
        AskAsync(tenant, new Cause("portalInstall", actor), user, device, app, _ => null, Install, ct);

    /// <summary>Asks for the newer version of an app that is there by a device licence (D4).</summary>
    public Task<Outcome<PortalApp>> UpdateAsync(Guid tenant, string actor, Guid user, Guid device, Guid app, CancellationToken ct) =>
        AskAsync(tenant, new Cause("portalUpdate", actor), user, device, app, WhyNoUpdate, Update, ct);

    private async Task<Outcome<PortalApp>> AskAsync(
        Guid tenant, Cause cause, Guid user, Guid device, Guid app, Func<PortalApp, VppError?> whyNot, string ask, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, tenant, cause, ct);
        var found = await FindAsync(transaction, user, device, app, ct);
        if (!found.IsOk) return found;
        if (whyNot(found.Value) is { } refusal) return refusal;

        await transaction.ExecuteAsync(Sql.Command(ask, tenant, app, device, user, time.GetUtcNow()), ct);
        await transaction.ExecuteAsync(DeviceNews.Of(tenant, device, time.GetUtcNow()), ct);
        await transaction.ExecuteAsync(Marks.Members(tenant, [device, user], cause), ct);
        found = await FindAsync(transaction, user, device, app, ct);
        await transaction.CommitAsync(ct);
        return found;
    }

    private static async Task<Outcome<PortalApp>> FindAsync(TenantTransaction transaction, Guid user, Guid device, Guid app, CancellationToken ct)
    {
        if (await DeviceAsync(transaction, user, device, ct) is not { } found) return NoSuchDevice(device);

        var rows = await DeviceAppRows.ReadAsync(transaction, [device], app, withPlaces: true, ct);
        return rows.Find(PortalApp.IsShown) is { } row ? PortalApp.Of(row, found) : VppError.AppNotOffered;
    }

    private static VppError? WhyNoUpdate(PortalApp app) => app switch
    {
        { CanUpdate: true } => null,
        { State: PortalState.Installed, LicenseType: Core.Assignments.LicenseType.User } => VppError.UpdatesAreTheUsersOwn,
        _ => VppError.NothingToUpdate,
    };

    /// <summary>Somebody else's device is as unknown as one that is not there.</summary>
    private static VppError NoSuchDevice(Guid device) => VppError.NotFound("device", device.ToString());

    private static Task<PortalDevice?> DeviceAsync(TenantTransaction transaction, Guid user, Guid device, CancellationToken ct) => transaction.ReadOneAsync(
        Sql.Command(Device, transaction.Tenant, device, user), row => new PortalDevice(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2)), ct);

    private const string Device = """
        select d.owner_type = 'personal', d.is_supervised, d.is_kiosk
        from devices d join users u on u.tenant_id = $1 and u.id = d.user_id and u.account_enabled
        where d.tenant_id = $1 and d.id = $2 and d.user_id = $3 and d.management_state = 'managed'
        """;

    /// <summary>Who asks again keeps the place of the first time.</summary>
    private const string Install = """
        insert into portal_installs as p (tenant_id, app_id, device_id, user_id, asked_at) values ($1, $2, $3, $4, $5)
        on conflict (tenant_id, app_id, device_id) do update set
            seq = case when p.user_id = excluded.user_id then p.seq else excluded.seq end, user_id = excluded.user_id, asked_at = excluded.asked_at, removed_at = null
        """;

    private const string Update = """
        insert into portal_installs as p (tenant_id, app_id, device_id, user_id, asked_at, update_asked_at) values ($1, $2, $3, $4, $5, $5)
        on conflict (tenant_id, app_id, device_id) do update set
            seq = case when p.user_id = excluded.user_id then p.seq else excluded.seq end, user_id = excluded.user_id, removed_at = null, update_asked_at = $5
        """;
}
