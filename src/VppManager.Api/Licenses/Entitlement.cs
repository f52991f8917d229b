using VppManager.Api.Apps;
using VppManager.Api.Directory;

namespace VppManager.Api.Licenses;

/// <summary>
/// Who is entitled to which pool, as common table expressions in front of a statement: assignments × groups × directory.
/// Parameters: $1 tenant, $2 pools, $3 members (users with all their devices) when narrowed to some of them.
/// </summary>
internal static partial class Entitlement
{
    /// <summary>Makes the Apple users that the entitled will need. One more statement in front: a statement does not see its own inserts.</summary>
    public const string MissingAppleUsers = """

        insert into apple_users (tenant_id, id, location_id, user_id, account, client_user_id, status, reason, changed_at)
        select $1, gen_random_uuid(), w.location_id, w.user_id, w.account, gen_random_uuid()::text,
               case when n.needed then 'failed' else 'new' end, case when n.needed then 'noManagedAppleAccount' end, $4
        from (select distinct location_id, user_id, account from wanted_user) w
        cross join lateral (
            select w.account = 'managed' and not exists (
                select from users u where u.tenant_id = $1 and u.id = w.user_id and u.managed_apple_id is not null) as needed) n
        where not exists (select from apple_users au
                          where au.tenant_id = $1 and au.location_id = w.location_id and au.user_id = w.user_id and au.account = w.account
                            and au.retire_asked_at is null)
        """;

    public static string Of(EntitlementShape shape, bool some) =>
        Scope(some)
        + Target(shape)
        + (shape.Groups || shape.Exclusions ? Tree : "")
        + (shape.Exclusions ? LeftOut(some) : "")
        + Addressed(shape, some)
        + (shape.Asked ? Asked(shape, some) : "")
        + $",\naddressed_device as not materialized (\n{Union(shape.ForDevices ? Devices(shape, some) : [], NoDevice)})"
        + (shape.ForUsers ? EnrolledByUsers(some) : "")
        + $",\naddressed_user as not materialized (\n{Union(shape.ForUsers ? Users(shape, some) : [], NoUser)})"
        + EntitledDevice
        + (shape.Keeps ? Kept(shape, some) : "")
        + WantedUser(shape)
        + Entitled(shape);

    /// <summary>
    /// A pool that was marked as a whole since is left to that: settled now for some, they would pass those who come by the same change before them
    /// (L5); settled now by the shape of assignments that are replaced already, nobody would seem to be entitled.
    /// </summary>
    private static string Scope(bool some) => $"""
        with recursive
        scope as (
            -- Nothing can be given through a legacy token (T11).
            select p.id, p.location_id, case when o.is_legacy then 0 else p.total - p.taken end as free, p.arrivals, p.revocable, o.is_legacy
            from pools p join locations o on o.tenant_id = $1 and o.id = p.location_id
            where p.tenant_id = $1 and p.id = any ($2)
              and not exists (select from marks m where m.tenant_id = $1 and m.pool_id = p.id {(some ? "" : "and m.cause = 'assignment'")}))
        """;

    private static string Target(EntitlementShape shape) => $"""
        ,
        target as materialized (
            select a.pool_id, a.id as app_id, a.kind, a.ipad and not a.iphone as ipad_only,
                   s.target, s.group_id, s.excluded, s.intent, s.license_type, s.seq, s.modified_at
            from apps a join assignments s on s.tenant_id = $1 and s.app_id = a.id
            where a.tenant_id = $1 and a.pool_id = any ($2) and (s.excluded or s.intent {(shape.OtherIntents ? "in ('required', 'available', 'uninstall')" : "= 'required'")})
            {(shape.Former ? FormerTargets : "")})
        """;

    private const string FormerTargets = """
        union all
        select a.pool_id, a.id, a.kind, false, f.target, f.group_id, false, 'former', f.license_type, 0, null
        from apps a join former_assignments f on f.tenant_id = $1 and f.app_id = a.id
        where a.tenant_id = $1 and a.pool_id = any ($2)
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
            select distinct t.app_id, gm.member_id
            from target t join tree on tree.root = t.group_id
            join group_members gm on gm.tenant_id = $1 and gm.group_id = tree.group_id and gm.member_kind <> 'group'
            where t.excluded {(some ? "and gm.member_id = any ($3)" : "")})
        """;

