create or replace view graph_mac_os_assigned_licenses with (security_invoker = true) as
select
    l.tenant_id,
    a.id as app_id,
    l.pool_id,
    l.id,
    u.mail as user_email_address,
    l.user_id,
    coalesce(u.display_name, u.user_principal_name, 'No user') as user_name,
    u.user_principal_name
from apps a
join licenses l on l.tenant_id = a.tenant_id and l.pool_id = a.pool_id and (l.state in ('assigning', 'held', 'releasing')) is true
left join users u on u.tenant_id = l.tenant_id and u.id = l.user_id
where a.kind = 'macOs';
