using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Apple.Tokens;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>A token that a location's licences can be managed through.</summary>
/// <param name="Id">Which one: <see cref="TokenStates.RejectAsync"/> wants to know when Apple refuses it.</param>
internal sealed record LocationToken(Guid Id, ContentToken Content);

/// <summary>Picks the token to call Apple with.</summary>
internal sealed class LocationTokens(DbContextOptions<VppContext> database, TokenSecrets secrets, TimeProvider time)
{
    /// <summary>The valid token of the location, else one of its duplicates (T7, L22); null when none may manage licences now.</summary>
    public async Task<LocationToken?> FindAsync(Guid tenant, Guid location, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        var now = time.GetUtcNow();
        var best = await context.Tokens
            .Where(token => token.LocationId == location && !token.IsLegacy && token.ExpiresAt > now && (token.State == TokenState.Valid || token.State == TokenState.DuplicateLocationId))
            .OrderByDescending(token => token.State == TokenState.Valid).ThenByDescending(token => token.ExpiresAt).ThenBy(token => token.Id)
            .Join(context.Locations, token => token.LocationId, place => place.Id, (token, place) => new { token.Id, token.ProtectedSecret, place.UId })
            .FirstOrDefaultAsync(ct);

        return best is null ? null : new LocationToken(best.Id, secrets.Unprotect(best.ProtectedSecret, best.UId));
    }
}
