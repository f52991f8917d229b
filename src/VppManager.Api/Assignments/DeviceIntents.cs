using VppManager.Api.Directory;

namespace VppManager.Api.Assignments;

/// <summary>
/// What the assignments want of each app on some devices (A6), as common table expressions in front of a statement. The rule is
/// <see cref="Core.Assignments.IntentRules"/>, said in SQL. Parameters: $1 tenant, $2 devices.
/// </summary>
internal static class DeviceIntents
{
    /// <summary>
    /// Gives <c>dev</c>, the managed ones of the devices, and <c>intents</c>: device, app, intent, whether the portal offers it, the assignment that won
    /// and its licence type, and whether the user asked for it.
    /// </summary>
    public const string Sql = Devices + Addressed + Resolved;

    private const string Devices = $"""
        with recursive
        dev as materialized (
            select d.*, d.enrollment_type in ({EnrollmentTypes.UserEnrollment}) as user_enrolled, u.id as active_user
            from devices d left join users u on u.tenant_id = $1 and u.id = d.user_id and u.account_enabled
            where d.tenant_id = $1 and d.id = any ($2) and d.management_state = 'managed')
        """;

    /// <summary>From the members up to the groups: a device and its user are in few, whatever the size of the tenant.</summary>
    private const string Addressed = """
        ,
        belongs (device_id, kind, group_id) as (
            select d.id, m.kind, gm.group_id
            from dev d cross join lateral (values ('device', d.id), ('user', d.active_user)) m (kind, member_id)
            join group_members gm on gm.tenant_id = $1 and gm.member_id = m.member_id and gm.member_kind = m.kind
            union
            select b.device_id, b.kind, gm.group_id
            from belongs b join group_members gm on gm.tenant_id = $1 and gm.member_id = b.group_id and gm.member_kind = 'group'),
        addressed as materialized (
            select b.device_id, b.kind, s.id, s.app_id, s.excluded, s.intent, s.license_type, s.seq
            from belongs b join assignments s on s.tenant_id = $1 and s.group_id = b.group_id
            union all
            select d.id, case s.target when 'allUsers' then 'user' else 'device' end, s.id, s.app_id, s.excluded, s.intent, s.license_type, s.seq
            from dev d join assignments s on s.tenant_id = $1 and s.target <> 'group' and (s.target = 'allDevices' or d.active_user is not null)),
        live as materialized (
            select a.* from addressed a
            -- Available is for users: a device that has come into their group is offered nothing by it (A2).
            where not a.excluded and (a.kind = 'user' or a.intent <> 'available') and not exists (
                select from addressed o where o.excluded and o.device_id = a.device_id and o.kind = a.kind and o.app_id = a.app_id))
        """;

    private const string Resolved = """
        ,
        intents as materialized (
            select x.device_id, x.app_id, e.intent, x.required and x.available or x.available and not x.user_uninstall as is_offered,
                   w.id as assignment_id, w.license_type, x.is_asked
            from (
                select a.device_id, a.app_id, bool_or(a.intent = 'required') as required, bool_or(a.intent = 'available') as available,
                       bool_or(a.intent = 'uninstall' and a.kind = 'user') as user_uninstall,
                       bool_or(a.intent = 'uninstall' and a.kind = 'device') as device_uninstall,
                       exists (select from portal_installs pi join dev d on d.id = pi.device_id and d.active_user = pi.user_id
                               where pi.tenant_id = $1 and pi.app_id = a.app_id and pi.device_id = a.device_id and pi.removed_at is null) as is_asked
                from live a group by a.device_id, a.app_id) x
            join dev d on d.id = x.device_id
            cross join lateral (
                select case
                    when x.required then 'required'
                    when x.user_uninstall then 'uninstall'
                    when x.available then case when x.device_uninstall and not x.is_asked then 'uninstall' else 'available' end
                    when x.device_uninstall then 'uninstall'
                    else 'none' end as intent) e
            left join lateral (
                -- What is offered and not yet asked for counts by the assignment that offers it.
                select a.id, a.license_type from live a
                where a.device_id = x.device_id and a.app_id = x.app_id
                  and a.intent = case when e.intent = 'uninstall' and x.available and not x.user_uninstall then 'available' else e.intent end
                order by ((a.license_type = 'device') = d.user_enrolled), a.seq limit 1) w on true)
        """;
}