    /// <summary>Whom the assignments name. Other intents than Required are there only when they decide about something.</summary>
    private static string Addressed(EntitlementShape shape, bool some) => shape.OtherIntents
        ? $"""
        ,
        reached as materialized (
        {Union(Reached(shape, some), NobodyReached)}),
        addressed as not materialized (select * from reached where intent = 'required')
        """
        : $",\naddressed as not materialized (\n{Union(Reached(shape, some), NobodyReached)})";

    private static IEnumerable<string> Reached(EntitlementShape shape, bool some)
    {
        const string Terms = "t.pool_id, t.app_id, t.kind, t.ipad_only, t.intent, t.license_type, t.seq, t.modified_at";

        string NotLeftOut(string member) =>
            shape.Exclusions ? $"and not exists (select from left_out o where o.app_id = t.app_id and o.member_id = {member})" : "";

        if (shape.Groups)
            yield return $"""
                select {Terms}, gm.member_kind, gm.member_id, greatest(t.seq, tree.joined, gm.joined) as arrival, gm.joined
                from target t join tree on tree.root = t.group_id
                join group_members gm on gm.tenant_id = $1 and gm.group_id = tree.group_id and gm.member_kind <> 'group'
                where not t.excluded and t.target = 'group' {(some ? "and gm.member_id = any ($3)" : "")} {NotLeftOut("gm.member_id")}
                """;
        if (shape.AllUsers)
            yield return $"""
                select {Terms}, 'user' as member_kind, u.id as member_id, greatest(t.seq, u.arrival) as arrival, u.arrival as joined
                from target t join users u on u.tenant_id = $1
                where t.target = 'allUsers' {(some ? "and u.id = any ($3)" : "")} {NotLeftOut("u.id")}
                """;
        if (shape.AllDevices)
            yield return $"""
                select {Terms}, 'device' as member_kind, d.id as member_id, greatest(t.seq, d.arrival) as arrival, d.arrival as joined
                from target t join devices d on d.tenant_id = $1
                where t.target = 'allDevices' {(some ? "and d.id = any ($3)" : "")} {NotLeftOut("d.id")}
                """;
    }

    private static IEnumerable<string> Devices(EntitlementShape shape, bool some)
    {
        yield return $"""
            select a.pool_id, a.seq, a.arrival, a.joined, d.id, d.serial_number, d.user_id
            from addressed a join devices d on d.tenant_id = $1 and d.id = a.member_id
            where a.license_type = 'device' and a.member_kind = 'device' and {CanHoldLicenses} and {Runs("a")}
            """;
        yield return $"""
            select a.pool_id, a.seq, greatest(a.arrival, d.arrival), a.joined, d.id, d.serial_number, d.user_id
            from addressed a join users u on u.tenant_id = $1 and u.id = a.member_id and u.account_enabled
            join devices d on d.tenant_id = $1 and d.user_id = a.member_id
            where a.license_type = 'device' and a.member_kind = 'user' and {CanHoldLicenses} and {Runs("a")} {(some ? "and d.id = any ($3)" : "")}
            """;
        if (shape.Asked) yield return AskingDevices(shape);
    }

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
    private static IEnumerable<string> Users(EntitlementShape shape, bool some)
    {
        yield return """
            select s.location_id, a.pool_id, a.seq, a.arrival, a.joined, u.id as user_id,
                   unnest(case when e.user_id is null then array['personal'] when e.only then array['managed'] else array['personal', 'managed'] end) as account,
                   a.kind, a.ipad_only, false as by_device
            from addressed a join users u on u.tenant_id = $1 and u.id = a.member_id and u.account_enabled
            join scope s on s.id = a.pool_id
            left join user_enrolled e on e.user_id = u.id
            where a.license_type = 'user' and a.member_kind = 'user'
            """;
        yield return $"""
            select s.location_id, a.pool_id, a.seq, a.arrival, a.joined, u.id, {AccountOf("d")}, a.kind, a.ipad_only, true
            from addressed a join devices d on d.tenant_id = $1 and d.id = a.member_id and d.management_state = 'managed'
            join users u on u.tenant_id = $1 and u.id = d.user_id and u.account_enabled
            join scope s on s.id = a.pool_id
            where a.license_type = 'user' and a.member_kind = 'device' and {Runs("a")} {(some ? "and u.id = any ($3)" : "")} {UnlessLicensed(shape)}
            """;
        if (shape.Asked) yield return AskingUsers(shape);
    }

