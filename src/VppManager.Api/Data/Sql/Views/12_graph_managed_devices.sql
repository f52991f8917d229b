create or replace view graph_managed_devices with (security_invoker = true) as
select
    d.tenant_id,
    d.id,
    false as autopilot_enrolled,
    d.azure_ad_device_id,
    null::boolean as azure_ad_registered,
    'unknown'::text as compliance_state,
    d.enrollment_type as device_enrollment_type,
    d.device_name,
    'unknown'::text as device_registration_state,
    case
        when d.operating_system = 'macOS' then 'macMDM'
        when d.operating_system = 'tvOS' then 'tvOS'
        when d.operating_system = 'visionOS' then 'visionOS'
        when d.operating_system = 'iPadOS' or d.model ilike 'iPad%' then 'iPad'
        when d.model ilike 'iPod%' then 'iPod'
        when d.operating_system = 'iOS' then 'iPhone'
        else 'unknown' end as device_type,
    u.mail as email_address,
    u.user_principal_name as enrolled_by_user_principal_name,
    d.enrolled_at as enrolled_date_time,
    null::text as enrollment_profile_name,
    (select coalesce(jsonb_agg(
        case when r.name = 'revokeAppleVppLicenses' then jsonb_build_object(
            '@odata.type', '#microsoft.graph.revokeAppleVppLicensesActionResult',
            'failedLicensesCount', r.refused,
            'totalLicensesCount', r.licenses) else '{}' end
        || jsonb_build_object(
            'actionName', r.name,
            'actionState', r.state,
            'startDateTime', r.started_at,
            'lastUpdatedDateTime', r.updated_at) order by r.started_at desc), '[]')
     from (
        select distinct on (a.name) a.* from graph_action_results a
        where a.tenant_id = d.tenant_id and a.device_id = d.id and a.app_id is null order by a.name, a.started_at desc) r) as device_action_results,
    null::text as imei,
    d.is_supervised,
    'unknown'::text as join_type,
    d.last_sync_at as last_sync_date_time,
    'disabled'::text as lost_mode_state,
    d.device_name as managed_device_name,
    d.owner_type as managed_device_owner_type,
    'mdm'::text as management_agent,
    d.management_state,
    d.manufacturer,
    d.model,
    d.operating_system,
    d.os_version,
    d.owner_type,
    '{0}'::text[] as role_scope_tag_ids,
    d.serial_number,
    null::text as udid,
    u.display_name as user_display_name,
    d.user_id,
    u.user_principal_name,
    '[]'::jsonb as users_logged_on
from devices d
left join users u on u.tenant_id = d.tenant_id and u.id = d.user_id;
