using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Api.Sync;
using VppManager.Core;
using VppManager.Core.Licenses;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>What a deleted token leaves at Apple.</summary>
/// <param name="LicensesLeftBehind">Licences that stay with their holders and that this service can no longer revoke.</param>
/// <param name="Warning">What cannot be had back; null when there is nothing of the kind.</param>
/// <param name="LicensesRevoked">By the later rules: licences that are taken back first. The token goes when Apple has done that.</param>
internal sealed record DeletedToken(int LicensesLeftBehind, string? Warning = null, int LicensesRevoked = 0);

/// <summary>
/// Deletes a token with its apps and assignments (T12). Nothing is revoked; by the later rules its licences are taken back first. With the last token of a location its pools and licences go too;
/// deleting a duplicate down to one makes that one valid again (T7).
/// </summary>
internal sealed class DeleteToken(VppContext context, TokenStates states, RequestSync sync, RevokeLicenses revoke, TimeProvider time)
{
    private const string LegacyWarning =
        "This was a legacy token. Its apps and assignments are gone with it: a location token uploaded now makes new apps, and everything has to be assigned again. "
        + "Renewing the legacy token with a location's would have kept them.";

    /// <param name="actor">Who deletes it.</param>
    public async Task<Outcome<DeletedToken>> ExecuteAsync(Guid id, string actor, CancellationToken ct)
    {
        await using (var transaction = await context.Database.BeginTransactionAsync(ct))
        {
            if (await RevokeFirstAsync(id, actor, time.GetUtcNow(), ct) is { } revoked)
            {
                await transaction.CommitAsync(ct);
                return revoked;
            }
        }

        return await DeleteNowAsync(id, ct);
    }

    /// <summary>Without taking anything back.</summary>
    public async Task<Outcome<DeletedToken>> DeleteNowAsync(Guid id, CancellationToken ct)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var (deleted, woken) = await ChangeAsync(id, ct);
        if (!deleted.IsOk) return deleted;
        await transaction.CommitAsync(ct);

