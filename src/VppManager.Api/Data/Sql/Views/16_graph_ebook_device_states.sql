create or replace view graph_ebook_device_states with (security_invoker = true) as
select
    i.tenant_id,
    i.app_id as book_id,
    i.user_id,
    i.user_id::text || '_' || i.app_id::text as summary_id,
    i.device_id::text || '_' || i.app_id::text as id,
    i.device_id,
    d.device_name,
    i.error_code::text as error_code,
    case i.install_state when 1 then 'installed' when 2 then 'failed' when -1 then 'notApplicable' else 'notInstalled' end as install_state,
    d.last_sync_at as last_sync_date_time,
    d.operating_system as os_description,
    d.os_version,
    u.display_name as user_name
from graph_installs i
join apps a on a.tenant_id = i.tenant_id and a.id = i.app_id and a.kind = 'book'
join devices d on d.tenant_id = i.tenant_id and d.id = i.device_id
left join users u on u.tenant_id = i.tenant_id and u.id = i.user_id;
