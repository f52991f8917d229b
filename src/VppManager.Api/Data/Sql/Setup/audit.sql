-- Whatever a person or an application changes is written down in the transaction of the change (G6), however the change is made. app.audit says
-- who; background work has set none. Triggers see whole statements: many rows at once are one event with their number.
create or replace function audit_event(
    tenant uuid, origin jsonb, what text, type text, resource uuid, changed jsonb, tags text[]) returns void language plpgsql as $$
begin
    insert into tenants (id, name, behavior, created_at) values (tenant, tenant::text, 'intune2020', now()) on conflict (id) do nothing;
    insert into audit_events (
        tenant_id, id, at, activity, resource_type, resource_id, actor_id, actor_name, actor_is_application, actor_permissions, actor_scope_tags,
        address, correlation_id, changes, scope_tags)
    values (
        tenant, gen_random_uuid(), clock_timestamp(), what, type, resource, origin ->> 'id', origin ->> 'name', (origin ->> 'application')::bool,
        array(select jsonb_array_elements_text(origin -> 'permissions')), array(select jsonb_array_elements_text(origin -> 'tags')),
        origin ->> 'address', (origin ->> 'correlation')::uuid, changed, tags);
end $$;

-- What is secret or long is only said to have changed.
create or replace function audit_value(name text, value jsonb) returns jsonb language sql immutable as $$
    select case
        when value is null or value = 'null' then null
        when name ~ '(secret|invite|hash|protected|password)' or length(value::text) > 2000 then '"changed"'
        else value end
$$;

create or replace function audit_changes(old_row jsonb, new_row jsonb) returns jsonb language sql immutable as $$
    select jsonb_object_agg(c.key, jsonb_build_object(
        'before', audit_value(c.key, old_row -> c.key), 'after', audit_value(c.key, new_row -> c.key)))
    from jsonb_object_keys(old_row || new_row) as c (key)
    where c.key not in ('tenant_id', 'created_at', 'modified_at', 'changed_at', 'last_sync_at', 'scope_tags')
      and coalesce(old_row -> c.key, 'null') is distinct from coalesce(new_row -> c.key, 'null')
$$;

create or replace function audit_tags(row_of text, one jsonb) returns text[] language plpgsql stable as $$
begin
    return case
        when row_of = 'tokens' then array(select jsonb_array_elements_text(one -> 'role_scope_tag_ids'))
        when row_of = 'apps' then array(select jsonb_array_elements_text(one -> 'scope_tags'))
        when row_of = 'export_jobs' and one ->> 'scope_tags' is not null then array(select jsonb_array_elements_text(one -> 'scope_tags'))
        when one ->> 'app_id' is not null then
            (select a.scope_tags from apps a where a.tenant_id = (one ->> 'tenant_id')::uuid and a.id = (one ->> 'app_id')::uuid)
        when one ->> 'token_id' is not null then
            (select t.role_scope_tag_ids from tokens t where t.tenant_id = (one ->> 'tenant_id')::uuid and t.id = (one ->> 'token_id')::uuid)
    end;
end $$;

create or replace function audit_key(one jsonb) returns text language sql immutable as $$
    select coalesce(one ->> 'id', one ->> 'number', concat_ws(' ', one ->> 'app_id', one ->> 'category_id', one ->> 'device_id', one ->> 'group_id', one ->> 'member_id'))
$$;

-- Arguments: Graph's name of the type, and the column that identifies a row of it.
create or replace function audit_written() returns trigger language plpgsql as $$
declare
    origin constant jsonb := current_setting('app.audit', true)::jsonb;
    tenant constant uuid := current_setting('app.tenant', true)::uuid;
    type constant text := tg_argv[0];
    key constant text := tg_argv[1];
    verb constant text := case tg_op when 'INSERT' then 'Create' when 'UPDATE' then 'Patch' else 'Delete' end;
    most constant int := 20;
    rows bigint;
    one record;
