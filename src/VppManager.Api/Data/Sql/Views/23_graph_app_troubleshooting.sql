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

-- What a user is to have on each device, by the assignments that reach the two, and how it stands. What is offered there and nobody has asked for is listed, too.
create or replace view graph_app_intents with (security_invoker = true) as
select
    d.tenant_id,
    d.id,
    d.id as managed_device_identifier,
    d.user_id,
    (select coalesce(jsonb_agg(jsonb_build_object(
        'applicationId', a.id,
        'displayName', a.display_name,
        'displayVersion', s.app_version,
        'installState', coalesce(s.install_state_word, 'notInstalled'),
        'mobileAppIntent', case i.intent
            when 'required' then case when i.is_offered then 'requiredAndAvailableInstall' else 'requiredInstall' end
            when 'uninstall' then 'requiredUninstall'
            when 'available' then 'available'
            else 'notAvailable' end,
        'supportedDeviceTypes', '[]'::jsonb) order by a.display_name, a.id), '[]')
     from (select * from graph_device_install_status x where x.tenant_id = d.tenant_id and x.device_id = d.id) s
     full join graph_device_intents(d.tenant_id, array[d.id]) i on i.app_id = s.app_id
     join apps a on a.tenant_id = d.tenant_id and a.id = coalesce(s.app_id, i.app_id) and a.kind <> 'book'
     where s.app_id is not null or (i.intent <> 'none' and (a.kind = 'macOs') = (d.operating_system = 'macOS'))) as mobile_app_list
from devices d
where d.user_id is not null;
