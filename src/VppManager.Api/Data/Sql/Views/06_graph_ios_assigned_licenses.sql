create or replace view graph_app_pools with (security_invoker = true) as
select a.tenant_id, a.id, a.pool_id from apps a;

-- A seat that is being given or taken back counts as long as it is not free.
create or replace view graph_ios_assigned_licenses with (security_invoker = true) as
select
    l.tenant_id,
    a.id as app_id,
    l.pool_id,
    l.id,
    l.holder_kind,
    u.mail as user_email_address,
    l.user_id,
    coalesce(u.display_name, u.user_principal_name, 'No user') as user_name,
    u.user_principal_name,
    l.device_id as managed_device_id,
    d.device_name
from apps a
join licenses l on l.tenant_id = a.tenant_id and l.pool_id = a.pool_id and (l.state in ('assigning', 'held', 'releasing')) is true
left join users u on u.tenant_id = l.tenant_id and u.id = l.user_id
left join devices d on d.tenant_id = l.tenant_id and d.id = l.device_id
where a.kind = 'ios';
