namespace VppManager.Core.Tokens;

/// <summary>Why Apple did not accept a token.</summary>
public enum TokenRejection
{
    /// <summary>Apple accepted it.</summary>
    None,

    /// <summary>Apple could not be asked.</summary>
    OutOfReach,

    /// <summary>Apple says that it has expired (9621).</summary>
    Expired,

    /// <summary>Apple says that it is no token (9622).</summary>
    NotAToken,

    /// <summary>Apple wants the account behind it to sign in anew (9601).</summary>
    LoginRequired,

    /// <summary>Apple has revoked it (9625): password changed, owner left, or a newer download.</summary>
    Revoked,

    /// <summary>Reads are accepted, writes are not (9637, 9645): the account behind it may not assign.</summary>
    ReadOnly,
}

/// <summary>What is known of a token when its state is to be decided.</summary>
/// <param name="Rejection">What Apple said of it last.</param>
/// <param name="ExpiresAt">The end of its validity.</param>
/// <param name="OwnerId">The id of the MDM that Apple names as owner (<c>mdmInfo.id</c>); null when nobody claimed the location.</param>
/// <param name="OwnId">The id under which this service claims locations.</param>
/// <param name="MayTakeControl">Whether the administrator consented to taking the location over.</param>
/// <param name="TokensOfLocation">How many tokens of the tenant serve the same location, this one included.</param>
public sealed record TokenFacts(
    TokenRejection Rejection, DateTimeOffset ExpiresAt, string? OwnerId, string OwnId, bool MayTakeControl, int TokensOfLocation);

/// <summary>A token's state and what follows from it.</summary>
/// <param name="State">The state, as Graph shows it.</param>
/// <param name="Cause">A stable word for why it is not valid; null when valid.</param>
/// <param name="MaySync">Whether it may be synchronised.</param>
/// <param name="MayLicense">Whether licences may be assigned and revoked through it.</param>
/// <param name="MustClaim">Whether our <c>mdmInfo</c> is to be written at Apple.</param>
public sealed record TokenStanding(TokenState State, string? Cause, bool MaySync, bool MayLicense, bool MustClaim)
{
    /// <summary>Decides the state of a token (rules T4, T7, T8, T9). The first cause that applies wins.</summary>
    /// <param name="facts">What is known.</param>
    /// <param name="now">The moment of the decision.</param>
    /// <returns>The standing.</returns>
    public static TokenStanding Of(TokenFacts facts, DateTimeOffset now) => facts switch
    {
        { Rejection: TokenRejection.Expired } => Dead(TokenState.Expired, TokenCauses.Expired),
        _ when facts.ExpiresAt <= now => Dead(TokenState.Expired, TokenCauses.Expired),
        { Rejection: TokenRejection.Revoked } => Dead(TokenState.Invalid, TokenCauses.Revoked),
        { Rejection: TokenRejection.NotAToken } => Dead(TokenState.Invalid, TokenCauses.Rejected),
        { Rejection: TokenRejection.LoginRequired } => Dead(TokenState.Invalid, TokenCauses.LoginRequired),
        { Rejection: TokenRejection.OutOfReach } => Dead(TokenState.Unknown, TokenCauses.OutOfReach),
        { OwnerId: { } owner } when owner != facts.OwnId && !facts.MayTakeControl => Dead(TokenState.AssignedToExternalMDM, TokenCauses.ManagedElsewhere),
        { Rejection: TokenRejection.ReadOnly } => ReadOnly(facts.TokensOfLocation),
        { TokensOfLocation: > 1 } => new(TokenState.DuplicateLocationId, TokenCauses.Duplicate, MaySync: false, MayLicense: true, facts.OwnerId != facts.OwnId),
        _ => new(TokenState.Valid, null, MaySync: true, MayLicense: true, facts.OwnerId != facts.OwnId),
    };

    private static TokenStanding ReadOnly(int tokensOfLocation) => tokensOfLocation > 1
        ? new(TokenState.DuplicateLocationId, TokenCauses.ReadOnly, MaySync: false, MayLicense: false, MustClaim: false)
        : new(TokenState.Valid, TokenCauses.ReadOnly, MaySync: true, MayLicense: false, MustClaim: false);

    private static TokenStanding Dead(TokenState state, string cause) => new(state, cause, MaySync: false, MayLicense: false, MustClaim: false);
}
