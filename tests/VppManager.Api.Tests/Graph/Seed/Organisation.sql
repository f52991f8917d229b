insert into tenants (id, name, behavior, created_at) values
    ('11111111-0000-0000-0000-000000000000', 'Alpha', 'intune2020', now()),
    ('22222222-0000-0000-0000-000000000000', 'Beta', 'intune2020', now());

insert into locations (tenant_id, id, uid, name) values
    ('11111111-0000-0000-0000-000000000000', '10ca0000-0000-0000-0000-000000000001', 'alpha-1', 'Zurich'),
    ('22222222-0000-0000-0000-000000000000', '10ca0000-0000-0000-0000-000000000002', 'beta-1', 'Bern');

insert into tokens (tenant_id, id, location_id, display_name, location_name, organization_name, apple_id, country_or_region, account_type,
    automatically_update_apps, data_sharing_consent_granted, claim_from_external_mdm, role_scope_tag_ids, protected_secret, state, expires_at,
    created_at, modified_at, last_sync_at, last_sync_status) values
    ('11111111-0000-0000-0000-000000000000', '70000000-0000-0000-0000-000000000001', '10ca0000-0000-0000-0000-000000000001', 'HQ', 'Zurich', 'Alpha AG',
     'vpp@alpha.example', 'ch', 'business', true, true, false, '{0}', 'secret-of-alpha', 'valid', '2027-01-31 09:12:44+00', now(), now(), now(), 'completed'),
    ('11111111-0000-0000-0000-000000000000', '70000000-0000-0000-0000-000000000002', '10ca0000-0000-0000-0000-000000000001', 'School', 'Zurich', 'Alpha School',
     'vpp@school.example', 'ch', 'education', false, true, false, '{0}', 'secret-of-school', 'duplicateLocationId', '2026-12-31 00:00:00+00', now(), now(), null, 'none'),
    ('22222222-0000-0000-0000-000000000000', '70000000-0000-0000-0000-000000000003', '10ca0000-0000-0000-0000-000000000002', 'Other', 'Bern', 'Beta AG',
     'vpp@beta.example', 'ch', 'business', true, true, false, '{0}', 'secret-of-beta', 'valid', '2027-01-31 09:12:44+00', now(), now(), null, 'none');

insert into pools (tenant_id, id, location_id, adam_id, pricing_param, product_type, total, taken, arrivals, apple_assigned, apple_available, apple_retired,
    device_assignable, revocable, platforms)
