-- What Intune's codes say of a licence that was not given: its number where it has one, else "the licence could not be retrieved".
create or replace function graph_install_error(reason text) returns integer language sql immutable as $$
    select case reason
        when 'noLicensesLeft' then -2016330882
        when 'unknownToApple' then -2016330859
        else -2016333507
    end
$$;

-- Every app on every device: what the device said, and where it has said nothing yet, what its licence lets expect.
create or replace view graph_installs with (security_invoker = true) as
select
    i.tenant_id,
    i.app_id,
    i.device_id,
    d.user_id,
    case i.state when 'pending' then 5 when 'installed' then 1 when 'failed' then 2 when 'notApplicable' then -1 else 3 end as install_state,
    case i.state
        when 'installed' then case when i.version <> a.latest_version then 1001 else 0 end
        when 'failed' then case i.error_code when -2016330910 then 3002 when -2016330909 then 1002 when -2016330855 then 3003 else 2000 end
        when 'notApplicable' then -1006
        when 'removed' then 3001
        else 0
    end as install_state_detail,
    case when i.state = 'installed' and i.version <> a.latest_version then -2016330849 else coalesce(i.error_code, 0) end as error_code,
    i.version as app_version,
    i.changed_at
from device_apps i
join apps a on a.tenant_id = i.tenant_id and a.id = i.app_id
join devices d on d.tenant_id = i.tenant_id and d.id = i.device_id
union all
select
    l.tenant_id,
    a.id,
    d.id,
    d.user_id,
    case
        when l.state = 'held' then case when l.wanted then 5 else 3 end
        when l.state = 'assigning' and coalesce(t.state, 'valid') not in ('expired', 'invalid') then 5
        else 2
    end,
    case when l.state = 'held' or (l.state = 'assigning' and coalesce(t.state, 'valid') not in ('expired', 'invalid')) then 0 else 2000 end,
    case
        when l.state in ('waiting', 'failed') then graph_install_error(l.reason)
        when l.state = 'assigning' and coalesce(t.state, 'valid') in ('expired', 'invalid') then -2016330883
        else 0
    end,
    null,
    l.changed_at
from licenses l
join apps a on a.tenant_id = l.tenant_id and a.pool_id = l.pool_id
left join tokens t on t.tenant_id = a.tenant_id and t.id = a.token_id
join devices d on d.tenant_id = l.tenant_id and d.id = l.device_id
where l.holder_kind = 'device' and l.state in ('waiting', 'assigning', 'held', 'failed')
  and (a.kind = 'book' or (a.kind = 'macOs') = (d.operating_system = 'macOS'))
  and not exists (select from device_apps i where i.tenant_id = l.tenant_id and i.device_id = d.id and i.app_id = a.id)
union all
select
    l.tenant_id,
    a.id,
    d.id,
    d.user_id,
    case
        when l.state = 'held' then case when l.wanted then 5 else 3 end
        when l.state = 'assigning' and coalesce(t.state, 'valid') not in ('expired', 'invalid') then 5
        else 2
    end,
    case when l.state = 'held' or (l.state = 'assigning' and coalesce(t.state, 'valid') not in ('expired', 'invalid')) then 0 else 2000 end,
    case
        when l.state in ('waiting', 'failed') then graph_install_error(l.reason)
        when l.state = 'assigning' and coalesce(t.state, 'valid') in ('expired', 'invalid') then -2016330883
        else 0
    end,
    null,
    l.changed_at
from licenses l
join apps a on a.tenant_id = l.tenant_id and a.pool_id = l.pool_id
left join tokens t on t.tenant_id = a.tenant_id and t.id = a.token_id
join devices d on d.tenant_id = l.tenant_id and d.user_id = l.user_id and d.management_state = 'managed'
where l.holder_kind = 'user' and l.state in ('waiting', 'assigning', 'held', 'failed')
  and (a.kind = 'book' or (a.kind = 'macOs') = (d.operating_system = 'macOS'))
  -- A user's two accounts are two holders, each for the devices that work with it; and what a device holds itself comes before what its user holds.
  and not exists (
      select from pools p
      join apple_users au on au.tenant_id = p.tenant_id and au.location_id = p.location_id and au.client_user_id = l.holder
      where p.tenant_id = l.tenant_id and p.id = l.pool_id and (au.account = 'managed') <> (d.enrollment_type in (
          'appleUserEnrollment', 'appleUserEnrollmentWithServiceAccount', 'appleAccountDrivenUserEnrollment')) offset 0)
  and not exists (
      select from licenses o
      where o.tenant_id = l.tenant_id and o.device_id = d.id and o.pool_id = l.pool_id and o.holder_kind = 'device'
        and o.state in ('waiting', 'assigning', 'held', 'failed') offset 0)
  and not exists (select from device_apps i where i.tenant_id = l.tenant_id and i.device_id = d.id and i.app_id = a.id);