    private const string EntitledDevice = """
        ,
        entitled_device as (
            select pool_id, 'device' as holder_kind, serial_number as holder, id as device_id, user_id,
                   min(arrival) as arrival, min(joined) as joined, max(seq) as newest
            from addressed_device group by pool_id, serial_number, id, user_id)
        """;

    /// <summary>
    /// Whose devices cannot run the app needs no licence of it (L14); nor whose devices all have licences of their own (L9). Who has no devices yet gets one.
    /// </summary>
    private static string WantedUser(EntitlementShape shape)
    {
        if (shape is not { ForUsers: true, OwnedDevices: true }) return ",\nwanted_user as (select * from addressed_user)";

        var mixed = shape.ForDevices || shape.StaysWithDevices;
        return (mixed ? Covered(shape) : "") + $"""
            ,
            own as materialized (
                select u.pool_id, u.user_id, bool_or(d.operating_system is null or {Runs("u")}) as can_run,
                       bool_and({(mixed ? "c.holder is not null" : "false")})
                           filter (where d.enrollment_type not in ({EnrollmentTypes.UserEnrollment}) and {Runs("u")}) as covered
                from (select distinct pool_id, user_id, kind, ipad_only from addressed_user where not by_device) u
                join devices d on d.tenant_id = $1 and d.user_id = u.user_id and d.management_state = 'managed'
                {(mixed ? "left join covered c on c.pool_id = u.pool_id and c.holder = d.serial_number" : "")}
                group by u.pool_id, u.user_id),
            wanted_user as (
                select w.* from addressed_user w left join own o on o.pool_id = w.pool_id and o.user_id = w.user_id
                where w.by_device or o.user_id is null or (o.can_run and not (w.account = 'personal' and coalesce(o.covered, false))))
            """;
    }

    /// <summary>Devices that have or get licences of their own.</summary>
    private static string Covered(EntitlementShape shape) => $"""
        ,
        covered as materialized (
            select pool_id, holder from entitled_device
            {(shape.StaysWithDevices ? "union select pool_id, holder from kept where holder_kind = 'device'" : "")})
        """;

    private static string Entitled(EntitlementShape shape) => $"""
        ,
        entitled as materialized (
            select * from entitled_device
            union all
            select w.pool_id, 'user', au.client_user_id, null, w.user_id, min(w.arrival), min(w.joined), max(w.seq)
            from wanted_user w
            join apple_users au on au.tenant_id = $1 and au.location_id = w.location_id and au.user_id = w.user_id and au.account = w.account
             and au.retire_asked_at is null
            group by w.pool_id, au.client_user_id, w.user_id
            {(shape.Keeps ? "union all select pool_id, holder_kind, holder, device_id, user_id, 0, 0, 0 from kept" : "")})
        """;

    private const string NobodyReached = """
        select null::uuid as pool_id, null::uuid as app_id, null::text as kind, null::boolean as ipad_only, null::text as intent, null::text as license_type,
               null::bigint as seq, null::timestamptz as modified_at, null::text as member_kind, null::uuid as member_id, null::bigint as arrival,
               null::bigint as joined where false
        """;

    private const string NoDevice = """
        select null::uuid as pool_id, null::bigint as seq, null::bigint as arrival, null::bigint as joined,
               null::uuid as id, null::text as serial_number, null::uuid as user_id where false
        """;

    private const string NoUser = """
        select null::uuid as location_id, null::uuid as pool_id, null::bigint as seq, null::bigint as arrival, null::bigint as joined,
               null::uuid as user_id, null::text as account, null::text as kind, null::boolean as ipad_only, null::boolean as by_device where false
        """;

    /// <summary>Managed, and not enrolled by Apple's User Enrollment (L10).</summary>
    private const string CanHoldLicenses = $"""
        d.management_state = 'managed' and d.enrollment_type not in ({EnrollmentTypes.UserEnrollment})
        """;

    private static string Runs(string app) => AppPlatforms.Runs($"{app}.kind", $"{app}.ipad_only");

    private static string AccountOf(string device) =>
        $"case when {device}.enrollment_type in ({EnrollmentTypes.UserEnrollment}) then 'managed' else 'personal' end";

    private static string Union(IEnumerable<string> parts, string none) => string.Join("\nunion all\n", parts.DefaultIfEmpty(none));
}
