using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace VppManager.Api.Data;

internal static class TenantContexts
{
    /// <summary>Begins a transaction for a tenant. What the context loaded before is forgotten, so that nothing stale is written back.</summary>
    public static Task<IDbContextTransaction> BeginAsync(this VppContext context, Guid tenant, CancellationToken ct)
    {
        context.ChangeTracker.Clear();
        context.Tenant = tenant;
        return context.Database.BeginTransactionAsync(ct);
    }

    /// <summary>Saves, unless that would break a unique index; then nothing is written and the context is empty again.</summary>
    public static async Task<bool> TrySaveAsync(this VppContext context, string uniqueIndex, CancellationToken ct)
    {
        try
        {
            await context.SaveChangesAsync(ct);
            return true;
        }
        catch (DbUpdateException failed) when (failed.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } violation
                                               && violation.ConstraintName == uniqueIndex)
        {
            context.ChangeTracker.Clear();
            return false;
        }
    }
}
