drop function if exists graph_transitive_groups(text);
create function graph_transitive_groups(of_member text) returns table (tenant_id uuid, id uuid) language sql stable rows 20 as $$
    with recursive found (tenant_id, id) as (
        select m.tenant_id, m.group_id from graph_group_members m where m.member_id = of_member::uuid
        union
        select m.tenant_id, m.group_id
        from found f
        join graph_group_members m on m.tenant_id = f.tenant_id and m.member_id = f.id)
    select found.tenant_id, found.id from found
$$;

-- The same for a column that is a uuid.
drop function if exists graph_transitive_groups(uuid);
create function graph_transitive_groups(of_member uuid) returns table (tenant_id uuid, id uuid) language sql stable rows 20 as $$
    select f.tenant_id, f.id from graph_transitive_groups(of_member::text) f
$$;
