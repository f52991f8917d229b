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

-- What is secret or long is only said to have changed; of a list more is worth knowing than of a text.
create or replace function audit_value(name text, value jsonb) returns jsonb language sql immutable as $$
    select case
        when value is null or value = 'null' then null
        when name ~ '(secret|invite|hash|protected|password)' or length(value::text) > case jsonb_typeof(value) when 'array' then 50000 else 2000 end then '"changed"'
        else value end
$$;

create or replace function audit_missing(list jsonb, other jsonb) returns jsonb language sql immutable as $$
    select coalesce(jsonb_agg(e.value order by e.place), '[]')
    from jsonb_array_elements(list) with ordinality as e (value, place) where e.value not in (select jsonb_array_elements(other))
$$;

-- Of a long list, such as the actions of a role: what went and what came.
create or replace function audit_change(name text, old_value jsonb, new_value jsonb) returns jsonb language plpgsql immutable as $$
begin
    if jsonb_typeof(old_value) = 'array' and jsonb_typeof(new_value) = 'array' and greatest(length(old_value::text), length(new_value::text)) > 2000 then
        return jsonb_build_object(
            'before', jsonb_build_object('removed', audit_value(name, audit_missing(old_value, new_value))),
            'after', jsonb_build_object('added', audit_value(name, audit_missing(new_value, old_value))));
    end if;
    return jsonb_build_object('before', audit_value(name, old_value), 'after', audit_value(name, new_value));
end $$;

create or replace function audit_changes(old_row jsonb, new_row jsonb) returns jsonb language sql immutable as $$
    select jsonb_object_agg(c.key, audit_change(c.key, old_row -> c.key, new_row -> c.key))
    from jsonb_object_keys(old_row || new_row) as c (key)
    where c.key not in ('tenant_id', 'created_at', 'modified_at', 'changed_at', 'last_sync_at', 'scope_tags')
      and coalesce(old_row -> c.key, 'null') is distinct from coalesce(new_row -> c.key, 'null')
$$;

-- Whose administrators see the event: those who see what it is about. Null: everybody.
create or replace function audit_tags(row_of text, one jsonb) returns text[] language plpgsql stable as $$
begin
    return case
        when row_of = 'tokens' then array(select jsonb_array_elements_text(one -> 'role_scope_tag_ids'))
        when row_of = 'apps' then array(select jsonb_array_elements_text(one -> 'scope_tags'))
        -- Without tags it is of everything: for those who see everything.
        when row_of = 'export_jobs' and one ->> 'scope_tags' is null then '{}'
        when row_of = 'export_jobs' then array(select jsonb_array_elements_text(one -> 'scope_tags'))
        when one ->> 'app_id' is not null then
            (select a.scope_tags from apps a where a.tenant_id = (one ->> 'tenant_id')::uuid and a.id = (one ->> 'app_id')::uuid)
        when one ->> 'token_id' is not null then
            (select t.role_scope_tag_ids from tokens t where t.tenant_id = (one ->> 'tenant_id')::uuid and t.id = (one ->> 'token_id')::uuid)
        when row_of = 'apple_users' then array(
            select distinct unnest(t.role_scope_tag_ids) from tokens t
            where t.tenant_id = (one ->> 'tenant_id')::uuid and t.location_id = (one ->> 'location_id')::uuid)
        when row_of = 'remote_actions' and (one ->> 'licenses')::int > 0 then array(
            select distinct unnest(a.scope_tags) from licenses l join apps a on a.tenant_id = l.tenant_id and a.pool_id = l.pool_id
            where l.tenant_id = (one ->> 'tenant_id')::uuid and l.action_id = (one ->> 'id')::uuid)
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
    most constant int := case
        when tg_table_name in ('role_definitions', 'role_assignments', 'role_scope_tags', 'tokens') then 1000
        when tg_table_name = 'assignments' then 200 else 20 end;
    tagged constant bool := tg_table_name in ('tokens', 'apps', 'assignments', 'app_categories', 'app_icons', 'apple_users', 'portal_installs');
    rows bigint;
    tags text[];
    one record;
begin
    -- What follows from a change by itself, such as a cascade, is part of that change.
    if pg_trigger_depth() > 1 then return null; end if;

    if tg_op = 'DELETE' then select count(*) into rows from old_rows; else select count(*) into rows from new_rows; end if;
    if rows > most then
        if tagged and tg_op = 'DELETE' then
            tags := array(select distinct unnest(audit_tags(tg_table_name, to_jsonb(r))) from old_rows r);
        elsif tagged then
            tags := array(select distinct unnest(audit_tags(tg_table_name, to_jsonb(r))) from new_rows r);
        end if;
        perform audit_event(tenant, origin, verb || ' ' || type, type, null,
            jsonb_build_object('count', jsonb_build_object('before', null, 'after', rows)), tags);
        return null;
    end if;

    if tg_op = 'INSERT' then
        for one in select '{}'::jsonb as before, to_jsonb(r) as after from new_rows r loop
            perform audit_event(tenant, origin, case when tg_table_name = 'remote_actions' then 'Action ' || (one.after ->> 'name') else verb || ' ' || type end,
                type, (one.after ->> key)::uuid, audit_changes(one.before, one.after), audit_tags(tg_table_name, one.after));
        end loop;
    elsif tg_op = 'DELETE' then
        for one in select to_jsonb(r) as before from old_rows r loop
            perform audit_event(tenant, origin, verb || ' ' || type, type, (one.before ->> key)::uuid,
                audit_changes(one.before, '{}') || coalesce(nullif(current_setting('app.audit_counts', true), '')::jsonb -> (one.before ->> 'id'), '{}'),
                audit_tags(tg_table_name, one.before));
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

-- How much goes with what is deleted: when the event is written, it is gone already.
create or replace function audit_counts() returns trigger language plpgsql as $$
declare
    known constant jsonb := coalesce(nullif(current_setting('app.audit_counts', true), ''), '{}')::jsonb;
    counts jsonb;
begin
    if tg_table_name = 'tokens' then
        counts := jsonb_build_object(
            'apps', jsonb_build_object('before', (select count(*) from apps a where a.tenant_id = old.tenant_id and a.token_id = old.id), 'after', 0),
            'assignments', jsonb_build_object('before', (
                select count(*) from assignments s join apps a on a.tenant_id = s.tenant_id and a.id = s.app_id
                where a.tenant_id = old.tenant_id and a.token_id = old.id), 'after', 0));
    else
        counts := jsonb_build_object('assignments', jsonb_build_object(
            'before', (select count(*) from assignments s where s.tenant_id = old.tenant_id and s.app_id = old.id), 'after', 0));
    end if;
    perform set_config('app.audit_counts', (known || jsonb_build_object(old.id::text, counts))::text, true);
    return old;
end $$;

do $$
declare
    counted text;
begin
    foreach counted in array array['tokens', 'apps'] loop
        execute format(
            'create or replace trigger audit_counts before delete on %I
             for each row when (pg_trigger_depth() = 0 and current_setting(''app.audit'', true) <> '''') execute function audit_counts()', counted);
    end loop;
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
