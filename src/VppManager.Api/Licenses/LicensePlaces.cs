using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>The five devices that a user's licence is good for (L2).</summary>
internal static class LicensePlaces
{
    public const int Most = 5;

    /// <summary>
    /// Makes these the user licences that the device uses: the places it had in others come free. Devices that ask for one licence take turns; a
    /// device that is no longer managed, or has another user now, does not count.
    /// </summary>
    /// <returns>Those of the licences in which the device has a place now.</returns>
    public static async Task<HashSet<Guid>> TakeAsync(TenantTransaction transaction, Guid device, Guid[] licenses, DateTimeOffset now, CancellationToken ct)
    {
        var tenant = transaction.Tenant;
        await transaction.ExecuteAsync(Sql.Command(Free, tenant, device, licenses), ct);
        if (licenses.Length == 0) return [];

        // A statement sees what was committed before it began: the turn is waited for in one of its own.
        await transaction.ExecuteAsync(Sql.Command(TakeTurns, tenant, licenses), ct);
        await transaction.ExecuteAsync(Sql.Command(Take, tenant, device, licenses, now, Most), ct);
        return [.. await transaction.ReadAsync(Sql.Command(Taken, tenant, device, licenses), row => row.GetGuid(0), ct)];
    }

    private const string Free = "delete from license_devices where tenant_id = $1 and device_id = $2 and license_id <> all ($3)";

    private const string TakeTurns = """
        select pg_advisory_xact_lock(hashtextextended('places ' || $1::text || k::text, 0)) from (select k from unnest($2::uuid[]) k order by k) ordered
        """;

    private const string Take = """
        with left_management as (
            delete from license_devices p using devices d
            where p.tenant_id = $1 and p.license_id = any ($3) and d.tenant_id = $1 and d.id = p.device_id and d.management_state <> 'managed')
        insert into license_devices (tenant_id, license_id, device_id, since)
        select $1, k, $2, $4 from unnest($3::uuid[]) k
        where (select count(*) from license_devices p join devices d on d.tenant_id = $1 and d.id = p.device_id and d.management_state = 'managed'
               join licenses l on l.tenant_id = $1 and l.id = k and d.user_id = coalesce(l.user_id, d.user_id)
               where p.tenant_id = $1 and p.license_id = k and p.device_id <> $2) < $5
        on conflict do nothing
        """;

    private const string Taken = "select license_id from license_devices where tenant_id = $1 and device_id = $2 and license_id = any ($3)";
}