select '11111111-0000-0000-0000-000000000000', ('90000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, '10ca0000-0000-0000-0000-000000000001',
    i::text, 'STDQ', 'App', 100, 0, 0, 0, 100, 0, i % 2 = 0, true, '{iOS,macOS}'
from generate_series(1, 30) i;

-- Twenty-five for iOS, five for macOS, and a book that is no app.
insert into apps (tenant_id, id, token_id, pool_id, kind, display_name, publisher, is_featured, bundle_id, genres, release_date, ipad, iphone, created_at, modified_at)
select '11111111-0000-0000-0000-000000000000', ('a0000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, '70000000-0000-0000-0000-000000000001',
    ('90000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, case when i <= 25 then 'ios' else 'macOs' end,
    case when i = 7 then 'O''Neil''s 100% App' when i = 8 then null else 'App ' || lpad(i::text, 2, '0') end,
    case when i % 2 = 0 then 'Apple' else 'Zed' end, i % 3 = 0, 'com.example.app' || i, case when i = 1 then '{Business,Productivity}'::text[] else '{}' end,
    case when i % 5 = 0 then null else timestamptz '2026-01-01 00:00:00+00' + i * interval '1 day' end, true, i % 2 = 0,
    timestamptz '2026-01-01 00:00:00.123456+00' + (i % 4) * interval '1 hour', now()
from generate_series(1, 30) i;
insert into apps (tenant_id, id, token_id, pool_id, kind, display_name, is_featured, genres, ipad, iphone, created_at, modified_at) values
    ('11111111-0000-0000-0000-000000000000', 'b0000000-0000-0000-0000-000000000001', '70000000-0000-0000-0000-000000000001',
     '90000000-0000-0000-0000-000000000001', 'book', 'A book', false, '{}', true, true, now(), now());

insert into users (tenant_id, id, user_principal_name, display_name, mail, account_enabled, created_at) values
    ('11111111-0000-0000-0000-000000000000', 'e0000000-0000-0000-0000-000000000001', 'Ann@alpha.example', 'Ann', 'ann@alpha.example', true, now()),
    ('11111111-0000-0000-0000-000000000000', 'e0000000-0000-0000-0000-000000000002', 'bob@alpha.example', 'Bob', null, false, now()),
    ('22222222-0000-0000-0000-000000000000', 'e0000000-0000-0000-0000-000000000003', 'eve@beta.example', 'Eve', null, true, now());

insert into groups (tenant_id, id, display_name, created_at) values
    ('11111111-0000-0000-0000-000000000000', 'c0000000-0000-0000-0000-000000000001', 'Everybody', now()),
    ('11111111-0000-0000-0000-000000000000', 'c0000000-0000-0000-0000-000000000002', 'Inner', now());

insert into devices (tenant_id, id, serial_number, azure_ad_device_id, directory_object_id, device_name, user_id, operating_system, os_version, model,
    manufacturer, is_supervised, owner_type, enrollment_type, management_state, enrolled_at, last_sync_at)
select '11111111-0000-0000-0000-000000000000', ('d0000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, 'SN' || i,
    ('da000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid, ('d1000000-0000-0000-0000-' || lpad(i::text, 12, '0'))::uuid,
    'iPad-' || i, case when i = 1 then 'e0000000-0000-0000-0000-000000000001'::uuid end, case when i = 3 then 'macOS' else 'iPadOS' end, '18.1', 'iPad', 'Apple', true,
    'company', case when i = 2 then 'appleAccountDrivenUserEnrollment' else 'appleBulkWithUser' end, 'managed', now(), now()
from generate_series(1, 3) i;

insert into group_members (tenant_id, group_id, member_id, member_kind) values
    ('11111111-0000-0000-0000-000000000000', 'c0000000-0000-0000-0000-000000000001', 'c0000000-0000-0000-0000-000000000002', 'group'),
    ('11111111-0000-0000-0000-000000000000', 'c0000000-0000-0000-0000-000000000001', 'e0000000-0000-0000-0000-000000000001', 'user'),
    ('11111111-0000-0000-0000-000000000000', 'c0000000-0000-0000-0000-000000000002', 'e0000000-0000-0000-0000-000000000002', 'user'),
    ('11111111-0000-0000-0000-000000000000', 'c0000000-0000-0000-0000-000000000002', 'd0000000-0000-0000-0000-000000000001', 'device'),
    -- Groups may hold each other: following them must end.
    ('11111111-0000-0000-0000-000000000000', 'c0000000-0000-0000-0000-000000000002', 'c0000000-0000-0000-0000-000000000001', 'group');

insert into assignments (tenant_id, id, app_id, target, excluded, group_id, intent, license_type, settings, filter_type, created_at, modified_at) values
    ('11111111-0000-0000-0000-000000000000', 'f0000000-0000-0000-0000-000000000001', 'a0000000-0000-0000-0000-000000000001', 'group', false,
     'c0000000-0000-0000-0000-000000000001', 'required', 'device', '{"vpnConfigurationId":null,"isRemovable":true}', 'none', now(), now()),
    ('11111111-0000-0000-0000-000000000000', 'f0000000-0000-0000-0000-000000000002', 'a0000000-0000-0000-0000-000000000001', 'group', true,
     'c0000000-0000-0000-0000-000000000002', 'required', 'device', null, 'none', now(), now()),
    ('11111111-0000-0000-0000-000000000000', 'f0000000-0000-0000-0000-000000000003', 'a0000000-0000-0000-0000-000000000002', 'allUsers', false,
     null, 'available', 'user', null, 'none', now(), now()),
    ('11111111-0000-0000-0000-000000000000', 'f0000000-0000-0000-0000-000000000004', 'a0000000-0000-0000-0000-000000000026', 'allDevices', false,
     null, 'required', 'device', null, 'none', now(), now());

select set_config('app.cause', 'seed', false);
insert into licenses (tenant_id, id, pool_id, holder_kind, holder, device_id, user_id, state, wanted, tracked, place, entitled_at, changed_at) values
    ('11111111-0000-0000-0000-000000000000', '1c000000-0000-0000-0000-000000000001', '90000000-0000-0000-0000-000000000001', 'device', 'SN1',
     'd0000000-0000-0000-0000-000000000001', null, 'held', true, true, 1, now(), now()),
    ('11111111-0000-0000-0000-000000000000', '1c000000-0000-0000-0000-000000000002', '90000000-0000-0000-0000-000000000001', 'user', 'cu-1',
     null, 'e0000000-0000-0000-0000-000000000001', 'held', true, true, 2, now(), now()),
    ('11111111-0000-0000-0000-000000000000', '1c000000-0000-0000-0000-000000000003', '90000000-0000-0000-0000-000000000001', 'device', 'SN2',
     'd0000000-0000-0000-0000-000000000002', null, 'waiting', true, true, 3, now(), now());
