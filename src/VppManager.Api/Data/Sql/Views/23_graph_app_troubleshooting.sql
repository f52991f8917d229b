-- What went wrong with an app on a device.
create or replace view graph_app_troubleshooting with (security_invoker = true) as
select
    s.tenant_id,
    s.id,
    s.app_id as application_id,
    s.device_id,
    s.device_id as managed_device_identifier,
    s.user_id,
    jsonb_build_array(jsonb_build_object(
        '@odata.type', '#microsoft.graph.mobileAppTroubleshootingAppStateHistory',
        'occurrenceDateTime', s.changed_at,
        'actionType', 'installCommandSent',
        'errorCode', s.error_code::text,
        'runState', 'fail')) as history
from graph_device_install_status s
where s.install_state in (2, 4);

-- What a user is to have on each device, and how it stands.
create or replace view graph_app_intents with (security_invoker = true) as
select
    s.tenant_id,
    s.device_id as id,
    s.device_id as managed_device_identifier,
    s.user_id,
    jsonb_agg(jsonb_build_object(
        'applicationId', s.app_id,
        'displayName', s.app_name,
        'displayVersion', s.app_version,
        'installState', s.install_state_word,
        'mobileAppIntent', coalesce(i.intent, 'notAvailable'),
        'supportedDeviceTypes', '[]'::jsonb) order by s.app_name, s.app_id) as mobile_app_list
from graph_device_install_status s
left join lateral (
    select case
        when bool_or(g.intent = 'required') and bool_or(g.intent = 'available') then 'requiredAndAvailableInstall'
        when bool_or(g.intent = 'required') then 'requiredInstall'
        when bool_or(g.intent = 'available') then 'available'
        else 'requiredUninstall' end as intent
    from assignments g where g.tenant_id = s.tenant_id and g.app_id = s.app_id and not g.excluded
    having count(*) > 0) i on true
where s.app_type <> 'iosVppEBook' and s.user_id is not null
group by s.tenant_id, s.device_id, s.user_id;
