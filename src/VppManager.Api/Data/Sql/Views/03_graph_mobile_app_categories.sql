-- The categories that every tenant of Intune has, and those of its own. The tenants' list has no policy, so the caller's tenant is asked for.
create or replace view graph_mobile_app_categories with (security_invoker = true) as
select
    t.id as tenant_id,
    c.id,
    c.display_name,
    '-infinity'::timestamptz as last_modified_date_time
from tenants t
cross join (values
    ('0720a99e-562b-4a77-83f0-9a7523fcf13e'::uuid, 'Other apps'),
    ('f1fc9fe2-728d-4867-9a72-a61e18f8c606'::uuid, 'Books & Reference'),
    ('046e0b16-76ce-4b49-bf1b-1cc5bd94fb47'::uuid, 'Data management'),
    ('ed899483-3019-425e-a470-28e901b9790e'::uuid, 'Productivity'),
    ('2b73ae71-12c8-49be-b462-3dae769ccd9d'::uuid, 'Business'),
    ('79bc98d4-7ddf-4841-9bc1-5c84a26d7ee8'::uuid, 'Development & Design'),
    ('5dcd7a90-0306-4f09-a75d-6b97a243f04e'::uuid, 'Photos & Media'),
    ('f79135dc-8e41-48c1-9a59-ab9a7259c38e'::uuid, 'Collaboration & Social'),
    ('981deed8-6857-4e78-a50e-c3f61d312737'::uuid, 'Computer management')) as c (id, display_name)
where t.id = nullif(current_setting('app.tenant', true), '')::uuid
union all
select c.tenant_id, c.id, c.display_name, c.modified_at from categories c;
