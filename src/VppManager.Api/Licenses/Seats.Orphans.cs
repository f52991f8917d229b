using Npgsql;
using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>Seats of devices that are not managed any more (L16).</summary>
internal static partial class Seats
{
    /// <summary>Takes back what is still held by devices that are not managed. They do not come again by themselves; a device that is enrolled anew may have one.</summary>
    /// <param name="which">Selects the ids of the licences; asked once the pools are locked.</param>
    /// <returns>The pool of each that is taken back.</returns>
    public static async Task<List<Guid>> ReclaimAsync(TenantTransaction transaction, Guid[] pools, NpgsqlBatchCommand which, DateTimeOffset now, CancellationToken ct)
    {
        await LockAsync(transaction, pools, ct);
        Guid[] ids = [.. await transaction.ReadAsync(which, row => row.GetGuid(0), ct)];
        return await transaction.ReadAsync(Sql.Command("""
            update licenses l set state = 'releasing', wanted = false, changed_at = $4, reason = null
            from pools p
            where l.tenant_id = $1 and l.pool_id = any ($2) and l.id = any ($3) and l.state = 'held' and p.tenant_id = $1 and p.id = l.pool_id and p.revocable
            returning l.pool_id
            """, transaction.Tenant, pools, ids, now), row => row.GetGuid(0), ct);
    }
}
