-- Takes a suspended tenant away with every row of it, in whatever table, and makes sure that none is left. For the owner of the tables alone.
create or replace function delete_tenant(gone uuid) returns bigint language plpgsql as $$
declare
    one text;
    n bigint;
    total bigint := 0;
    blocked boolean := true;
    rounds int := 0;
    other uuid;
    runs uuid[];
    staged uuid[] := '{}';
begin
    perform set_config('app.tenant', gone::text, true);
    perform 1 from tenants where id = gone and suspended_at is not null for update;
    if not found then raise exception 'only a suspended tenant can be deleted' using errcode = 'raise_exception'; end if;

    -- What is staged knows no tenant: all goes that belongs to no run and no request of the others. Those are there before what they stage.
    for one in
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'run_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname like 'staged%'
    loop
        execute format('select array(select distinct run_id from %I)', one) into runs;
        staged := staged || runs;
    end loop;
    for other in select id from tenants where id <> gone loop
        exit when staged = '{}';
        perform set_config('app.tenant', other::text, true);
        staged := array(
            select unnest(staged) except (
                select r.id from sync_runs r where r.tenant_id = other and r.id = any (staged)
                union all select r.stage_id from sync_runs r where r.tenant_id = other and r.stage_id = any (staged)
                union all select r.id from apple_requests r where r.tenant_id = other and r.id = any (staged)));
    end loop;
    perform set_config('app.tenant', gone::text, true);
    for one in
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'run_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname like 'staged%'
    loop
        execute format('delete from %I where run_id = any ($1)', one) using staged;
    end loop;

    -- A pace that is over says nothing any more, but that there was somebody; those of files without a location are known by nothing else.
    delete from request_pace where key in (select uid from locations where tenant_id = gone)
        or next_at < clock_timestamp() and not exists (select from unnest(permits) as until where until > clock_timestamp());

    for one in
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'trigger_name' and not a.attisdropped
        where c.relnamespace = 'quartz'::regnamespace and c.relkind = 'r' order by c.relname = 'qrtz_triggers'
    loop
        execute format('delete from quartz.%I where trigger_name like $1', one) using gone || ':%';
    end loop;
    delete from quartz.qrtz_job_details where job_name like gone || ':%';

    -- What others point at waits for the next round.
    while blocked and rounds < 10 loop
        blocked := false;
        rounds := rounds + 1;
        for one in
            select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
        loop
            begin
                execute format('delete from %I where tenant_id = $1', one) using gone;
                get diagnostics n = row_count;
                total := total + n;
            exception when foreign_key_violation then
                blocked := true;
            end;
        end loop;
    end loop;

    for one in
        select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
    loop
        execute format('select count(*) from %I where tenant_id = $1', one) into n using gone;
        if n > 0 then raise exception '% rows of the tenant are left in %', n, one; end if;
    end loop;
    delete from tenants where id = gone;
    return total;
end $$;
