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

        if (await context.Licenses.AsNoTracking().FirstOrDefaultAsync(one => one.Id == license, ct) is not { } before) return VppError.NotFound("licence", license.ToString());

        // A failed one is looked at as if it had never been wanted; the seat itself is for Seats to give.
        await context.Licenses
            .Where(one => one.Id == license)
            .ExecuteUpdateAsync(set => set
                .SetProperty(one => one.RevokedAt, (DateTimeOffset?)null)
                .SetProperty(one => one.RevokedAtArrival, (long?)null)
                .SetProperty(one => one.Wanted, one => one.Wanted && one.State != Core.Licenses.LicenseState.Failed), ct);

        await TryAppleAccountsAgain.HolderOfAsync(context, license, time.GetUtcNow(), ct);
        await Marks.PoolsAsync(context, [before.PoolId], cause, ct);
        await AuditTrail.OfRequest.WriteAsync(context, await NoteAsync(before, ct), ct);
        await transaction.CommitAsync(ct);
        return new Done();
    }

    /// <summary>What is forgiven. Which state comes of it is settled later, and stands in the ledger.</summary>
    private async Task<AuditNote> NoteAsync(License before, CancellationToken ct)
    {
        var changes = new Dictionary<string, AuditChange> { ["state"] = new(EnumText.Of(before.State), null) };
        if (before.Reason is { } reason) changes["reason"] = new(reason, null);
        if (before.RevokedAt is { } revokedAt) changes["revoked_at"] = new(revokedAt, null);
        var tags = await context.Apps.Where(app => app.PoolId == before.PoolId).Select(app => app.ScopeTags).ToListAsync(ct);
        return new AuditNote("Action assignAgain", "License", before.Id, changes, [.. tags.SelectMany(own => own).Distinct()]);
    }
}
