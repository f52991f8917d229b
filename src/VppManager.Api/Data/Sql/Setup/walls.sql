-- Run by the owner after every migration: the rights of the role of the service, and a wall around every tenant's rows.
grant usage on schema public to vpp_app;
grant select, insert, update, delete on all tables in schema public to vpp_app;
grant usage, select on all sequences in schema public to vpp_app;
revoke update, delete on license_ledger, audit_events from vpp_app;
revoke execute on function delete_tenant(uuid), forget_audit_events(timestamptz) from public, vpp_app;

do $$
declare
    walled text;
begin
    for walled in
        select c.relname
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not in ('marks', 'work')
    loop
        execute format('alter table %I enable row level security', walled);
        execute format('alter table %I force row level security', walled);
        if not exists (select from pg_policies where schemaname = 'public' and tablename = walled and policyname = 'tenant') then
            execute format(
                'create policy tenant on %I using (tenant_id = nullif(current_setting(''app.tenant'', true), '''')::uuid)', walled);
        end if;
    end loop;
end $$;

-- Behind the wall of the tenant another one for readers that are bound to scope tags (G2). Who is not has none set.
drop policy if exists scope_tags on tokens;
create policy scope_tags on tokens as restrictive for select using (
    coalesce((select current_setting('app.scope_tags', true)), '') = ''
    or role_scope_tag_ids && string_to_array((select current_setting('app.scope_tags', true)), ','));

drop policy if exists scope_tags on apps;
create policy scope_tags on apps as restrictive for select using (
    coalesce((select current_setting('app.scope_tags', true)), '') = ''
    or scope_tags && string_to_array((select current_setting('app.scope_tags', true)), ','));

drop policy if exists scope_tags on audit_events;
create policy scope_tags on audit_events as restrictive for select using (
    coalesce((select current_setting('app.scope_tags', true)), '') = ''
    or scope_tags is null or scope_tags && string_to_array((select current_setting('app.scope_tags', true)), ','));

grant usage on schema quartz to vpp_app;
grant select, insert, update, delete on all tables in schema quartz to vpp_app;
