using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Apple.Tokens;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>A token that a location's licences can be managed through.</summary>
/// <param name="Id">Which one: <see cref="TokenStates.RejectAsync"/> wants to know when Apple refuses it.</param>
/// <param name="IsReadOnly">Apple takes no writes from it, as far as is known.</param>
internal sealed record LocationToken(Guid Id, ContentToken Content, bool IsReadOnly);

/// <summary>Picks the token to call Apple with.</summary>
internal sealed class LocationTokens(DbContextOptions<VppContext> database, TokenSecrets secrets, TokenStates states, TimeProvider time)
{
    /// <summary>
    /// The valid token of the location, else one of its duplicates (T7, L22); null when none may manage licences now, nor may a suspended tenant.
    /// Every answer to it is looked at for the owner it names (T8): after the first that names another, nothing is sent with it any more.
    /// </summary>
    public async Task<LocationToken?> FindAsync(Guid tenant, Guid location, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        var now = time.GetUtcNow();
        var best = await context.Tokens
            .Where(_ => !context.Tenants.Any(one => one.Id == tenant && one.SuspendedAt != null))
            .Where(token => token.LocationId == location && !token.IsLegacy && token.ExpiresAt > now
                && (token.State == TokenState.Valid || token.State == TokenState.DuplicateLocationId))
            .OrderBy(token => token.StateCause == TokenCauses.ReadOnly).ThenByDescending(token => token.State == TokenState.Valid)
            .ThenByDescending(token => token.ExpiresAt).ThenBy(token => token.Id)
            .Join(context.Locations, token => token.LocationId, place => place.Id, (token, place) => new { token.Id, token.ProtectedSecret, token.StateCause, place.UId })
            .FirstOrDefaultAsync(ct);

        if (best is null) return null;

        var content = secrets.Unprotect(best.ProtectedSecret, best.UId, (answer, cancel) => states.IsStillOursAsync(tenant, location, answer, cancel));
        return new LocationToken(best.Id, content, best.StateCause == TokenCauses.ReadOnly);
    }
}
