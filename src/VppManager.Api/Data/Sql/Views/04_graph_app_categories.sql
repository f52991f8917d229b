-- An app is in the categories that its App Store genres stand for, unless an administrator said something else.
create or replace view graph_app_categories with (security_invoker = true) as
select a.tenant_id, a.id as app_id, g.category_id
from apps a
-- Distinct app by app: two genres may stand for one category, and the apps of a page are found by their key.
cross join lateral (select distinct v.category_id from (values
    ('Books', 'f1fc9fe2-728d-4867-9a72-a61e18f8c606'::uuid),
    ('Business', '2b73ae71-12c8-49be-b462-3dae769ccd9d'::uuid),
    ('Developer Tools', '79bc98d4-7ddf-4841-9bc1-5c84a26d7ee8'::uuid),
    ('Graphics & Design', '79bc98d4-7ddf-4841-9bc1-5c84a26d7ee8'::uuid),
    ('Photo & Video', '5dcd7a90-0306-4f09-a75d-6b97a243f04e'::uuid),
    ('Productivity', 'ed899483-3019-425e-a470-28e901b9790e'::uuid),
    ('Reference', 'f1fc9fe2-728d-4867-9a72-a61e18f8c606'::uuid),
    ('Social Networking', 'f79135dc-8e41-48c1-9a59-ab9a7259c38e'::uuid),
    ('Utilities', '981deed8-6857-4e78-a50e-c3f61d312737'::uuid)) as v (genre, category_id) where v.genre = any (a.genres)) as g
where not exists (
    select from app_categories c where c.tenant_id = a.tenant_id and c.app_id = a.id and c.category_id = g.category_id)
union all
select c.tenant_id, c.app_id, c.category_id from app_categories c where c.is_in;
