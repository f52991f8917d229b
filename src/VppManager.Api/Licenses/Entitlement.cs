namespace VppManager.Api.Licenses;

/// <summary>
/// Who is entitled to which pool, as common table expressions in front of a statement: assignments × groups × directory.
/// Parameters: $1 tenant, $2 pools, $3 members (users and devices) when narrowed to some of them.
/// </summary>
internal static class Entitlement
{
    /// <summary>Everybody who may be entitled to the pools.</summary>
    public static readonly string OfAll = Compose(groupMember: "", user: "", device: "");

    /// <summary>Only the members in $3. A user must stand there together with all devices of that user.</summary>
    public static readonly string OfSome = Compose(
        groupMember: "and gm.member_id = any ($3)", user: "and u.id = any ($3)", device: "and d.id = any ($3)");

    /// <summary>Makes the Apple users that the entitled will need. One more statement in front: a statement does not see its own inserts.</summary>
    public const string MissingAppleUsers = """

        insert into apple_users (tenant_id, id, location_id, user_id, account, client_user_id, status, changed_at)
        select $1, gen_random_uuid(), w.location_id, w.user_id, 'personal', gen_random_uuid()::text, 'new', $4
        from (select distinct location_id, user_id from addressed_user) w
        where not exists (select from apple_users au
                          where au.tenant_id = $1 and au.location_id = w.location_id and au.user_id = w.user_id and au.account = 'personal')
        """;

    private static string Compose(string groupMember, string user, string device) => $"""
        with recursive
        scope as (
            select id, location_id, total - taken as free, arrivals, revocable from pools where tenant_id = $1 and id = any ($2)),
        target as materialized (
            select a.pool_id, a.kind, s.target, s.group_id, s.excluded, s.license_type, s.seq
            from apps a join assignments s on s.tenant_id = $1 and s.app_id = a.id
            where a.tenant_id = $1 and a.pool_id = any ($2) and (s.excluded or s.intent = 'required')),
        tree (root, group_id, joined) as (
            select distinct group_id, group_id, 0::bigint from target where group_id is not null
            union
            select t.root, gm.member_id, greatest(t.joined, gm.joined)
            from tree t join group_members gm on gm.tenant_id = $1 and gm.group_id = t.group_id and gm.member_kind = 'group'),
        left_out as materialized (
            select distinct t.pool_id, gm.member_id
            from target t join tree on tree.root = t.group_id
            join group_members gm on gm.tenant_id = $1 and gm.group_id = tree.group_id and gm.member_kind <> 'group'
            where t.excluded {groupMember}),
        addressed as (
            select t.pool_id, t.kind, t.license_type, t.seq, gm.member_kind, gm.member_id,
                   greatest(t.seq, tree.joined, gm.joined) as arrival, gm.joined
            from target t join tree on tree.root = t.group_id
            join group_members gm on gm.tenant_id = $1 and gm.group_id = tree.group_id and gm.member_kind <> 'group'
            where not t.excluded and t.target = 'group' {groupMember}
              and not exists (select from left_out o where o.pool_id = t.pool_id and o.member_id = gm.member_id)
            union all
            select t.pool_id, t.kind, t.license_type, t.seq, 'user', u.id, greatest(t.seq, u.arrival), u.arrival
            from target t join users u on u.tenant_id = $1
            where t.target = 'allUsers' {user}
              and not exists (select from left_out o where o.pool_id = t.pool_id and o.member_id = u.id)
            union all
            select t.pool_id, t.kind, t.license_type, t.seq, 'device', d.id, greatest(t.seq, d.arrival), d.arrival
            from target t join devices d on d.tenant_id = $1
            where t.target = 'allDevices' {device}
              and not exists (select from left_out o where o.pool_id = t.pool_id and o.member_id = d.id)),
        addressed_device as (
            select a.pool_id, a.kind, a.seq, a.arrival, a.joined, d.id, d.serial_number, d.user_id, d.operating_system
            from addressed a join devices d on d.tenant_id = $1 and d.id = a.member_id
            where a.license_type = 'device' and a.member_kind = 'device' and {CanHoldLicenses}
            union all
            select a.pool_id, a.kind, a.seq, greatest(a.arrival, d.arrival), a.joined, d.id, d.serial_number, d.user_id, d.operating_system
            from addressed a join users u on u.tenant_id = $1 and u.id = a.member_id and u.account_enabled
            join devices d on d.tenant_id = $1 and d.user_id = a.member_id
            where a.license_type = 'device' and a.member_kind = 'user' and {CanHoldLicenses} {device}),
        addressed_user as (
            select s.location_id, a.pool_id, a.seq, a.arrival, a.joined, u.id as user_id
            from addressed a join users u on u.tenant_id = $1 and u.id = a.member_id and u.account_enabled
            join scope s on s.id = a.pool_id
            where a.license_type = 'user' and a.member_kind = 'user'
            union all
            select s.location_id, a.pool_id, a.seq, a.arrival, a.joined, u.id
            from addressed a join devices d on d.tenant_id = $1 and d.id = a.member_id and d.management_state = 'managed'
            join users u on u.tenant_id = $1 and u.id = d.user_id and u.account_enabled
            join scope s on s.id = a.pool_id
            where a.license_type = 'user' and a.member_kind = 'device' {user}),
        entitled as materialized (
            select pool_id, 'device' as holder_kind, serial_number as holder, id as device_id, user_id,
                   min(arrival) as arrival, min(joined) as joined, max(seq) as newest
            from addressed_device
            where (kind = 'ios' and operating_system in ('iOS', 'iPadOS')) or (kind = 'macOs' and operating_system = 'macOS')
            group by pool_id, serial_number, id, user_id
            union all
            select w.pool_id, 'user', au.client_user_id, null, w.user_id, min(w.arrival), min(w.joined), max(w.seq)
            from addressed_user w
            join apple_users au on au.tenant_id = $1 and au.location_id = w.location_id and au.user_id = w.user_id and au.account = 'personal'
            group by w.pool_id, au.client_user_id, w.user_id)
        """;

    /// <summary>Managed, and not enrolled by Apple's User Enrollment (L10).</summary>
    private const string CanHoldLicenses = """
        d.management_state = 'managed' and d.enrollment_type not in
            ('appleUserEnrollment', 'appleUserEnrollmentWithServiceAccount', 'appleAccountDrivenUserEnrollment')
        """;
}
