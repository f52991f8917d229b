namespace VppManager.Benchmarks;

/// <summary>A tenant with one app and a group of so many devices.</summary>
internal static class Holders
{
    public static async Task<Guid> SeedAsync(BenchDatabase database, int size, CancellationToken ct)
    {
        var tenant = Guid.CreateVersion7();
        await database.ExecuteAsync(Seed, ct, tenant, size);
        await database.ExecuteAsync("analyze devices, group_members", ct);
        return tenant;
    }

    /// <summary>The assignment and its mark: what an administrator's call leaves behind.</summary>
    public static Task AssignAsync(BenchDatabase database, Guid tenant, CancellationToken ct) => database.ExecuteAsync(Assign, ct, tenant);

    /// <summary>The very rows that the service has made, in the order in which it made them.</summary>
    public static Task PreparePlainAsync(BenchDatabase database, Guid tenant, CancellationToken ct) => database.ExecuteAsync("""
        create unlogged table rows_to_insert as select * from licenses where tenant_id = $1 order by place;
        create table licenses_plain (like licenses including all,
            foreign key (tenant_id, pool_id) references pools (tenant_id, id) on delete cascade)
        """.Replace("$1", $"'{tenant}'", StringComparison.Ordinal), ct);

    public static Task InsertPlainAsync(BenchDatabase database, CancellationToken ct) =>
        database.ExecuteAsync("insert into licenses_plain select * from rows_to_insert", ct);

    public static Task ForgetAsync(BenchDatabase database, CancellationToken ct) => database.ExecuteAsync("""
        drop table rows_to_insert, licenses_plain;
        truncate licenses, license_ledger, group_members, devices, assignments, apps, pools, tokens, locations, groups, work, marks cascade
        """, ct);

    private const string Seed = """
        with place as (
            insert into locations (tenant_id, id, uid) select $1, gen_random_uuid(), gen_random_uuid()::text returning id),
        token as (
            insert into tokens (tenant_id, id, location_id, account_type, automatically_update_apps, data_sharing_consent_granted, claim_from_external_mdm,
                                role_scope_tag_ids, protected_secret, state, expires_at, created_at, modified_at, last_sync_status)
            select $1, gen_random_uuid(), id, 'business', true, true, false, '{0}', '', 'valid', now(), now(), now(), 'completed' from place returning id),
        pool as (
            insert into pools (tenant_id, id, location_id, adam_id, pricing_param, product_type, total, taken, arrivals,
                               apple_assigned, apple_available, apple_retired, device_assignable, revocable, platforms)
            select $1, gen_random_uuid(), id, '1', 'STDQ', 'App', $2, 0, 0, 0, $2, 0, true, true, '{iOS}' from place returning id),
        app as (
            insert into apps (tenant_id, id, token_id, pool_id, kind, is_featured, genres, ipad, iphone, created_at, modified_at)
            select $1, gen_random_uuid(), token.id, pool.id, 'ios', false, '{}', true, true, now(), now() from token, pool),
        team as (
            insert into groups (tenant_id, id, display_name, created_at) select $1, gen_random_uuid(), 'Everybody', now() returning id),
        device as (
            insert into devices (tenant_id, id, serial_number, azure_ad_device_id, directory_object_id, operating_system, is_supervised,
                                 owner_type, enrollment_type, management_state, enrolled_at, last_sync_at)
            select $1, md5(n::text || $1)::uuid, 'SN' || lpad(n::text, 10, '0'), gen_random_uuid(), gen_random_uuid(), 'iPadOS', true,
                   'company', 'appleBulkWithoutUser', 'managed', now(), now()
            from generate_series(1, $2) n returning id)
        insert into group_members (tenant_id, group_id, member_id, member_kind) select $1, team.id, device.id, 'device' from device, team
        """;

    private const string Assign = """
        with made as (
            insert into assignments (tenant_id, id, app_id, target, excluded, group_id, intent, license_type, filter_type, created_at, modified_at)
            select $1, gen_random_uuid(), a.id, 'group', false, g.id, 'required', 'device', 'none', now(), now()
            from apps a, groups g where a.tenant_id = $1 and g.tenant_id = $1 returning app_id)
        insert into marks (tenant_id, pool_id, cause) select $1, a.pool_id, 'assignment' from made join apps a on a.tenant_id = $1 and a.id = made.app_id
        """;
}
