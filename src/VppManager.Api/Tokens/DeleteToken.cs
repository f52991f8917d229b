using Microsoft.EntityFrameworkCore;
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
internal sealed record DeletedToken(int LicensesLeftBehind, string? Warning = null);

/// <summary>
/// Deletes a token with its apps and assignments (T12). Nothing is revoked. With the last token of a location its pools and licences go too;
/// deleting a duplicate down to one makes that one valid again (T7).
/// </summary>
internal sealed class DeleteToken(VppContext context, TokenStates states, RequestSync sync)
{
    private const string LegacyWarning =
        "This was a legacy token. Its apps and assignments are gone with it: a location token uploaded now makes new apps, and everything has to be assigned again. "
        + "Renewing the legacy token with a location's would have kept them.";

    public async Task<Outcome<DeletedToken>> ExecuteAsync(Guid id, CancellationToken ct)
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
