using VppManager.Api.Apps.Installs;
using VppManager.Api.Data;
using VppManager.Core.Apps;
using VppManager.Core.Assignments;

namespace VppManager.Api.Licenses.Previews;

/// <summary>What devices would not get though somebody means them to have it, whatever licences there are: told by the rules of a check-in.</summary>
internal static class PreviewedInstalls
{
    /// <summary>How many devices are looked at.</summary>
    public const int MostDevices = 5000;

    private const string NotApplicable = "notApplicable";

    /// <summary>Whom the app's assignments reach, or could but for an exclusion.</summary>
    public static async Task<Guid[]> DevicesOfAsync(TenantTransaction transaction, Guid app, CancellationToken ct) =>
        [.. await transaction.ReadAsync(Sql.Command(DevicesOfApp, transaction.Tenant, app, MostDevices), row => row.GetGuid(0), ct)];

    /// <summary>The devices among the members of a group, and those of the users among them.</summary>
    public static async Task<Guid[]> DevicesOfAsync(TenantTransaction transaction, IReadOnlyCollection<Guid> members, CancellationToken ct) =>
        [.. await transaction.ReadAsync(Sql.Command(DevicesOfMembers, transaction.Tenant, members.ToArray(), MostDevices), row => row.GetGuid(0), ct)];

    public static async Task<IReadOnlyList<PreviewRefusal>> RefusedAsync(TenantTransaction transaction, Guid[] devices, Guid? app, Guid[] pools, CancellationToken ct)
    {
        if (devices.Length == 0) return [];

        var apps = await transaction.ReadAsync(Sql.Command("select id from apps where tenant_id = $1 and pool_id = any ($2)", transaction.Tenant, pools), row => row.GetGuid(0), ct);
        var concerned = apps.ToHashSet();
        var rows = await DeviceAppRows.ReadAsync(transaction, devices, app, withPlaces: false, ct);
        var meant = rows.FindAll(row => row.AppId == app || concerned.Contains(row.AppId)).FindAll(IsMeant);
        var reasons = meant.Select(ReasonOf).OfType<string>().Concat(BeyondFiveDevices(meant));
        return [.. reasons.CountBy(reason => reason).Select(one => new PreviewRefusal(one.Key, one.Value))];
    }

    private static bool IsMeant(DeviceAppRow row) => row.Intent is EffectiveIntent.Required || (row.Intent is EffectiveIntent.Available && row.Facts.IsAsked);

    private static string? ReasonOf(DeviceAppRow row) => AppOnDevice.Decide(row.Facts) switch
    {
        { State: DeviceAppState.NotApplicable } => NotApplicable,
        { State: DeviceAppState.Failed, Fault: { IsOfDevice: false } fault } => fault.Code,
        _ => null,
    };

    /// <summary>Devices that come to a licence of a user for whom five have come before (L2).</summary>
    private static IEnumerable<string> BeyondFiveDevices(IEnumerable<DeviceAppRow> rows) =>
        from row in rows
        where row is { UserLicenseId: not null, Facts: { UsesUserLicense: true, IsApplicable: true } } && ReasonOf(row) is null
        group row by row.UserLicenseId into ofLicense
        from _ in ofLicense.Skip(LicensePlaces.Most)
        select InstallFault.LicenseOnFiveDevices.Code;

    private const string DevicesOfApp = """
        with recursive tree (group_id) as (
            select group_id from assignments where tenant_id = $1 and app_id = $2 and group_id is not null and not excluded
            union
            select gm.member_id from tree t join group_members gm on gm.tenant_id = $1 and gm.group_id = t.group_id and gm.member_kind = 'group'),
        members as materialized (
            select gm.member_id from tree t join group_members gm on gm.tenant_id = $1 and gm.group_id = t.group_id and gm.member_kind <> 'group')
        select d.id from devices d
        where d.tenant_id = $1 and d.management_state = 'managed'
          and (d.id in (select member_id from members) or d.user_id in (select member_id from members)
               or exists (select from assignments s where s.tenant_id = $1 and s.app_id = $2 and s.target <> 'group'))
        order by d.id limit $3
        """;

    private const string DevicesOfMembers = """
        select d.id from devices d
        where d.tenant_id = $1 and d.management_state = 'managed' and (d.id = any ($2) or d.user_id = any ($2))
        order by d.id limit $3
        """;
}
