using VppManager.Api.Directory;

namespace VppManager.Api.Licenses;

/// <summary>Which kinds of assignments there are, so that a statement reads only what they need.</summary>
/// <param name="HasLicenses">Whether anybody holds or waits already.</param>
internal sealed record EntitlementShape(bool Groups, bool Exclusions, bool AllUsers, bool AllDevices, bool ForDevices, bool ForUsers, bool HasLicenses)
{
    /// <summary>Parameters: $1 tenant, $2 pools.</summary>
    public const string Read = """
        select coalesce(bool_or(s.target = 'group' and not s.excluded), false), coalesce(bool_or(s.excluded), false),
               coalesce(bool_or(s.target = 'allUsers'), false), coalesce(bool_or(s.target = 'allDevices'), false),
               coalesce(bool_or(s.license_type = 'device' and not s.excluded), false), coalesce(bool_or(s.license_type = 'user' and not s.excluded), false),
               exists (select from licenses l where l.tenant_id = $1 and l.pool_id = any ($2))
        from apps a join assignments s on s.tenant_id = $1 and s.app_id = a.id
        where a.tenant_id = $1 and a.pool_id = any ($2) and (s.excluded or s.intent = 'required')
        """;

    public static EntitlementShape From(System.Data.Common.DbDataReader row) =>
        new(row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6));
}

/// <summary>
/// Who is entitled to which pool, as common table expressions in front of a statement: assignments × groups × directory.
/// Parameters: $1 tenant, $2 pools, $3 members (users with all their devices) when narrowed to some of them.
/// </summary>
internal static class Entitlement
{
    /// <summary>Makes the Apple users that the entitled will need. One more statement in front: a statement does not see its own inserts.</summary>
    public const string MissingAppleUsers = """

        insert into apple_users (tenant_id, id, location_id, user_id, account, client_user_id, status, reason, changed_at)
        select $1, gen_random_uuid(), w.location_id, w.user_id, w.account, gen_random_uuid()::text,
               case when n.needed then 'failed' else 'new' end, case when n.needed then 'noManagedAppleAccount' end, $4
        from (select distinct location_id, user_id, account from addressed_user) w
        cross join lateral (
            select w.account = 'managed' and not exists (
                select from users u where u.tenant_id = $1 and u.id = w.user_id and u.managed_apple_id is not null) as needed) n
        where not exists (select from apple_users au
                          where au.tenant_id = $1 and au.location_id = w.location_id and au.user_id = w.user_id and au.account = w.account
                            and au.retire_asked_at is null)
        """;

    public static string Of(EntitlementShape shape, bool some) =>
        Scope
        + (shape.Groups || shape.Exclusions ? Tree : "")
        + (shape.Exclusions ? LeftOut(some) : "")
        + $",\naddressed as not materialized (\n{Union(Addressed(shape, some), NobodyAddressed)})"
        + $",\naddressed_device as not materialized (\n{Union(shape.ForDevices ? Devices(some) : [], NoDevice)})"
        + (shape.ForUsers ? EnrolledByUsers(some) : "")
        + $",\naddressed_user as not materialized (\n{Union(shape.ForUsers ? Users(some) : [], NoUser)})"
        + Entitled;

    private const string Scope = """
        with recursive
        scope as (
            -- Nothing can be given through a legacy token (T11).
            select p.id, p.location_id, case when o.is_legacy then 0 else p.total - p.taken end as free, p.arrivals, p.revocable, o.is_legacy
            from pools p join locations o on o.tenant_id = $1 and o.id = p.location_id
            where p.tenant_id = $1 and p.id = any ($2)),
        target as materialized (
            select a.pool_id, a.kind, s.target, s.group_id, s.excluded, s.license_type, s.seq
            from apps a join assignments s on s.tenant_id = $1 and s.app_id = a.id
            where a.tenant_id = $1 and a.pool_id = any ($2) and (s.excluded or s.intent = 'required'))
        """;

    private const string Tree = """
        ,
        tree (root, group_id, joined) as (
            select distinct group_id, group_id, 0::bigint from target where group_id is not null
            union
            select t.root, gm.member_id, greatest(t.joined, gm.joined)
            from tree t join group_members gm on gm.tenant_id = $1 and gm.group_id = t.group_id and gm.member_kind = 'group')
        """;

    private static string LeftOut(bool some) => $"""
        ,
        left_out as materialized (
            select distinct t.pool_id, gm.member_id
            from target t join tree on tree.root = t.group_id
            join group_members gm on gm.tenant_id = $1 and gm.group_id = tree.group_id and gm.member_kind <> 'group'
            where t.excluded {(some ? "and gm.member_id = any ($3)" : "")})
        """;

    private static IEnumerable<string> Addressed(EntitlementShape shape, bool some)
    {
        string NotLeftOut(string member) =>
            shape.Exclusions ? $"and not exists (select from left_out o where o.pool_id = t.pool_id and o.member_id = {member})" : "";

        if (shape.Groups)
            yield return $"""
                select t.pool_id, t.kind, t.license_type, t.seq, gm.member_kind, gm.member_id, greatest(t.seq, tree.joined, gm.joined) as arrival, gm.joined
                from target t join tree on tree.root = t.group_id
                join group_members gm on gm.tenant_id = $1 and gm.group_id = tree.group_id and gm.member_kind <> 'group'
                where not t.excluded and t.target = 'group' {(some ? "and gm.member_id = any ($3)" : "")} {NotLeftOut("gm.member_id")}
                """;
        if (shape.AllUsers)
            yield return $"""
                select t.pool_id, t.kind, t.license_type, t.seq, 'user' as member_kind, u.id as member_id,
                       greatest(t.seq, u.arrival) as arrival, u.arrival as joined
                from target t join users u on u.tenant_id = $1
                where t.target = 'allUsers' {(some ? "and u.id = any ($3)" : "")} {NotLeftOut("u.id")}
                """;
        if (shape.AllDevices)
            yield return $"""
                select t.pool_id, t.kind, t.license_type, t.seq, 'device' as member_kind, d.id as member_id,
                       greatest(t.seq, d.arrival) as arrival, d.arrival as joined
                from target t join devices d on d.tenant_id = $1
                where t.target = 'allDevices' {(some ? "and d.id = any ($3)" : "")} {NotLeftOut("d.id")}
                """;
    }

