using VppManager.Api.Assignments;
using VppManager.Api.Data;

namespace VppManager.Api.Apps.Installs;

/// <summary>Reads all apps that concern some devices in one statement: assigned ones, and those that are or were there.</summary>
internal static class DeviceAppRows
{
    public static Task<List<DeviceAppRow>> ReadAsync(TenantTransaction transaction, Guid[] devices, Guid? app, bool withPlaces, CancellationToken ct) =>
        transaction.ReadAsync(Sql.Command(withPlaces ? WithPlaces : Plain, transaction.Tenant, devices, app ?? Guid.Empty), DeviceAppRow.Of, ct);

    private static readonly string Plain = Of("null::bigint");

    /// <summary>How many wait in front, for those who want to know.</summary>
    private static readonly string WithPlaces = Of("""
        case when ml.state = 'waiting' then (
            select count(*) from licenses w where w.tenant_id = $1 and w.pool_id = a.pool_id and w.state = 'waiting' and w.place < ml.place) end
        """);

    private static string Of(string ahead) => DeviceIntents.Sql + $"""
        ,
        concerned as (
            select device_id, app_id from intents
            union
            select i.device_id, i.app_id from device_apps i join dev d on d.id = i.device_id where i.tenant_id = $1)
        select c.device_id, c.app_id, a.kind, a.display_name, a.publisher, a.bundle_id, p.adam_id, a.latest_version, a.icon_url, t.id as token_id,
               t.display_name as token_name, coalesce(i.intent, 'none') as intent, coalesce(i.is_offered, false) as is_offered, i.license_type, i.assignment_id,
               s.settings::text as settings, coalesce(i.is_asked, false) as is_asked, d.active_user is not null as has_user, d.user_enrolled, d.is_app_store_blocked,
               coalesce({AppPlatforms.Runs("a.kind", "(a.ipad and not a.iphone)")}, false) as is_applicable,
               dl.state as device_license_state, dl.reason as device_license_reason, coalesce(dl.wanted, false) as device_license_wanted,
               coalesce(dl.revoked_at is not null and dl.state in ('released', 'releasing'), false) as device_license_revoked,
               ul.id as user_license_id, ul.state as user_license_state, ul.reason as user_license_reason, coalesce(ul.wanted, false) as user_license_wanted,
               coalesce(ul.revoked_at is not null and ul.state in ('released', 'releasing'), false) as user_license_revoked,
               au.id as apple_user_id, coalesce(au.status = 'associated', false) as is_associated, au.protected_invite_code,
               x.state, x.reason, x.error_code, x.device_error, x.device_error_text, x.version, x.is_managed, x.changed_at, x.action, x.action_id,
               t.automatically_update_apps, pi.asked_at, pi.update_asked_at is not null as is_update_asked,
               exists (select from tenants n where n.id = $1 and n.behavior = 'intune2026') as behaves_2026,
               {ahead} as ahead
        from concerned c
        join dev d on d.id = c.device_id
        join apps a on a.tenant_id = $1 and a.id = c.app_id
        join pools p on p.tenant_id = $1 and p.id = a.pool_id
        left join tokens t on t.tenant_id = $1 and t.id = a.token_id
        left join intents i on i.device_id = c.device_id and i.app_id = c.app_id
        left join assignments s on s.tenant_id = $1 and s.id = i.assignment_id
        left join device_apps x on x.tenant_id = $1 and x.device_id = c.device_id and x.app_id = c.app_id
        left join portal_installs pi on pi.tenant_id = $1 and pi.app_id = c.app_id and pi.device_id = c.device_id and pi.user_id = d.active_user
        left join licenses dl on dl.tenant_id = $1 and dl.pool_id = a.pool_id and dl.holder_kind = 'device' and dl.holder = d.serial_number
        left join apple_users au on au.tenant_id = $1 and au.location_id = p.location_id and au.user_id = d.user_id
              and au.account = case when d.user_enrolled then 'managed' else 'personal' end and au.retire_asked_at is null
        left join licenses ul on ul.tenant_id = $1 and ul.pool_id = a.pool_id and ul.holder_kind = 'user' and ul.holder = au.client_user_id
        cross join lateral (
            select case when i.license_type = 'user' and dl.state is distinct from 'held' then ul.state else dl.state end as state,
                   case when i.license_type = 'user' and dl.state is distinct from 'held' then ul.place else dl.place end as place) ml
        where $3 = '{Guid.Empty}'::uuid or a.id = $3
        order by a.display_name, a.id, c.device_id
        """;
}
