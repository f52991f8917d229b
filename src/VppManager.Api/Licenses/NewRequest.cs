using VppManager.Api.Data;

namespace VppManager.Api.Licenses;

/// <summary>A request to Apple that was just planned.</summary>
internal static class NewRequest
{
    /// <summary>Writes it down, to be sent as soon as the transaction has committed.</summary>
    public static async Task AddAsync(TenantTransaction transaction, AppleRequest request, CancellationToken ct)
    {
        await transaction.ExecuteAsync(Sql.Command("""
            insert into apple_requests (tenant_id, id, location_id, kind, pool_ids, serial_numbers, client_user_ids, state, attempts, created_at)
            values ($1, $2, $3, $4, $5, $6, $7, 'queued', 0, $8)
            """, transaction.Tenant, request.Id, request.LocationId, EnumText.Of(request.Kind),
            request.PoolIds, request.SerialNumbers, request.ClientUserIds, request.CreatedAt), ct);
        await transaction.ExecuteAsync(WorkQueue.Add(WorkQueue.Request, transaction.Tenant, [request.Id], request.CreatedAt), ct);
    }
}
