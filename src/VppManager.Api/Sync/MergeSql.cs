namespace VppManager.Api.Sync;

/// <summary>The statements of <see cref="SyncMerge"/>. $1 is the tenant and $2 the location unless said otherwise; $3 the run and $4 the attempt.</summary>
internal static class MergeSql
{
    /// <summary>$1 run, $2 and $3 the attempts.</summary>
    public const string CountStaged = """
        select (select count(*) from staged_assets where run_id = $1 and attempt = $2),
               (select count(*) from staged_assignments where run_id = $1 and attempt = $3)
        """;

    /// <summary>Apple's counts and flags. Seats are not touched.</summary>
    public const string Pools = """
        insert into pools as p (tenant_id, id, location_id, adam_id, pricing_param, product_type, total, taken, arrivals,
                                apple_assigned, apple_available, apple_retired, device_assignable, revocable, platforms)
        select $1, ($5 || lpad(to_hex(row_number() over ()), 7, '0'))::uuid, $2, adam_id, pricing_param, product_type, total, 0, 0,
               assigned, available, retired, device_assignable, revocable, platforms
        from (select distinct on (adam_id, pricing_param) * from staged_assets where run_id = $3 and attempt = $4 order by adam_id, pricing_param) s
        on conflict (tenant_id, location_id, adam_id, pricing_param) do update
        set product_type = excluded.product_type, total = excluded.total, apple_assigned = excluded.apple_assigned,
            apple_available = excluded.apple_available, apple_retired = excluded.apple_retired,
            device_assignable = excluded.device_assignable, revocable = excluded.revocable, platforms = excluded.platforms
        where (p.product_type, p.total, p.apple_assigned, p.apple_available, p.apple_retired, p.device_assignable, p.revocable, p.platforms)
            is distinct from (excluded.product_type, excluded.total, excluded.apple_assigned, excluded.apple_available, excluded.apple_retired,
                              excluded.device_assignable, excluded.revocable, excluded.platforms)
        """;

    /// <summary>What the location owns no more has no licences (S7).</summary>
    public const string EmptyGone = $"""
        update pools p set total = 0, apple_assigned = 0, apple_available = 0, apple_retired = 0
        where p.tenant_id = $1 and p.location_id = $2 and {IsGone}
        """;

    /// <summary>Nothing is assigned any more, and nobody holds or awaits a licence: it goes, with its apps (S7).</summary>
    public const string RemoveGone = $"""
        delete from pools p
        where p.tenant_id = $1 and p.location_id = $2 and {IsGone}
          and not exists (select from licenses l where l.tenant_id = $1 and l.pool_id = p.id and l.state not in ('released', 'failed'))
          and not exists (select from apps a join assignments s on s.tenant_id = $1 and s.app_id = a.id where a.tenant_id = $1 and a.pool_id = p.id)
        """;

    /// <summary>One app for each platform family. $5 token, $6 ids, $7 now. They have a name from the start.</summary>
    public const string Apps = """
        insert into apps (tenant_id, id, token_id, pool_id, kind, display_name, is_featured, genres, ipad, iphone, created_at, modified_at)
        select $1, ($6 || lpad(to_hex(row_number() over ()), 7, '0'))::uuid, $5, n.pool_id, n.kind, n.name, false, '{}', n.kind = 'ios', n.kind = 'ios', $7, $7
        from (
            select p.id as pool_id, k.kind, case when k.kind = 'book' then 'Book ' else 'App ' end || p.adam_id as name
            from pools p
            join (select distinct adam_id, pricing_param from staged_assets where run_id = $3 and attempt = $4) s
              on s.adam_id = p.adam_id and s.pricing_param = p.pricing_param
            cross join lateral (
                select 'book' as kind where p.product_type = 'Book'
                union all
                select 'macOs' where p.product_type <> 'Book' and p.platforms @> '{macOS}'
                union all
                select 'ios' where p.product_type <> 'Book' and (p.platforms && '{iOS,tvOS,watchOS,visionOS}' or not p.platforms @> '{macOS}')) k
            where p.tenant_id = $1 and p.location_id = $2) n
        on conflict (tenant_id, token_id, pool_id, kind) do nothing
        """;

    /// <summary>$3 now, $4 client user ids, $5 statuses, $6 hashes. Those given up here, or refused for their account, stay so.</summary>
    public const string Users = """
        update apple_users u
        set status = n.status, id_hash = coalesce(n.id_hash, u.id_hash), reason = null, changed_at = $3,
            protected_invite_code = case when n.status = 'registered' then u.protected_invite_code end
        from unnest($4::text[], $5::text[], $6::text[]) as n (client_user_id, status, id_hash)
        where u.tenant_id = $1 and u.location_id = $2 and u.client_user_id = n.client_user_id
          and u.status <> 'retired' and not (u.status = 'failed' and u.account = 'managed') and (u.retire_asked_at is null or u.reason is null)
        """;

    /// <summary>The pools of which at least as many licences were read as Apple counts.</summary>
    public const string WholePools = """
        select p.id from pools p
        left join (
            select adam_id, pricing_param, count(*) as holders
            from (select distinct adam_id, pricing_param, holder_kind, holder from staged_assignments where run_id = $3 and attempt = $4) d
            group by adam_id, pricing_param) s on s.adam_id = p.adam_id and s.pricing_param = p.pricing_param
        where p.tenant_id = $1 and p.location_id = $2 and coalesce(s.holders, 0) >= p.apple_assigned
        """;

    /// <summary>Whatever is assigned or wanted is looked at again: seats may have come free (L6).</summary>
    public const string Mark = """
        insert into marks (tenant_id, pool_id, cause)
        select $1, p.id, 'sync' from pools p
        where p.tenant_id = $1 and p.location_id = $2
          and (exists (select from apps a join assignments s on s.tenant_id = $1 and s.app_id = a.id where a.tenant_id = $1 and a.pool_id = p.id)
            or exists (select from licenses l where l.tenant_id = $1 and l.pool_id = p.id and l.wanted and l.tracked))
        order by p.id
        """;

    private const string IsGone = """
        not exists (select from staged_assets s where s.run_id = $3 and s.attempt = $4 and s.adam_id = p.adam_id and s.pricing_param = p.pricing_param)
        """;
}
