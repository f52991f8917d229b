namespace VppManager.Api.Licenses;

/// <summary>What there is to look at, so that a statement reads only what it needs.</summary>
/// <param name="HasLicenses">Whether anybody holds or waits already.</param>
/// <param name="Asked">Whether users have asked for one of the apps that they may install (A3).</param>
/// <param name="Former">Whether assignments were taken away that leave the licences where they are (L20 of 2026).</param>
/// <param name="DeviceLicenses">Whether devices have, or had, licences.</param>
/// <param name="UserLicenses">Whether users have, or had, licences.</param>
/// <param name="OwnedDevices">Whether there are devices that belong to a user.</param>
/// <param name="IsOf2026">Whose rules apply where Intune's pages changed.</param>
internal sealed record EntitlementShape(
    bool Groups, bool Exclusions, bool AllUsers, bool AllDevices, bool ForDevices, bool ForUsers, bool HasLicenses,
    bool Asked, bool Former, bool DeviceLicenses, bool UserLicenses, bool OwnedDevices, bool IsOf2026)
{
    /// <summary>Whether intents besides Required decide about anything.</summary>
    public bool OtherIntents => Asked || Former;

    /// <summary>Whether users may have to keep their licences until their devices have theirs (L8, L10).</summary>
    public bool MovesToDevices => ForDevices && UserLicenses;

    /// <summary>Whether devices may keep licences though their users are to have them now (L9).</summary>
    public bool StaysWithDevices => ForUsers && DeviceLicenses;

    public bool Keeps => MovesToDevices || StaysWithDevices || Former;

    /// <summary>Parameters: $1 tenant, $2 pools.</summary>
    public const string Read = """
        with rule as (
            select exists (select from tenants t where t.id = $1 and t.behavior = 'intune2026') as later,
                   exists (select from apps a join portal_installs i on i.tenant_id = $1 and i.app_id = a.id where a.tenant_id = $1 and a.pool_id = any ($2))
                   and exists (select from apps a join assignments s on s.tenant_id = $1 and s.app_id = a.id
                               where a.tenant_id = $1 and a.pool_id = any ($2) and s.intent = 'available' and not s.excluded) as asked),
        assigned as (
            select s.target, s.excluded, s.intent, s.license_type
            from apps a join assignments s on s.tenant_id = $1 and s.app_id = a.id
            where a.tenant_id = $1 and a.pool_id = any ($2)
            union all
            select f.target, false, 'former', f.license_type
            from apps a join former_assignments f on f.tenant_id = $1 and f.app_id = a.id
            where a.tenant_id = $1 and a.pool_id = any ($2) and (select later from rule)),
        counted as (
            select target, excluded, intent, license_type, bool_or(intent = 'former') over () as former from assigned)
        select coalesce(bool_or(s.target = 'group' and not s.excluded), false), coalesce(bool_or(s.excluded), false),
               coalesce(bool_or(s.target = 'allUsers'), false), coalesce(bool_or(s.target = 'allDevices'), false),
               coalesce(bool_or(s.license_type = 'device' and not s.excluded and s.intent in ('required', 'available')), false),
               coalesce(bool_or(s.license_type = 'user' and not s.excluded and s.intent in ('required', 'available')), false),
               exists (select from licenses l where l.tenant_id = $1 and l.pool_id = any ($2)),
               coalesce(bool_or(r.asked), false), coalesce(bool_or(s.former), false),
               exists (select from licenses l where l.tenant_id = $1 and l.pool_id = any ($2) and l.holder_kind = 'device'),
               exists (select from licenses l where l.tenant_id = $1 and l.pool_id = any ($2) and l.holder_kind = 'user'),
               exists (select from devices d where d.tenant_id = $1 and d.user_id is not null),
               coalesce(bool_or(r.later), false)
        from rule r left join counted s on s.excluded or s.intent = 'required' or r.asked or s.former
        """;

    public static EntitlementShape From(System.Data.Common.DbDataReader row) => new(
        row.GetBoolean(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3), row.GetBoolean(4), row.GetBoolean(5), row.GetBoolean(6),
        row.GetBoolean(7), row.GetBoolean(8), row.GetBoolean(9), row.GetBoolean(10), row.GetBoolean(11), row.GetBoolean(12));
}