    private static string[] Devices(bool some) =>
    [
        $"""
        select a.pool_id, a.kind, a.seq, a.arrival, a.joined, d.id, d.serial_number, d.user_id, d.operating_system
        from addressed a join devices d on d.tenant_id = $1 and d.id = a.member_id
        where a.license_type = 'device' and a.member_kind = 'device' and {CanHoldLicenses}
        """,
        $"""
        select a.pool_id, a.kind, a.seq, greatest(a.arrival, d.arrival), a.joined, d.id, d.serial_number, d.user_id, d.operating_system
        from addressed a join users u on u.tenant_id = $1 and u.id = a.member_id and u.account_enabled
        join devices d on d.tenant_id = $1 and d.user_id = a.member_id
        where a.license_type = 'device' and a.member_kind = 'user' and {CanHoldLicenses} {(some ? "and d.id = any ($3)" : "")}
        """,
    ];

    /// <summary>Users with devices enrolled by Apple's User Enrollment, and whether they have no others.</summary>
    private static string EnrolledByUsers(bool some) => $"""
        ,
        user_enrolled as materialized (
            select e.user_id, not exists (
                select from devices o
                where o.tenant_id = $1 and o.user_id = e.user_id and o.management_state = 'managed'
                  and o.enrollment_type not in ({EnrollmentTypes.UserEnrollment})) as only
            from (select distinct d.user_id from devices d
                  where d.tenant_id = $1 and d.user_id is not null and d.management_state = 'managed'
                    and d.enrollment_type in ({EnrollmentTypes.UserEnrollment}) {(some ? "and d.user_id = any ($3)" : "")}) e)
        """;

    /// <summary>
    /// A user who is addressed needs the account that their devices use: the managed one on those of User Enrollment, the personal one on all others
    /// and before they have any (L3). A device that is addressed needs the account that it uses itself.
    /// </summary>
    private static string[] Users(bool some) =>
    [
        """
        select s.location_id, a.pool_id, a.seq, a.arrival, a.joined, u.id as user_id,
               unnest(case when e.user_id is null then array['personal'] when e.only then array['managed'] else array['personal', 'managed'] end) as account
        from addressed a join users u on u.tenant_id = $1 and u.id = a.member_id and u.account_enabled
        join scope s on s.id = a.pool_id
        left join user_enrolled e on e.user_id = u.id
        where a.license_type = 'user' and a.member_kind = 'user'
        """,
        $"""
        select s.location_id, a.pool_id, a.seq, a.arrival, a.joined, u.id,
               case when d.enrollment_type in ({EnrollmentTypes.UserEnrollment}) then 'managed' else 'personal' end
        from addressed a join devices d on d.tenant_id = $1 and d.id = a.member_id and d.management_state = 'managed'
        join users u on u.tenant_id = $1 and u.id = d.user_id and u.account_enabled
        join scope s on s.id = a.pool_id
        where a.license_type = 'user' and a.member_kind = 'device' {(some ? "and u.id = any ($3)" : "")}
        """,
    ];

    private const string Entitled = """
        ,
        entitled as materialized (
            select pool_id, 'device' as holder_kind, serial_number as holder, id as device_id, user_id,
                   min(arrival) as arrival, min(joined) as joined, max(seq) as newest
            from addressed_device
            where (kind = 'ios' and operating_system in ('iOS', 'iPadOS')) or (kind = 'macOs' and operating_system = 'macOS')
            group by pool_id, serial_number, id, user_id
            union all
            select w.pool_id, 'user', au.client_user_id, null, w.user_id, min(w.arrival), min(w.joined), max(w.seq)
            from addressed_user w
            join apple_users au on au.tenant_id = $1 and au.location_id = w.location_id and au.user_id = w.user_id and au.account = w.account
             and au.retire_asked_at is null
            group by w.pool_id, au.client_user_id, w.user_id)
        """;

    private const string NobodyAddressed = """
        select null::uuid as pool_id, null::text as kind, null::text as license_type, null::bigint as seq, null::text as member_kind,
               null::uuid as member_id, null::bigint as arrival, null::bigint as joined where false
        """;

    private const string NoDevice = """
        select null::uuid as pool_id, null::text as kind, null::bigint as seq, null::bigint as arrival, null::bigint as joined,
               null::uuid as id, null::text as serial_number, null::uuid as user_id, null::text as operating_system where false
        """;

    private const string NoUser = """
        select null::uuid as location_id, null::uuid as pool_id, null::bigint as seq, null::bigint as arrival, null::bigint as joined,
               null::uuid as user_id, null::text as account where false
        """;

    /// <summary>Managed, and not enrolled by Apple's User Enrollment (L10).</summary>
    private const string CanHoldLicenses = $"""
        d.management_state = 'managed' and d.enrollment_type not in ({EnrollmentTypes.UserEnrollment})
        """;

    private static string Union(IEnumerable<string> parts, string none) => string.Join("\nunion all\n", parts.DefaultIfEmpty(none));
}
