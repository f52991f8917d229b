using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Apps;

/// <summary>
/// Apps that came from Apple cannot be deleted (G3). By the later behaviour they can, once they have no licences; their assignments go with them.
/// </summary>
internal sealed class DeleteApp(VppContext context)
{
    public async Task<Outcome<Done>> ExecuteAsync(Caller caller, Guid id, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var app = await context.Apps.FromSql($"select * from apps where tenant_id = {caller.TenantId} and id = {id} for update")
            .AsNoTracking().SingleOrDefaultAsync(ct);
        if (app is null) return VppError.NotFound("app", id.ToString());

        var behavior = await context.Tenants.Where(tenant => tenant.Id == caller.TenantId).Select(tenant => tenant.Behavior).SingleOrDefaultAsync(ct);
        if (behavior != Behaviors.Intune2026) return VppError.SyncedAppCannotBeDeleted;
        if (await context.Pools.AnyAsync(pool => pool.Id == app.PoolId && (pool.Total > 0 || pool.Taken > 0), ct)) return VppError.AppHasLicenses;

        await context.Apps.Where(one => one.Id == id).ExecuteDeleteAsync(ct);
        await Marks.PoolsAsync(context, [app.PoolId], new Cause("appDeleted", caller.Actor), ct);
        await transaction.CommitAsync(ct);
        return default(Done);
    }
}
