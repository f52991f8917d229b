namespace VppManager.Api.Sync;

/// <summary>The statements of <see cref="SyncMerge"/>. $1 is the tenant and $2 the location unless said otherwise; $3 the run and $4 the attempt.</summary>
internal static class MergeSql
{
    /// <summary>$1 run, $2 to $4 the attempts.</summary>
    public const string CountStaged = """
        select (select count(*) from staged_assets where run_id = $1 and attempt = $2),
               (select count(*) from staged_assignments where run_id = $1 and attempt = $3),
               (select count(*) from staged_users where run_id = $1 and attempt = $4)
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

    /// <summary>
    /// Apple's users; of the rows of one, the active one wins, and one of a status that nobody here knows says nothing. $5 ids, $6 now, $7 since when they were read. Those of others are kept, too. One of
    /// ours whom somebody else has retired is registered anew when next needed; those given up here, or refused for their account, stay so.
    /// </summary>
    public const string Users = """
        insert into apple_users as u (tenant_id, id, location_id, user_id, account, client_user_id, status, id_hash, changed_at)
        select $1, ($5 || lpad(to_hex(row_number() over ()), 7, '0'))::uuid, $2, null, 'personal', client_user_id, status, id_hash, $6
        from (
            select distinct on (client_user_id) client_user_id, id_hash,
                   case status when 'Registered' then 'registered' when 'Associated' then 'associated' else 'retired' end as status
            from staged_users where run_id = $3 and attempt = $4 and status in ('Registered', 'Associated', 'Retired', 'Deleted')
            order by client_user_id, status in ('Registered', 'Associated') desc, id_hash nulls last) n
        on conflict (tenant_id, location_id, client_user_id) do update
        set status = case when excluded.status = 'retired' and u.user_id is not null then 'new' else excluded.status end,
            id_hash = coalesce(excluded.id_hash, u.id_hash), reason = null, changed_at = excluded.changed_at,
            protected_invite_code = case when excluded.status = 'registered' then u.protected_invite_code end
        where u.changed_at < $7 and (u.user_id is null or (u.status <> 'retired' and not (u.status = 'failed' and u.account = 'managed')
            and (u.retire_asked_at is null or u.reason is null))) and case
            when excluded.status <> 'retired' then u.status <> excluded.status or (excluded.id_hash is not null and u.id_hash is distinct from excluded.id_hash)
            when u.user_id is null then u.status <> 'retired'
            else u.status in ('registered', 'associated') end
        """;

    /// <summary>Ours whom Apple does not know: registered anew when next needed. $5 now, $6 since when they were read.</summary>
    public const string MissingUsers = $"""
        update apple_users u
        set status = case when u.retire_asked_at is null then 'new' else 'retired' end, protected_invite_code = null, changed_at = $5
        where u.tenant_id = $1 and u.location_id = $2 and u.user_id is not null and u.status in ('registered', 'associated') and u.changed_at < $6 and {IsNoUser}
        """;

    /// <summary>Those of others whom Apple does not know any more. $5 since when they were read.</summary>
    public const string OthersGone = $"""
        delete from apple_users u where u.tenant_id = $1 and u.location_id = $2 and u.user_id is null and u.changed_at < $5 and {IsNoUser}
        """;

    public const string AllPools = "select id from pools where tenant_id = $1 and location_id = $2";

    /// <summary>The pools of which at least as many licences were read as Apple counts.</summary>
    public const string WholePools = """
        select p.id from pools p
        left join (
            select adam_id, pricing_param, count(*) as holders
            from (select distinct adam_id, pricing_param, holder_kind, holder from staged_assignments where run_id = $3 and attempt = $4) d
            group by adam_id, pricing_param) s on s.adam_id = p.adam_id and s.pricing_param = p.pricing_param
        where p.tenant_id = $1 and p.location_id = $2 and coalesce(s.holders, 0) >= p.apple_assigned
        """;

    /// <summary>What Apple counts and nobody here knows of, or the other way round (S6). What is on its way explains either.</summary>
    public const string Difference = $"""
        update pools p set apple_difference = d.difference
        from (
            select p.id, case
                when p.apple_assigned > p.taken then p.apple_assigned - p.taken
                when p.apple_assigned < p.taken - coalesce(w.holders, 0) then p.apple_assigned - p.taken + coalesce(w.holders, 0)
                else 0 end as difference
            from pools p left join ({SyncDifferences.OnTheWay}) w on w.pool_id = p.id
            where p.tenant_id = $1 and p.location_id = $2) d
        where p.tenant_id = $1 and p.id = d.id and p.apple_difference <> d.difference
        """;

    /// <summary>$3 list, $4 version, $5 now, $6 whether it was read whole.</summary>
    public const string Position = """
        insert into read_positions as r (tenant_id, location_id, list, version_id, read_at, read_whole_at) values ($1, $2, $3, $4, $5, $5)
        on conflict (tenant_id, location_id, list) do update
        set version_id = excluded.version_id, read_at = excluded.read_at, read_whole_at = case when $6 then excluded.read_at else r.read_whole_at end
        """;

    /// <summary>After a delta ($3 now): what it has changed, who may move up, and what is to be sent.</summary>
    public const string MarkChanged = """
        insert into marks (tenant_id, pool_id, cause)
        select $1, p.id, 'sync' from pools p
        where p.tenant_id = $1 and p.location_id = $2
          and ((p.taken < p.total and exists (select from licenses l where l.tenant_id = $1 and l.pool_id = p.id and l.state = 'waiting'))
            or exists (select from licenses l where l.tenant_id = $1 and l.pool_id = p.id and l.state in ('assigning', 'releasing') and l.request_id is null))
        order by p.id
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

    private const string IsNoUser =
        "not exists (select from staged_users s where s.run_id = $3 and s.attempt = $4 and s.client_user_id = u.client_user_id)";

    private const string IsGone = """
        not exists (select from staged_assets s where s.run_id = $3 and s.attempt = $4 and s.adam_id = p.adam_id and s.pricing_param = p.pricing_param)
        """;
}
