using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>Licences that were found at Apple before their devices were known here.</summary>
internal static partial class Seats
{
    /// <summary>Devices that are new here come to own what Apple has said their serial numbers hold; whose seat it is does not change.</summary>
    public static async Task LinkAsync(TenantTransaction transaction, Guid[] devices, CancellationToken ct)
    {
        if (devices.Length == 0) return;

        var ownerless = devices.Length > FewMembers ? OwnerlessOfMany : OwnerlessOfFew;
        Guid[] pools = [.. await transaction.ReadAsync(Sql.Command($"select distinct o.pool_id from ({ownerless}) o", transaction.Tenant, devices), row => row.GetGuid(0), ct)];
        if (pools.Length == 0) return;

        await LockAsync(transaction, pools, ct);
        await transaction.ExecuteAsync(Sql.Command($"""
            update licenses l set device_id = o.device_id, user_id = o.user_id
            from ({ownerless}) o where l.tenant_id = $1 and l.id = o.id and l.device_id is null
            """, transaction.Tenant, devices), ct);
    }

    /// <summary>Those whose device came while a sync that found them was not yet through: neither could see the other.</summary>
    private const string LinkOwnerless = """
        update licenses l set device_id = d.id, user_id = d.user_id
        from devices d
        where l.tenant_id = $1 and l.pool_id = any ($2) and l.holder_kind = 'device' and l.device_id is null and d.tenant_id = $1 and d.serial_number = l.holder
        """;

    /// <summary>One index probe for each pool, however many licences there are.</summary>
    private const string OwnerlessOfFew = """
        select l.id, l.pool_id, d.id as device_id, d.user_id
        from devices d cross join pools p cross join lateral (
            select l.id, l.pool_id, l.device_id from licenses l
            where l.tenant_id = $1 and l.pool_id = p.id and l.holder_kind = 'device' and l.holder = d.serial_number offset 0) l
        where d.tenant_id = $1 and d.id = any ($2) and p.tenant_id = $1 and l.device_id is null
        """;

    private const string OwnerlessOfMany = """
        select l.id, l.pool_id, d.id as device_id, d.user_id
        from licenses l join devices d on d.tenant_id = $1 and d.serial_number = l.holder and d.id = any ($2)
        where l.tenant_id = $1 and l.holder_kind = 'device' and l.device_id is null
        """;
}