begin
    -- What follows from a change by itself, such as a cascade, is part of that change.
    if pg_trigger_depth() > 1 then return null; end if;

    if tg_op = 'DELETE' then select count(*) into rows from old_rows; else select count(*) into rows from new_rows; end if;
    if rows > most then
        perform audit_event(tenant, origin, verb || ' ' || type, type, null,
            jsonb_build_object('count', jsonb_build_object('before', null, 'after', rows)), null);
        return null;
    end if;

    if tg_op = 'INSERT' then
        for one in select '{}'::jsonb as before, to_jsonb(r) as after from new_rows r loop
            perform audit_event(tenant, origin, case when tg_table_name = 'remote_actions' then 'Action ' || (one.after ->> 'name') else verb || ' ' || type end,
                type, (one.after ->> key)::uuid, audit_changes(one.before, one.after), audit_tags(tg_table_name, one.after));
        end loop;
    elsif tg_op = 'DELETE' then
        for one in select to_jsonb(r) as before from old_rows r loop
            perform audit_event(tenant, origin, verb || ' ' || type, type, (one.before ->> key)::uuid, audit_changes(one.before, '{}'), audit_tags(tg_table_name, one.before));
        end loop;
    else
        for one in
            select c.before, c.after, audit_changes(c.before, c.after) as changed
            from (select to_jsonb(o) as before, to_jsonb(n) as after from old_rows o join new_rows n on audit_key(to_jsonb(o)) = audit_key(to_jsonb(n))) c
        loop
            continue when one.changed is null;
            perform audit_event(tenant, origin,
                case when one.changed - 'last_sync_status' - 'last_sync_error' = '{}' then 'Action syncLicenses ' else verb || ' ' end || type,
                type, (one.after ->> key)::uuid, one.changed, audit_tags(tg_table_name, one.after));
        end loop;
    end if;
    return null;
end $$;

do $$
declare
    audited record;
begin
    for audited in
        select * from (values
            ('tokens', 'VppToken', 'id'), ('apps', 'MobileApp', 'id'), ('assignments', 'MobileAppAssignment', 'id'),
            ('app_categories', 'MobileAppCategoryOfApp', 'app_id'), ('categories', 'MobileAppCategory', 'id'), ('app_icons', 'MobileAppIcon', 'app_id'),
            ('users', 'User', 'id'), ('groups', 'Group', 'id'), ('group_members', 'GroupMember', 'group_id'), ('devices', 'ManagedDevice', 'id'),
            ('apple_users', 'AppleUser', 'id'), ('remote_actions', 'RemoteAction', 'id'), ('portal_installs', 'PortalInstall', 'app_id'),
            ('role_definitions', 'RoleDefinition', 'id'), ('role_assignments', 'RoleAssignment', 'id'), ('role_scope_tags', 'RoleScopeTag', 'none'))
            as t (name, type, key)
    loop
        execute format(
            'create or replace trigger audit_insert after insert on %I referencing new table as new_rows
             for each statement when (current_setting(''app.audit'', true) <> '''') execute function audit_written(%L, %L)',
            audited.name, audited.type, audited.key);
        execute format(
            'create or replace trigger audit_update after update on %I referencing old table as old_rows new table as new_rows
             for each statement when (current_setting(''app.audit'', true) <> '''') execute function audit_written(%L, %L)',
            audited.name, audited.type, audited.key);
        execute format(
            'create or replace trigger audit_delete after delete on %I referencing old table as old_rows
             for each statement when (current_setting(''app.audit'', true) <> '''') execute function audit_written(%L, %L)',
            audited.name, audited.type, audited.key);
    end loop;
end $$;

-- A tenant comes to be with its first change and goes by the operator's hand: what people change is its settings. What is exported is worth
-- knowing; that its note ends after a day is not.
create or replace trigger audit_update after update on tenants referencing old table as old_rows new table as new_rows
    for each statement when (current_setting('app.audit', true) <> '') execute function audit_written('Tenant', 'id');
create or replace trigger audit_insert after insert on export_jobs referencing new table as new_rows
    for each statement when (current_setting('app.audit', true) <> '') execute function audit_written('DeviceManagementExportJob', 'none');

-- The service may only add events. Old ones go by way of the owner of the tables, and never those of the last 30 days.
create or replace function forget_audit_events(until timestamptz) returns bigint language plpgsql as $$
declare
    tenant uuid;
    gone bigint;
    total bigint := 0;
begin
    for tenant in select id from tenants loop
        perform set_config('app.tenant', tenant::text, true);
        delete from audit_events e where e.tenant_id = tenant and e.at < least(until, now() - interval '30 days');
        get diagnostics gone = row_count;
        total := total + gone;
    end loop;
    return total;
end $$;
