using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Tokens;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>The states of all tokens of a location, decided together: they depend on each other (T7) and on what Apple last said (T8, T9).</summary>
internal sealed partial class TokenStates(
    DbContextOptions<VppContext> database, TokenSecrets secrets, TokenCheck check, TimeProvider time, ILogger<TokenStates> logger)
{
    /// <summary>
    /// Apple has refused a token: from now on its state says why. It may have been renewed since, so Apple is asked about the present one first.
    /// An <see cref="TokenRejection.OutOfReach"/> says nothing of the token and changes nothing.
    /// </summary>
    /// <param name="refused">The file that Apple refused: what it said of an older one is not about the token any more.</param>
    public async Task RejectAsync(Guid tenant, Guid token, ContentToken refused, TokenRejection rejection, CancellationToken ct)
    {
        if (rejection is TokenRejection.None or TokenRejection.OutOfReach) return;

        await using var context = new VppContext(database) { Tenant = tenant };
        if (await context.Tokens.AsNoTracking().FirstOrDefaultAsync(t => t.Id == token, ct) is not { } known) return;

        var present = secrets.Unprotect(known.ProtectedSecret, await PaceOfAsync(context, known.LocationId, ct));
        if (!present.IsSameFileAs(refused)) return;

        // A read proves nothing of what may be written.
        var answer = rejection is TokenRejection.ReadOnly ? new TokenAnswer(rejection, null) : await check.AskAsync(present, ct);
        if (answer.Rejection is TokenRejection.None)
        {
            if (answer.Config is { } config && known.LocationId is { } at) await IsStillOursAsync(tenant, at, config, ct);
            return;
        }

        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var place = known.LocationId is null ? null : await LockAsync(context, known.LocationId.Value, ct);
        var tokens = place is null ? await LockOneAsync(context, token, ct) : await LockAllAsync(context, place, ct);
        if (tokens.Find(t => t.Id == token) is not { } row || row.ProtectedSecret != known.ProtectedSecret) return;

        Decide(row, answer.Rejection is TokenRejection.OutOfReach ? rejection : answer.Rejection, tokens.Count, location: null, tenant);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        Log.Rejected(logger, token, tenant, rejection);
    }

    /// <summary>
    /// Compares the owner that an answer of Apple names with this service (T8). To be asked after every answer; costs nothing while all is well.
    /// </summary>
    /// <returns>False when somebody else has taken the location over: stop all traffic.</returns>
    public async ValueTask<bool> IsStillOursAsync(Guid tenant, Guid location, AppleAnswer answer, CancellationToken ct)
    {
        if (answer.MdmInfo is null || answer.MdmInfo.Id == MdmOptions.OwnId(tenant)) return true;

        await using var context = new VppContext(database) { Tenant = tenant };
        if (await ConfirmedAsync(context, location, answer, ct) is not { } latest) return false;
        if (latest.MdmInfo?.Id == MdmOptions.OwnId(tenant)) return true;

        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        if (await LockAsync(context, location, ct) is not { } place) return false;

        await SeeOwnerAsync(context, place, latest, ct);
        var tokens = await DecideAsync(context, place, ct);
        await transaction.CommitAsync(ct);
        return tokens.Any(MayLicense);
    }

    /// <summary>The answer may have been under way while control was taken back: where the location was ours, what Apple says now decides.</summary>
    /// <returns>Null when Apple cannot be asked now: the next answer will tell.</returns>
    private async Task<AppleAnswer?> ConfirmedAsync(VppContext context, Guid location, AppleAnswer answer, CancellationToken ct)
    {
        var own = MdmOptions.OwnId(context.Tenant!.Value);
        if (!await context.Locations.AnyAsync(place => place.Id == location && place.MdmId == own, ct)) return answer;

        var token = await context.Tokens.AsNoTracking()
            .FirstOrDefaultAsync(one => one.LocationId == location && (one.State == TokenState.Valid || one.State == TokenState.DuplicateLocationId), ct);
        return token is null ? answer : (await check.AskAsync(secrets.Unprotect(token.ProtectedSecret, await PaceOfAsync(context, location, ct)), ct)).Config;
    }

    /// <summary>By which the location's requests are paced: a question more is one of them. Null while the location is not known.</summary>
    private static Task<string?> PaceOfAsync(VppContext context, Guid? location, CancellationToken ct) =>
        context.Locations.Where(place => place.Id == location).Select(place => (string?)place.UId).FirstOrDefaultAsync(ct);

    /// <summary>Decides the state of a token anew, as when its time is up; its duplicates' too.</summary>
    public async Task DecideAgainAsync(Guid tenant, Guid token, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        var place = await context.Tokens.Where(t => t.Id == token).Select(t => t.LocationId).FirstOrDefaultAsync(ct);
        if (place is not null && await LockAsync(context, place.Value, ct) is { } location) await DecideAsync(context, location, ct);
        else
            foreach (var alone in await LockOneAsync(context, token, ct)) Decide(alone, LastRejection(alone), tenant);

        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    /// <summary>The state at a moment: a token whose time is up has expired, whatever was decided of it before (T9).</summary>
    public static TokenState StateAt(TokenState decided, DateTimeOffset expiresAt, DateTimeOffset now) => expiresAt <= now ? TokenState.Expired : decided;

    /// <summary>Holds a location and thereby the states of its tokens until the transaction ends; null when it is not this tenant's.</summary>
    public static Task<Location?> LockAsync(VppContext context, Guid location, CancellationToken ct) =>
        context.Locations
            .FromSql($"select * from locations where tenant_id = {context.Tenant} and id = {location} for no key update")
            .FirstOrDefaultAsync(ct);

    /// <summary>The token, held until the transaction ends; its location before it, as everybody locks. Null when there is none.</summary>
    public static async Task<Token?> LockTokenAsync(VppContext context, Guid id, CancellationToken ct)
    {
        var location = await context.Tokens.Where(token => token.Id == id).Select(token => token.LocationId).FirstOrDefaultAsync(ct);
        if (location is not null) await LockAsync(context, location.Value, ct);

        return (await LockOneAsync(context, id, ct)).SingleOrDefault();
    }

    /// <summary>
    /// Writes down who owns the location, unless something newer is known. Whoever takes it from us also ends the consent to take it over: nobody wrestles unasked.
    /// </summary>
    public async Task SeeOwnerAsync(VppContext context, Location location, AppleAnswer answer, CancellationToken ct)
    {
        if (answer.AskedAt < location.OwnerSeenAt) return;

        var (own, owner) = (MdmOptions.OwnId(context.Tenant!.Value), answer.MdmInfo);
        var isTakeover = location.MdmId == own && owner is not null && owner.Id != own;
        (location.MdmId, location.MdmName, location.OwnerSeenAt) = (owner?.Id, owner?.Name, answer.AskedAt);
        if (!isTakeover) return;

        Log.TakenOver(logger, location.Id, context.Tenant.Value, owner!.Name);
        foreach (var token in await LockAllAsync(context, location, ct)) token.ClaimFromExternalMdm = false;
    }

    /// <summary>Decides the states of the tokens of a locked location anew and saves them.</summary>
    public async Task<List<Token>> DecideAsync(VppContext context, Location location, CancellationToken ct)
    {
        await context.SaveChangesAsync(ct);
        var tokens = await LockAllAsync(context, location, ct);
        foreach (var token in tokens) Decide(token, LastRejection(token), tokens.Count, location, context.Tenant!.Value);

        await context.SaveChangesAsync(ct);
        return tokens;
    }

    /// <summary>The state of a token whose location Apple has not told.</summary>
    public void Decide(Token token, TokenRejection rejection, Guid tenant) => Decide(token, rejection, 1, null, tenant);

    public static bool MayLicense(Token token) => !token.IsLegacy && token.State is TokenState.Valid or TokenState.DuplicateLocationId;

    /// <summary>Whether our <c>mdmInfo</c> is yet to be written.</summary>
    public static bool MustClaim(Token token, Location location, Guid tenant) => MayLicense(token) && location.MdmId != MdmOptions.OwnId(tenant);

    private void Decide(Token token, TokenRejection rejection, int tokensOfLocation, Location? location, Guid tenant)
    {
        var facts = new TokenFacts(rejection, token.ExpiresAt, location?.MdmId, MdmOptions.OwnId(tenant), token.ClaimFromExternalMdm, tokensOfLocation);
        var standing = TokenStanding.Of(facts, time.GetUtcNow());
        if (token.State == standing.State && token.StateCause == standing.Cause) return;

        (token.State, token.StateCause) = (standing.State, standing.Cause);
        token.ModifiedAt = time.GetUtcNow();
    }

    // The cause keeps what Apple said last.
    private static TokenRejection LastRejection(Token token) => token.StateCause switch
    {
        TokenCauses.Expired => TokenRejection.Expired,
        TokenCauses.Revoked => TokenRejection.Revoked,
        TokenCauses.Rejected => TokenRejection.NotAToken,
        TokenCauses.LoginRequired => TokenRejection.LoginRequired,
        TokenCauses.OutOfReach => TokenRejection.OutOfReach,
        TokenCauses.ReadOnly => TokenRejection.ReadOnly,
        _ => TokenRejection.None,
    };

    private static Task<List<Token>> LockAllAsync(VppContext context, Location location, CancellationToken ct) => context.Tokens
        .FromSql($"select *, xmin from tokens where tenant_id = {context.Tenant} and location_id = {location.Id} order by id for no key update")
        .ToListAsync(ct);

    private static Task<List<Token>> LockOneAsync(VppContext context, Guid token, CancellationToken ct) => context.Tokens
        .FromSql($"select *, xmin from tokens where tenant_id = {context.Tenant} and id = {token} for no key update")
        .ToListAsync(ct);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Apple refuses the token {TokenId} of tenant {Tenant}: {Rejection}.")]
        public static partial void Rejected(ILogger logger, Guid tokenId, Guid tenant, TokenRejection rejection);

        [LoggerMessage(2, LogLevel.Warning, "The location {Location} of tenant {Tenant} was taken over by '{Owner}'; its tokens stand still.")]
        public static partial void TakenOver(ILogger logger, Guid location, Guid tenant, string owner);
    }
}
