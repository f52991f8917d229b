-- How far the actions are that somebody asked for. Licences on their way back carry the action's id.
create or replace view graph_action_results with (security_invoker = true) as
select
    a.tenant_id,
    a.id,
    a.name,
    a.token_id,
    a.app_id,
    a.device_id,
    a.user_id,
    a.licenses,
    a.started_at,
    greatest(a.started_at, coalesce(
        case when a.name in ('syncDevice', 'retire', 'wipe') then d.last_sync_at end,
        (select max(l.changed_at) from licenses l where l.tenant_id = a.tenant_id and l.action_id = a.id))) as updated_at,
    case
        when a.name in ('syncDevice', 'retire', 'wipe') then case when d.last_sync_at > a.started_at then 'done' else 'pending' end
        when exists (
            select from licenses l
            where l.tenant_id = a.tenant_id and l.action_id = a.id and not l.wanted and l.state in ('assigning', 'releasing')) then 'active'
        when r.refused > 0 then 'failed'
        else 'done'
    end as state,
    r.refused,
    case when r.refused > 0 then 'appleFailure' else 'none' end as failure_reason
from remote_actions a
left join devices d on d.tenant_id = a.tenant_id and d.id = a.device_id
cross join lateral (
    select count(*)::int as refused from licenses l
    where l.tenant_id = a.tenant_id and l.action_id = a.id and not l.wanted and l.state = 'held') r;
