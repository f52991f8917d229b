using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Core;

namespace VppManager.Api.Licenses;

/// <summary>Lets a revoked or failed holder have its licence again, without touching the assignment (L21).</summary>
internal sealed class AssignAgain(VppContext context, TimeProvider time)
{
    public async Task<Outcome<Done>> ExecuteAsync(Guid tenant, string actor, Guid license, CancellationToken ct)
    {
        context.Tenant = tenant;
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var cause = new Cause("assignAgain", actor);
        await context.Database.ExecuteSqlAsync($"select set_config('app.cause', {cause.Name}, true), set_config('app.actor', {actor}, true)", ct);

        // A failed one is looked at as if it had never been wanted; the seat itself is for Seats to give.
        var forgiven = await context.Licenses
            .Where(one => one.Id == license)
            .ExecuteUpdateAsync(set => set
                .SetProperty(one => one.RevokedAt, (DateTimeOffset?)null)
                .SetProperty(one => one.RevokedAtArrival, (long?)null)
                .SetProperty(one => one.Wanted, one => one.Wanted && one.State != Core.Licenses.LicenseState.Failed), ct);
        if (forgiven == 0) return VppError.NotFound("licence", license.ToString());

        await TryAppleAccountsAgain.HolderOfAsync(context, license, time.GetUtcNow(), ct);
        var pools = await context.Licenses.Where(one => one.Id == license).Select(one => one.PoolId).ToArrayAsync(ct);
        await Marks.PoolsAsync(context, pools, cause, ct);
        await AuditTrail.OfRequest.WriteAsync(context, "Action assignAgain", "License", license, null, ct);
        await transaction.CommitAsync(ct);
        return new Done();
    }
}
