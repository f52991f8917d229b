namespace VppManager.Api.Licenses;

/// <summary>What users asked for and may install (A3).</summary>
internal static partial class Entitlement
{
    /// <summary>
    /// A request stands while an Available assignment addresses the user, nothing requires the app, and no Uninstall addresses the user (A6).
    /// Where two of them address the user, the device's licence goes before the user's.
    /// </summary>
    private static string Asked(EntitlementShape shape, bool some) => $"""
        ,
        asked as materialized (
            select distinct on (i.app_id, i.device_id)
                   a.pool_id, i.app_id, i.device_id, i.user_id, r.kind, r.ipad_only, r.license_type, r.seq,
                   greatest(r.arrival, i.seq) as arrival, i.seq as joined, i.asked_at, r.modified_at
            from apps a
            join portal_installs i on i.tenant_id = $1 and i.app_id = a.id
            join reached r on r.app_id = i.app_id and r.intent = 'available' and r.member_kind = 'user' and r.member_id = i.user_id
            where a.tenant_id = $1 and a.pool_id = any ($2) {(some ? "and i.user_id = any ($3)" : "")}
              and not exists (select from reached x where x.intent = 'required' and x.app_id = i.app_id and x.member_id = i.user_id)
              and not exists (select from reached x where x.intent = 'required' and x.app_id = i.app_id and x.member_id = i.device_id)
              and not exists (select from reached x where x.intent = 'uninstall' and x.app_id = i.app_id and x.member_id = i.user_id)
            order by i.app_id, i.device_id, r.license_type, r.seq)
        """ + (AsksAnew(shape) ? NotAskedAnew : "");

    /// <summary>By the later rules only what is required moves by itself; who installed an available app as a user asks anew to have it on the device (L8).</summary>
    private static bool AsksAnew(EntitlementShape shape) => shape is { IsOf2026: true, UserLicenses: true, ForDevices: true };

    private const string NotAskedAnew = $"""
        ,
        not_asked_anew as materialized (
            select k.app_id, k.device_id, l.pool_id, l.holder, l.user_id
            from asked k
            join licenses l on l.tenant_id = $1 and l.pool_id = k.pool_id and l.holder_kind = 'user' and l.user_id = k.user_id
             and {Holding}
            where k.license_type = 'device' and k.asked_at <= k.modified_at
              and not exists (select from licenses h where h.tenant_id = $1 and h.pool_id = k.pool_id and h.holder_kind = 'device'
                                and h.device_id = k.device_id and h.wanted))
        """;

    private static string AskingDevices(EntitlementShape shape) => $"""
        select k.pool_id, k.seq, k.arrival, k.joined, d.id, d.serial_number, d.user_id
        from asked k join users u on u.tenant_id = $1 and u.id = k.user_id and u.account_enabled
        join devices d on d.tenant_id = $1 and d.id = k.device_id and d.user_id = k.user_id
        where k.license_type = 'device' and {CanHoldLicenses} and {Runs("k")}
          {(AsksAnew(shape) ? "and not exists (select from not_asked_anew n where n.app_id = k.app_id and n.device_id = k.device_id)" : "")}
        """;

    private static string AskingUsers(EntitlementShape shape) => $"""
        select s.location_id, k.pool_id, k.seq, k.arrival, k.joined, u.id, {AccountOf("d")}, k.kind, k.ipad_only, true
        from asked k join users u on u.tenant_id = $1 and u.id = k.user_id and u.account_enabled
        join devices d on d.tenant_id = $1 and d.id = k.device_id and d.user_id = k.user_id and d.management_state = 'managed'
        join scope s on s.id = k.pool_id
        where k.license_type = 'user' and {Runs("k")} {UnlessLicensed(shape)}
        """;

    /// <summary>The device has a licence of its own already, and keeps it (L9).</summary>
    private static string UnlessLicensed(EntitlementShape shape) => shape.StaysWithDevices
        ? $"""
          and not exists (select from licenses l where l.tenant_id = $1 and l.pool_id = s.id and l.holder_kind = 'device' and l.holder = d.serial_number and {Holding})
          """
        : "";
}
