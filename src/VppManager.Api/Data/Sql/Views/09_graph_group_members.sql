-- Members as the directory knows them: a device by its directory object. In two branches, so that both are found by the member as by the group.
create or replace view graph_group_members with (security_invoker = true) as
select
    m.tenant_id,
    m.group_id,
    m.member_id
from group_members m
where m.member_kind <> 'device'
union all
select
    m.tenant_id,
    m.group_id,
    d.directory_object_id
from group_members m
join devices d on d.tenant_id = m.tenant_id and d.id = m.member_id
where m.member_kind = 'device';
