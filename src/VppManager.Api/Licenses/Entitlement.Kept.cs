using VppManager.Api.Directory;

namespace VppManager.Api.Licenses;

/// <summary>Licences that nobody would be given now, and that stay all the same.</summary>
internal static partial class Entitlement
{
    private static string Kept(EntitlementShape shape, bool some) => $"""
        ,
        live as materialized (
        {Live(some)}),
        kept as materialized (
        {string.Join("\nunion\n", Reasons(shape))})
        """;

    private const string Holding = "l.wanted and l.tracked and l.state in ('assigning', 'held')";

    /// <summary>Who holds now, with everybody by whom an assignment could mean that holder: the device, the user.</summary>
    private static string Live(bool some) => $"""
        select l.pool_id, l.holder_kind, l.holder, l.device_id, l.user_id, d.id as member_id, {CanHoldLicenses} as can_hold
        from licenses l join devices d on d.tenant_id = $1 and d.serial_number = l.holder and d.management_state = 'managed'
        where l.tenant_id = $1 and l.pool_id = any ($2) and l.holder_kind = 'device' and {Holding} {(some ? "and l.device_id = any ($3)" : "")}
        union all
        select l.pool_id, l.holder_kind, l.holder, l.device_id, l.user_id, d.user_id, {CanHoldLicenses}
        from licenses l join devices d on d.tenant_id = $1 and d.serial_number = l.holder and d.management_state = 'managed'
        join users u on u.tenant_id = $1 and u.id = d.user_id and u.account_enabled
        where l.tenant_id = $1 and l.pool_id = any ($2) and l.holder_kind = 'device' and {Holding} {(some ? "and l.device_id = any ($3)" : "")}
        union all
        select l.pool_id, l.holder_kind, l.holder, l.device_id, l.user_id, l.user_id, true
        from licenses l join users u on u.tenant_id = $1 and u.id = l.user_id and u.account_enabled
        where l.tenant_id = $1 and l.pool_id = any ($2) and l.holder_kind = 'user' and {Holding} {(some ? "and l.user_id = any ($3)" : "")}
        union all
        select l.pool_id, l.holder_kind, l.holder, l.device_id, l.user_id, d.id, {CanHoldLicenses}
        from licenses l join users u on u.tenant_id = $1 and u.id = l.user_id and u.account_enabled
        join devices d on d.tenant_id = $1 and d.user_id = l.user_id and d.management_state = 'managed'
        where l.tenant_id = $1 and l.pool_id = any ($2) and l.holder_kind = 'user' and {Holding} {(some ? "and l.user_id = any ($3)" : "")}
        """;

    /// <summary>Users whose devices of User Enrollment an assignment would license.</summary>
    private static string AddressedThrough(string member) => $"""
        select a.pool_id, d.user_id from addressed a join devices d on d.tenant_id = $1 and d.{member} = a.member_id
        where a.license_type = 'device' and d.management_state = 'managed' and d.enrollment_type in ({EnrollmentTypes.UserEnrollment})
        """;

    private static IEnumerable<string> Reasons(EntitlementShape shape)
    {
        const string Columns = "v.pool_id, v.holder_kind, v.holder, v.device_id, v.user_id";

        if (shape.MovesToDevices)
        {
            // L8: the device's licence first. Until each device of the user that is to have one holds it, the user's licence serves.
            yield return $"""
                select {Columns}
                from live v join (
                    select distinct e.pool_id, e.user_id
                    from entitled_device e
                    left join licenses h on h.tenant_id = $1 and h.pool_id = e.pool_id and h.holder_kind = 'device' and h.holder = e.holder and h.state = 'held'
                    where e.user_id is not null and h.id is null) m on m.pool_id = v.pool_id and m.user_id = v.user_id
                where v.holder_kind = 'user' and v.member_id = v.user_id
                """;
            // L10: devices of User Enrollment cannot have licences of their own.
            yield return $"""
                select {Columns}
                from live v
                join apple_users au on au.tenant_id = $1 and au.client_user_id = v.holder and au.user_id = v.user_id and au.account = 'managed'
                join ({AddressedThrough("user_id")} union {AddressedThrough("id")}) n on n.pool_id = v.pool_id and n.user_id = v.user_id
                where v.holder_kind = 'user' and v.member_id = v.user_id
                """;
        }

        // L9: what a device has, it keeps, though its user would be given the licence now.
        if (shape.StaysWithDevices)
        {
            yield return $"""
                select {Columns}
                from live v join addressed a on a.pool_id = v.pool_id and a.member_id = v.member_id and a.license_type = 'user'
                where v.holder_kind = 'device' and v.can_hold
                """;
            if (shape.Asked)
                yield return $"""
                    select {Columns}
                    from live v join asked k on k.pool_id = v.pool_id and k.device_id = v.member_id and k.license_type = 'user'
                    where v.holder_kind = 'device' and v.can_hold
                    """;
        }

        if (shape.Asked && AsksAnew(shape))
            yield return "select n.pool_id, 'user', n.holder, null::uuid, n.user_id from not_asked_anew n";

        // L20 of 2026: the assignment is gone, the licence stays until an Uninstall asks for it back.
        if (shape.Former)
            yield return $"""
                select {Columns}
                from live v join reached r on r.intent = 'former' and r.pool_id = v.pool_id and r.member_id = v.member_id
                where not exists (select from live o join reached x on x.intent = 'uninstall' and x.pool_id = o.pool_id and x.member_id = o.member_id
                                  where o.pool_id = v.pool_id and o.holder_kind = v.holder_kind and o.holder = v.holder)
                """;
    }
}