        foreach (var valid in woken.Where(other => other.State is TokenState.Valid)) await sync.ExecuteAsync(context.Tenant!.Value, valid.Id, ct);
        return deleted;
    }

    /// <summary>The change itself, from within a transaction.</summary>
    /// <returns>What is left, and the tokens of the same location that stand otherwise now.</returns>
    public async Task<(Outcome<DeletedToken> Deleted, IReadOnlyList<Token> Woken)> ChangeAsync(Guid id, CancellationToken ct)
    {
        if (await context.Tokens.AsNoTracking().FirstOrDefaultAsync(token => token.Id == id, ct) is not { } token) return (VppError.NotFound("token", id.ToString()), []);

        var location = token.LocationId is null ? null : await TokenStates.LockAsync(context, token.LocationId.Value, ct);
        var others = location is null ? 0 : await context.Tokens.CountAsync(other => other.LocationId == location.Id && other.Id != id, ct);
        if (others > 0) await KeepLicensesAsync(id, ct);
        if (await context.Tokens.Where(t => t.Id == id).ExecuteDeleteAsync(ct) == 0) return (VppError.NotFound("token", id.ToString()), []);

        var leftBehind = location is not null && others == 0 ? await ForgetLocationAsync(location.Id, ct) : 0;
        var woken = location is not null && others > 0 ? await states.DecideAsync(context, location, ct) : [];
        return (new DeletedToken(leftBehind, token.IsLegacy ? LegacyWarning : null), woken);
    }

    /// <summary>
    /// By the later rules: gives nobody anything any more, takes all back that can be, and has the token deleted when that is done. From within a transaction.
    /// </summary>
    /// <returns>Null when there is nothing to take back, or no way to.</returns>
    public async Task<DeletedToken?> RevokeFirstAsync(Guid id, string actor, DateTimeOffset now, CancellationToken ct)
    {
        var isOf2026 = await context.Tenants.AnyAsync(tenant => tenant.Id == context.Tenant && tenant.Behavior == Behaviors.Intune2026, ct);
        var token = isOf2026 ? await context.Tokens.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id && one.State == TokenState.Valid, ct) : null;
        if (token?.LocationId is not { } location || await context.Tokens.AnyAsync(other => other.LocationId == location && other.Id != id, ct)) return null;

        var transaction = TenantTransaction.Within(context);
        await transaction.ExecuteAsync(Causes.Set(new Cause("tokenDeleted", actor)), ct);
        var revoked = await revoke.ChangeAsync(transaction, actor, new RevokeScope(Token: id), now, ct);
        if (!revoked.IsOk || revoked.Value == 0) return null;

        await WriteDownAsync(token, ct);
        await context.Assignments.Where(one => context.Apps.Any(app => app.Id == one.AppId && app.TokenId == id)).ExecuteDeleteAsync(ct);
        var stays = await context.Licenses.CountAsync(license =>
            license.State == LicenseState.Held && context.Pools.Any(pool => pool.Id == license.PoolId && pool.LocationId == location), ct);
        await transaction.ExecuteAsync(WorkQueue.Add(WorkQueue.Deletion, context.Tenant!.Value, [id], now), ct);
        return new DeletedToken(stays, LicensesRevoked: revoked.Value);
    }

    /// <summary>How many apps and assignments go with the token.</summary>
    public async Task<(int Apps, int Assignments)> ContentsAsync(Guid id, CancellationToken ct) => (
        await context.Apps.CountAsync(app => app.TokenId == id, ct),
        await context.Assignments.CountAsync(one => context.Apps.Any(app => app.Id == one.AppId && app.TokenId == id), ct));

    /// <summary>The token goes when nobody asks any more: whose doing that is has to be said now.</summary>
    private async Task WriteDownAsync(Token token, CancellationToken ct)
    {
        var (apps, assignments) = await ContentsAsync(token.Id, ct);
        var changes = new Dictionary<string, AuditChange>
        {
            ["display_name"] = new(token.DisplayName, null),
            ["apps"] = new(apps, 0),
            ["assignments"] = new(assignments, 0),
        };
        await AuditTrail.OfRequest.WriteAsync(context, new AuditNote("Delete VppToken", "VppToken", token.Id, changes, token.RoleScopeTagIds), ct);
    }

    // Of pools that were assigned through this token alone: their licences stay, though nothing asks for them any more.
    private Task<int> KeepLicensesAsync(Guid token, CancellationToken ct) => context.Database.ExecuteSqlAsync($"""
        update licenses l set tracked = false
        from pools p
        where p.tenant_id = {context.Tenant} and l.tenant_id = {context.Tenant} and l.pool_id = p.id and l.state in ('assigning', 'held') and l.tracked
          and exists (select from apps a join assignments s on s.tenant_id = a.tenant_id and s.app_id = a.id
                      where a.tenant_id = p.tenant_id and a.pool_id = p.id and a.token_id = {token})
          and not exists (select from apps a join assignments s on s.tenant_id = a.tenant_id and s.app_id = a.id
                          where a.tenant_id = p.tenant_id and a.pool_id = p.id and a.token_id <> {token})
        """, ct);

    private async Task<int> ForgetLocationAsync(Guid location, CancellationToken ct)
    {
        // Whoever is at work on these pools finishes first.
        await context.Database.ExecuteSqlAsync(
            $"select 1 from pools where tenant_id = {context.Tenant} and location_id = {location} order by id for update", ct);
        var leftBehind = await context.Licenses.CountAsync(license =>
            (license.State == LicenseState.Assigning || license.State == LicenseState.Held || license.State == LicenseState.Releasing)
            && context.Pools.Any(pool => pool.Id == license.PoolId && pool.LocationId == location), ct);

        await context.Database.ExecuteSqlAsync($"""
            delete from work where tenant_id = {context.Tenant} and ((lane = {WorkQueue.Plan} and key = {location})
                or key in (select id from apple_requests where tenant_id = {context.Tenant} and location_id = {location}))
            """, ct);
        await context.Locations.Where(place => place.Id == location).ExecuteDeleteAsync(ct);
        return leftBehind;
    }
}
