using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Apple.Legacy;
using VppManager.Apple.Tokens;
using VppManager.Core;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>Puts what Apple said of a token into the tables: its location, its validity, its state.</summary>
internal sealed class TokenLocation(TokenStates states, IOptions<LicensingOptions> options, TimeProvider time)
{
    /// <summary>To be called within a transaction, with a token that the context tracks.</summary>
    /// <returns>
    /// The token. <see cref="VppError.LocationNotAvailable"/>: another tenant has the location (T6). <see cref="VppError.TokenOfAnotherLocation"/>:
    /// the token served another location before (T10). Then the transaction must not be committed.
    /// </returns>
    public async Task<Outcome<Token>> ApplyAsync(VppContext context, Token token, TokenAnswer answer, CancellationToken ct)
    {
        if (answer.Account is { AccountId: { Length: > 0 } account } purchaser) return await LegacyAsync(context, token, account, purchaser, ct);
        if (answer.Config is not { UId: { Length: > 0 } uid } config)
        {
            var rejection = answer.Rejection is TokenRejection.None ? TokenRejection.OutOfReach : answer.Rejection;
            return await RejectedAsync(context, token, rejection, ct);
        }

        if (await FindOrAddAsync(context, uid, ct) is not { } location)
            return token.LocationId is null || token.IsLegacy ? VppError.LocationNotAvailable : VppError.TokenOfAnotherLocation;
        if (token.LocationId is { } known && known != location.Id && !token.IsLegacy) return VppError.TokenOfAnotherLocation;

        if (token is { IsLegacy: true, LocationId: { } former }) await LegacyMove.ToLocationAsync(context, token, former, location.Id, ct);
        token.IsLegacy = false;

        await states.SeeOwnerAsync(context, location, config, ct);
        Describe(location, config);
        Describe(token, location, config);
        await states.DecideAsync(context, location, ct);
        return token;
    }

    // A purchaser's account has no location: it gets a row that stands for one, so that its pools and licences have their place.
    private async Task<Outcome<Token>> LegacyAsync(VppContext context, Token token, string account, LegacyAccount purchaser, CancellationToken ct)
    {
        if (await FindOrAddAsync(context, $"legacy:{account}", ct) is not { } place)
            return token.LocationId is null ? VppError.LocationNotAvailable : VppError.TokenOfAnotherLocation;
        if (token.LocationId is { } known && known != place.Id) return VppError.TokenOfAnotherLocation;

        place.IsLegacy = token.IsLegacy = true;
        place.Country = purchaser.Country ?? place.Country;
        place.DefaultPlatform = purchaser.DefaultPlatform ?? place.DefaultPlatform;
        token.LocationId = place.Id;
        token.AppleId ??= purchaser.AppleId;
        token.CountryOrRegion ??= place.Country?.ToLowerInvariant();
        if (purchaser.ExpiresAt < token.ExpiresAt) token.ExpiresAt = purchaser.ExpiresAt.Value;
        (token.State, token.StateCause) = (TokenState.Valid, null);
        await states.DecideAsync(context, place, ct);
        return token;
    }

    private async Task<Outcome<Token>> RejectedAsync(VppContext context, Token token, TokenRejection rejection, CancellationToken ct)
    {
        states.Decide(token, rejection, context.Tenant!.Value);
        await context.SaveChangesAsync(ct);

        // Its duplicates must learn of a new token, too; what Apple said of this one is kept in its cause.
        if (token.LocationId is { } id && await TokenStates.LockAsync(context, id, ct) is { } location) await states.DecideAsync(context, location, ct);
        if (token.State is TokenState.Unknown) await AskAgainAsync(context, token, ct);
        return token;
    }

    /// <summary>Apple could not be asked: it is asked again soon and by itself, since nothing is licensed meanwhile.</summary>
    private Task<int> AskAgainAsync(VppContext context, Token token, CancellationToken ct) => context.Database.ExecuteSqlAsync($"""
        with added as (
            insert into work (lane, tenant_id, key, run_at) values ({WorkQueue.Look}, {context.Tenant}, {token.Id}, {time.GetUtcNow() + options.Value.TryAgainAfter})
            on conflict (lane, key) do nothing)
        select pg_notify({Marks.Channel}, {WorkQueue.Look})
        """, ct);

    // The insert waits for another tenant that is adding the same location, and passes by one that has it.
    private static async Task<Location?> FindOrAddAsync(VppContext context, string uid, CancellationToken ct)
    {
        await context.Database.ExecuteSqlAsync(
            $"insert into locations (tenant_id, id, uid) values ({context.Tenant}, {Guid.CreateVersion7()}, {uid}) on conflict (uid) do nothing", ct);
        return await context.Locations
            .FromSql($"select * from locations where tenant_id = {context.Tenant} and uid = {uid} for no key update")
            .FirstOrDefaultAsync(ct);
    }

    private static void Describe(Location location, ClientConfig config)
    {
        location.Name = config.LocationName ?? location.Name;
        location.Country = config.Country ?? location.Country;
        location.DefaultPlatform = config.DefaultPlatform ?? location.DefaultPlatform;
        location.WebsiteUrl = config.WebsiteUrl ?? location.WebsiteUrl;
    }

    private static void Describe(Token token, Location location, ClientConfig config)
    {
        token.LocationId = location.Id;
        token.LocationName = location.Name;
        token.CountryOrRegion ??= location.Country?.ToLowerInvariant();
        // The file's date and Apple's may differ: by Apple's a changed password counts, too.
        if (config.TokenExpirationDate < token.ExpiresAt) token.ExpiresAt = config.TokenExpirationDate.Value;
        (token.State, token.StateCause) = (TokenState.Valid, null);
    }
}
