namespace VppManager.Benchmarks;

/// <summary>
/// A tenant with 250 tokens, so many iOS apps, each tenth of them assigned, and licences spread over them. Every fourth token and app carries a scope
/// tag, to which the administrators of one group are bound.
/// </summary>
internal static class FacadeSeed
{
    /// <summary>A token with the scope tag.</summary>
    public const string TaggedToken = "00000000-0000-0000-0000-000000000004";

    public static readonly Guid TaggedAdministrators = Guid.Parse("a7000000-0000-0000-0000-000000000007");

    public static async Task<Guid> RunAsync(BenchDatabase database, int apps, int licenses, CancellationToken ct)
    {
        var tenant = Guid.CreateVersion7();
        await database.ExecuteAsync(Seed, ct, tenant, apps);
        await database.ExecuteAsync(Licenses, ct, tenant, apps, licenses);
        await database.ExecuteAsync(Roles, ct, tenant, TaggedAdministrators);
        await database.ExecuteAsync("analyze", ct);
        return tenant;
    }

    private const string Seed = """
        with tenant as (insert into tenants (id, name, behavior, created_at) values ($1, 'Bench', 'intune2020', now())),
        place as (insert into locations (tenant_id, id, uid) select $1, gen_random_uuid(), 'bench' returning id),
        token as (
            insert into tokens (tenant_id, id, location_id, display_name, organization_name, apple_id, country_or_region, account_type, automatically_update_apps,
                data_sharing_consent_granted, claim_from_external_mdm, role_scope_tag_ids, protected_secret, state, expires_at, created_at, modified_at,
                last_sync_status)
            select $1, ('00000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, place.id, 'Token ' || n, 'Organisation ' || n % 7, 'vpp' || n || '@example.com', 'ch', 'business',
                true, true, false, case n % 4 when 0 then '{7}'::text[] else '{0}' end, '', case n % 3 when 0 then 'expired' else 'valid' end, now() + interval '1 year', now(), now(), 'completed'
            from generate_series(1, 250) n, place returning id),
        pool as (
            insert into pools (tenant_id, id, location_id, adam_id, pricing_param, product_type, total, taken, arrivals, apple_assigned, apple_available,
                apple_retired, device_assignable, revocable, platforms)
            select $1, ('10000000-0000-0000-0000-' || lpad(n::text, 12, '0'))::uuid, place.id, n::text, 'STDQ', 'App', 100, 0, 0, 0, 100, 0, true, true, '{iOS}'
            from generate_series(1, $2) n, place returning id, adam_id),
        app as (
            insert into apps (tenant_id, id, token_id, pool_id, kind, display_name, publisher, description, is_featured, bundle_id, genres, ipad, iphone,
                created_at, modified_at, role_scope_tag_ids)
            select $1, ('00000000-0000-0000-0000-' || lpad(adam_id, 12, '0'))::uuid, ('00000000-0000-0000-0000-' || lpad((1 + adam_id::int % 250)::text, 12, '0'))::uuid,
                pool.id, 'ios', 'App ' || adam_id, 'Publisher ' || adam_id::int % 100, repeat('words ', 20), false, 'com.example.app' || adam_id, '{}', true, true,
                now(), now(), case adam_id::int % 4 when 0 then '{7}'::text[] end
            from pool returning id),
        team as (insert into groups (tenant_id, id, display_name, created_at) select $1, gen_random_uuid(), 'Everybody', now() returning id)
        insert into assignments (tenant_id, id, app_id, target, excluded, group_id, intent, license_type, filter_type, created_at, modified_at)
        select $1, gen_random_uuid(), app.id, 'group', false, team.id, 'required', 'device', 'none', now(), now() from app, team where right(app.id::text, 1) = '1'
        """;

    // The built-in Application Manager, with the tag alone.
    private const string Roles = """
        insert into role_assignments (tenant_id, id, role_definition_id, display_name, members, resource_scopes, scope_type, role_scope_tag_ids, created_at, modified_at)
        values ($1, gen_random_uuid(), 'c1d9fcbb-cba5-40b0-bf6b-527006585f4b', 'Tagged', array[$2::uuid], '{}', 'resourceScope', '{7}', now(), now())
        """;

    private const string Licenses = """
        with cause as materialized (select set_config('app.cause', 'seed', true))
        insert into licenses (tenant_id, id, pool_id, holder_kind, holder, state, wanted, tracked, place, entitled_at, changed_at)
        select $1, gen_random_uuid(), ('10000000-0000-0000-0000-' || lpad((1 + n % $2)::text, 12, '0'))::uuid, 'device', 'SN' || n, 'held', true, true, n, now(), now()
        from generate_series(1, $3) n, cause
        """;
}
