using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core.Apps;

namespace VppManager.Api.Apps.Installs;

/// <summary>Writes down what was decided, and only what has changed.</summary>
internal static class DeviceAppWriting
{
    public static async Task SaveAsync(TenantTransaction transaction, Guid device, IReadOnlyList<DecidedApp> decided, DateTimeOffset now, CancellationToken ct)
    {
        var (tenant, changed) = (transaction.Tenant, decided.Where(app => !app.IsAsWritten).ToList());
        var (kept, gone) = (changed.FindAll(app => app.Decision.State is not null), changed.FindAll(app => app.Decision.State is null));
        if (kept.Count > 0) await transaction.ExecuteAsync(Upsert(tenant, device, kept, now), ct);
        if (gone.Count > 0) await transaction.ExecuteAsync(Sql.Command(Delete, tenant, device, Ids(gone)), ct);

        Guid[] offered = Ids(decided.Where(app => app.Row.IsOffered));
        await transaction.ExecuteAsync(Sql.Command(NotOffered, tenant, device, offered), ct);

        Guid[] deleted = Ids(decided.Where(app => app.Decision.IsGone));
        if (deleted.Length > 0) await transaction.ExecuteAsync(Sql.Command(UserDeleted, tenant, device, deleted, now), ct);

        Guid[] current = Ids(decided.Where(app => app.Facts.IsUpdateAsked && !app.Decision.HasUpdate));
        if (current.Length > 0) await transaction.ExecuteAsync(Sql.Command(Updated, tenant, device, current), ct);
    }

    private static Npgsql.NpgsqlBatchCommand Upsert(Guid tenant, Guid device, List<DecidedApp> apps, DateTimeOffset now) => Sql.Command(
        Write, tenant, device, now, Ids(apps),
        apps.Select(app => EnumText.Of(app.Decision.State!.Value)).ToArray<string?>(),
        apps.Select(app => app.Decision.Fault?.Code).ToArray(),
        apps.Select(app => app.Decision.Fault?.Number).ToArray(),
        apps.Select(app => app.DeviceError).ToArray(),
        apps.Select(app => app.DeviceErrorText).ToArray(),
        apps.Select(app => app.Version).ToArray(),
        apps.Select(app => app.Facts.IsManaged).ToArray(),
        apps.Select(app => app.KindWritten is { } kind ? EnumText.Of(kind) : null).ToArray(),
        apps.Select(app => app.ActionId).ToArray());

    private static Guid[] Ids(IEnumerable<DecidedApp> apps) => [.. apps.Select(app => app.Row.AppId)];

    private const string Write = """
        insert into device_apps as x (tenant_id, device_id, app_id, state, reason, error_code, device_error, device_error_text, version, is_managed, action, action_id, changed_at)
        select $1, $2, u.*, $3
        from unnest($4::uuid[], $5::text[], $6::text[], $7::int[], $8::int[], $9::text[], $10::text[], $11::boolean[], $12::text[], $13::uuid[]) u
        on conflict (tenant_id, device_id, app_id) do update set
            state = excluded.state, reason = excluded.reason, error_code = excluded.error_code, device_error = excluded.device_error,
            device_error_text = excluded.device_error_text, version = excluded.version, is_managed = excluded.is_managed, action = excluded.action,
            action_id = excluded.action_id,
            changed_at = case when (x.state, x.reason, x.device_error, x.version) is distinct from (excluded.state, excluded.reason, excluded.device_error, excluded.version)
                              then excluded.changed_at else x.changed_at end
        """;

    private const string Delete = "delete from device_apps where tenant_id = $1 and device_id = $2 and app_id = any ($3)";

    /// <summary>What a user asked for stands as long as it is offered.</summary>
    private const string NotOffered = "delete from portal_installs where tenant_id = $1 and device_id = $2 and app_id <> all ($3)";

    private const string UserDeleted =
        "update portal_installs set removed_at = $4, update_asked_at = null where tenant_id = $1 and device_id = $2 and app_id = any ($3) and removed_at is null";

    private const string Updated = "update portal_installs set update_asked_at = null where tenant_id = $1 and device_id = $2 and app_id = any ($3)";
}
