-- Members as the directory knows them: a device by its directory object.
create or replace view graph_group_members with (security_invoker = true) as
select
    m.tenant_id,
    m.group_id,
    coalesce(d.directory_object_id, m.member_id) as member_id
from group_members m
left join devices d on m.member_kind = 'device' and d.tenant_id = m.tenant_id and d.id = m.member_id;
