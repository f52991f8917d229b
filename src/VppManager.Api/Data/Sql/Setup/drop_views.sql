do $$
declare
    old text;
begin
    for old in select viewname from pg_views where schemaname = 'public' and viewname like 'graph\_%'
    loop
        execute format('drop view if exists %I cascade', old);
    end loop;
end $$;
