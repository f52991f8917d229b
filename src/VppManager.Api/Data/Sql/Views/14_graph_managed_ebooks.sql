-- The offsets keep PostgreSQL from hashing a whole table for the rows of one page.
create or replace view graph_managed_ebooks with (security_invoker = true) as
select
    a.tenant_id,
    a.id,
    a.kind,
    a.created_at as created_date_time,
    a.description,
    -- Graph has no book without a name.
    coalesce(a.display_name, p.adam_id) as display_name,
    a.information_url,
    a.modified_at as last_modified_date_time,
    a.privacy_information_url,
    coalesce(a.release_date, a.created_at) as published_date_time,
    a.publisher,
    exists (select from app_icons i where i.tenant_id = a.tenant_id and i.app_id = a.id offset 0) as has_cover,
    t.apple_id,
    a.genres,
    null::text as language,
    a.scope_tags as role_scope_tag_ids,
    coalesce(a.developer, a.publisher) as seller,
    p.total as total_license_count,
    p.taken as used_license_count,
    t.organization_name as vpp_organization_name,
    a.token_id as vpp_token_id
from apps a
join pools p on p.tenant_id = a.tenant_id and p.id = a.pool_id
left join tokens t on t.tenant_id = a.tenant_id and t.id = a.token_id
where a.kind = 'book';
