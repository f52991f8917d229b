-- Whose licence came or went has something to do: where the tenant has somebody to tell, the device is put down to be told.
create function licenses_to_tell() returns trigger language plpgsql as $$
begin
    if not exists (select from tenants t where t.tells_devices) then return null; end if;

    insert into work (lane, tenant_id, key, run_at)
    select distinct on (d.tenant_id, d.id) 'device', d.tenant_id, d.id, now()
    from new_rows n
    join old_rows o on o.tenant_id = n.tenant_id and o.id = n.id and o.state <> n.state
    join tenants t on t.id = n.tenant_id and t.tells_devices
    join devices d on d.tenant_id = n.tenant_id and d.management_state = 'managed'
      and (d.id = n.device_id or (n.holder_kind = 'user' and d.user_id = n.user_id))
    where n.state in ('held', 'released')
    order by d.tenant_id, d.id
    -- No attempt any more: what is being told just now does not end with that (Directory/Mdm/DeviceNews.cs).
    on conflict (lane, key) do update set
        run_at = case when work.attempts = 0 then least(work.run_at, excluded.run_at) when work.leased_until is null then work.run_at else excluded.run_at end,
        attempts = case when work.leased_until is null then work.attempts else 0 end;
    if found then perform pg_notify('vpp_work', 'device'); end if;
    return null;
end $$;

create trigger licenses_to_tell after update on licenses
    referencing old table as old_rows new table as new_rows for each statement execute function licenses_to_tell();
