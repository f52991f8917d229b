namespace VppManager.Api.Tests.Graph.Seed;

/// <summary>
/// A tenant of 2,000 apps, 20,000 licences, 4,000 users with a device each and a group of them all; every fourth app carries a scope tag.
/// <see cref="Pretend"/> makes PostgreSQL plan as if there were fifty times as much.
/// </summary>
internal static class LargeTenant
{
    public const string SmallGroup = "c1000000-0000-0000-0000-000000000002";
    public const string Tag = "7";

    public static readonly Guid Id = Guid.Parse("33333333-0000-0000-0000-000000000000");

    public static readonly string[] Tables =
        ["apps", "pools", "licenses", "assignments", "users", "devices", "groups", "group_members", "device_apps", "app_categories", "app_icons", "remote_actions"];

    /// <summary>For one transaction: what tables are said to hold, and who asks.</summary>
    public static string Pretend(string? tags) => $"""
        update pg_class set reltuples = reltuples * 50 where oid = any (array['{string.Join("','", Tables)}']::regclass[]);
        set local role vpp_app;
        select set_config('app.tenant', '{Id}', true), set_config('app.scope_tags', '{tags}', true);
        """;

    /// <summary>In front of a statement that runs by itself.</summary>
    public static string Settings(string? tags) => $"select set_config('app.tenant', '{Id}', true), set_config('app.scope_tags', '{tags}', true);\n";

    public const string Seed = """
        begin;
        -- Neither ledger nor marks: nobody works on this tenant.
        set local session_replication_role = replica;
        insert into tenants (id, name, behavior, created_at) values ('33333333-0000-0000-0000-000000000000', 'Large', 'intune2020', now());
        insert into locations (tenant_id, id, uid, name) values ('33333333-0000-0000-0000-000000000000', '10ca0000-0000-0000-0000-000000000003', 'large-1', 'Everywhere');
        insert into tokens (tenant_id, id, location_id, display_name, organization_name, apple_id, country_or_region, account_type, automatically_update_apps,
            data_sharing_consent_granted, claim_from_external_mdm, role_scope_tag_ids, protected_secret, state, expires_at, created_at, modified_at, last_sync_status)
        select '33333333-0000-0000-0000-000000000000', ('71000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, '10ca0000-0000-0000-0000-000000000003', 'Token ' || n,
            'Organisation ' || n % 7, 'vpp' || n, 'ch', 'business', true, true, false, case when n % 4 = 0 then '{7}'::text[] else '{0}' end, 'none', 'expired', '2026-01-31', now(), now(), 'none'
        from generate_series(0, 19) n;
        insert into pools (tenant_id, id, location_id, adam_id, pricing_param, product_type, total, taken, arrivals, apple_assigned, apple_available, apple_retired,
            device_assignable, revocable, platforms)
        select '33333333-0000-0000-0000-000000000000', ('91000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, '10ca0000-0000-0000-0000-000000000003', n::text, 'STDQ', 'App',
            10000, 0, 0, 0, 10000, 0, true, true, '{iOS}' from generate_series(1, 2000) n;
        insert into apps (tenant_id, id, token_id, pool_id, kind, display_name, publisher, is_featured, bundle_id, genres, ipad, iphone, created_at, modified_at, scope_tags)
        select '33333333-0000-0000-0000-000000000000', ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, ('71000000-0000-0000-0000-' || lpad((n % 20)::text, 12, '0'))::uuid,
            ('91000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, case when n % 10 = 0 then 'macOs' else 'ios' end, 'App ' || n, 'Publisher ' || n % 50, n % 100 = 0,
            'com.example.app' || n, case when n % 40 = 0 then '{Business}'::text[] else '{}' end, true, true, now(), now(), case when n % 4 = 1 then '{7}'::text[] else '{0}' end
        from generate_series(1, 2000) n;
        insert into users (tenant_id, id, user_principal_name, display_name, account_enabled, created_at)
        select '33333333-0000-0000-0000-000000000000', ('e1000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'user' || n || '@large.example', 'User ' || n, true, now()
        from generate_series(1, 4000) n;
        insert into devices (tenant_id, id, serial_number, azure_ad_device_id, directory_object_id, device_name, user_id, operating_system, os_version, is_supervised,
            owner_type, enrollment_type, management_state, enrolled_at, last_sync_at)
        select '33333333-0000-0000-0000-000000000000', ('d2000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'SL' || n, ('da000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid,
            ('d3000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'iPad ' || n, ('e1000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'iPadOS', '18.1', true, 'company',
            'appleBulkWithUser', 'managed', now(), now() from generate_series(1, 4000) n;
        insert into groups (tenant_id, id, display_name, created_at)
        select '33333333-0000-0000-0000-000000000000', ('c1000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, case n when 1 then 'Everybody' else 'Group ' || n end, now()
        from generate_series(1, 500) n;
        insert into group_members (tenant_id, group_id, member_id, member_kind)
        select '33333333-0000-0000-0000-000000000000'::uuid, 'c1000000-0000-0000-0000-000000000001'::uuid, ('e1000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'user' from generate_series(1, 4000) n
        union all
        select '33333333-0000-0000-0000-000000000000'::uuid, ('c1000000-0000-0000-0000-' || lpad((2 + n % 499)::text, 12, '0'))::uuid, ('d2000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'device'
        from generate_series(1, 4000) n;
        insert into assignments (tenant_id, id, app_id, target, excluded, group_id, intent, license_type, filter_type, created_at, modified_at)
        select '33333333-0000-0000-0000-000000000000', gen_random_uuid(), ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 'group', false,
            ('c1000000-0000-0000-0000-' || lpad((1 + n % 500)::text, 12, '0'))::uuid, 'required', 'device', 'none', now(), now() from generate_series(1, 2000) n;
        -- Half of all licences are of one app.
        insert into licenses (tenant_id, id, pool_id, holder_kind, holder, device_id, state, wanted, tracked, place, entitled_at, changed_at)
        select '33333333-0000-0000-0000-000000000000', ('80000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid,
            ('91000000-0000-0000-0000-' || lpad((case when n % 2 = 0 then 1 else 1 + n % 2000 end)::text, 12, '0'))::uuid, 'device', 'SL' || n,
            case when n <= 4000 then ('d2000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid end, 'held', true, true, n, now(), now() from generate_series(1, 20000) n;
        insert into remote_actions (tenant_id, id, name, app_id, device_id, licenses, actor, started_at)
        select '33333333-0000-0000-0000-000000000000', gen_random_uuid(), 'revokeDeviceLicense', ('00000000-0000-0000-0000-' || lpad((1 + n % 2000)::text, 12, '0'))::uuid,
            ('d2000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, 1, 'somebody', now() from generate_series(1, 4000) n;
        commit;
        analyze;
        """;
}
