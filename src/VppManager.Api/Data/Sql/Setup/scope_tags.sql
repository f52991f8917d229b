-- An app has the scope tags that it was given, or else those of its token: kept in a column, so that the wall need not look at another table.
create or replace function app_scope_tags() returns trigger language plpgsql as $$
begin
    new.scope_tags := coalesce(
        new.role_scope_tag_ids,
        (select t.role_scope_tag_ids from tokens t where t.tenant_id = new.tenant_id and t.id = new.token_id),
        '{0}');
    return new;
end $$;

create or replace trigger scope_tags before insert or update of role_scope_tag_ids, token_id on apps
    for each row execute function app_scope_tags();

create or replace function token_scope_tags() returns trigger language plpgsql as $$
begin
    update apps set scope_tags = coalesce(role_scope_tag_ids, new.role_scope_tag_ids) where tenant_id = new.tenant_id and token_id = new.id;
    return null;
end $$;

create or replace trigger scope_tags after update of role_scope_tag_ids on tokens
    for each row when (old.role_scope_tag_ids is distinct from new.role_scope_tag_ids) execute function token_scope_tags();
