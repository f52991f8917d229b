using VppManager.Core.Tokens;

namespace VppManager.Core.Tests.Tokens;

/// <summary>What a token may do, by what Apple says, who owns its location, and how often the location is here.</summary>
public sealed class TokenStandingTests
{
    private const string Us = "our-id";
    private const string Them = "another-mdm";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TokenFacts Healthy = new(TokenRejection.None, Now.AddDays(100), Us, Us, MayTakeControl: false, TokensOfLocation: 1);

    [Fact]
    [Trait("Rule", "T4")]
    public void Of_AppleKnowsTheTokenAndWeOwnTheLocation_MaySyncAndLicense() =>
        Assert.Equal(new TokenStanding(TokenState.Valid, null, MaySync: true, MayLicense: true, MustClaim: false), TokenStanding.Of(Healthy, Now));

    [Theory]
    [Trait("Rule", "T4"), Trait("Rule", "T9")]
    [InlineData(TokenRejection.OutOfReach, TokenState.Unknown, "appleOutOfReach")]
    [InlineData(TokenRejection.Expired, TokenState.Expired, "expired")]
    [InlineData(TokenRejection.NotAToken, TokenState.Invalid, "rejectedByApple")]
    [InlineData(TokenRejection.Revoked, TokenState.Invalid, "revokedByApple")]
    [InlineData(TokenRejection.LoginRequired, TokenState.Invalid, "loginRequired")]
    public void Of_AppleRejectsTheToken_StateAndCauseAreKeptAndNothingIsAllowed(TokenRejection rejection, TokenState state, string cause) =>
        Assert.Equal(StandsStill(state, cause), TokenStanding.Of(Healthy with { Rejection = rejection }, Now));

    [Theory]
    [Trait("Rule", "T9")]
    [InlineData(-1, TokenState.Expired)]
    [InlineData(0, TokenState.Expired)]
    [InlineData(1, TokenState.Valid)]
    public void Of_AroundTheMomentOfExpiry_ExpiredFromThatMomentOn(int seconds, TokenState state) =>
        Assert.Equal(state, TokenStanding.Of(Healthy with { ExpiresAt = Now.AddSeconds(seconds) }, Now).State);

    [Theory]
    [Trait("Rule", "T9")]
    [InlineData(TokenRejection.Revoked)]
    [InlineData(TokenRejection.NotAToken)]
    [InlineData(TokenRejection.OutOfReach)]
    public void Of_PastItsExpiryWhateverAppleSays_Expired(TokenRejection rejection) =>
        Assert.Equal(StandsStill(TokenState.Expired, "expired"), TokenStanding.Of(Healthy with { Rejection = rejection, ExpiresAt = Now.AddDays(-1) }, Now));

    [Theory]
    [Trait("Rule", "T7")]
    [InlineData(1, TokenState.Valid, true)]
    [InlineData(2, TokenState.DuplicateLocationId, false)]
    [InlineData(3, TokenState.DuplicateLocationId, false)]
    public void Of_SameLocationSeveralTimes_NoneSyncsYetAllLicense(int tokens, TokenState state, bool maySync)
    {
        var standing = TokenStanding.Of(Healthy with { TokensOfLocation = tokens }, Now);

        Assert.Equal((state, maySync, true), (standing.State, standing.MaySync, standing.MayLicense));
        Assert.Equal(maySync ? null : "sameLocationTwice", standing.Cause);
    }

    [Theory]
    [Trait("Rule", "T8")]
    [InlineData(1)]
    [InlineData(2)]
    public void Of_AnotherMdmOwnsTheLocation_NoTrafficEvenForDuplicates(int tokens) =>
        Assert.Equal(
            StandsStill(TokenState.AssignedToExternalMDM, "managedElsewhere"),
            TokenStanding.Of(Healthy with { OwnerId = Them, TokensOfLocation = tokens }, Now));

    [Theory]
    [Trait("Rule", "T8")]
    [InlineData(Us, false, false)]
    [InlineData(Us, true, false)]
    [InlineData(Them, true, true)]
    [InlineData(null, false, true)]
    [InlineData(null, true, true)]
    public void Of_WhoOwnsTheLocation_ClaimedWhenItIsNotOursAndMayBe(string? owner, bool mayTakeControl, bool mustClaim)
    {
        var standing = TokenStanding.Of(Healthy with { OwnerId = owner, MayTakeControl = mayTakeControl }, Now);

        Assert.Equal(new TokenStanding(TokenState.Valid, null, MaySync: true, MayLicense: true, mustClaim), standing);
    }

    [Theory]
    [Trait("Rule", "T9"), Trait("Rule", "T7")]
    [InlineData(1, TokenState.Valid, true)]
    [InlineData(2, TokenState.DuplicateLocationId, false)]
    public void Of_AppleTakesNoWrites_SyncsAsBeforeAndTheCauseSaysSo(int tokens, TokenState state, bool maySync) =>
        Assert.Equal(
            new TokenStanding(state, "readOnly", maySync, MayLicense: false, MustClaim: false),
            TokenStanding.Of(Healthy with { Rejection = TokenRejection.ReadOnly, TokensOfLocation = tokens, OwnerId = null }, Now));

    [Fact]
    [Trait("Rule", "T8")]
    public void Of_OwnerDiffersInCaseOnly_IsAnotherOwner() =>
        Assert.Equal(TokenState.AssignedToExternalMDM, TokenStanding.Of(Healthy with { OwnerId = Us.ToUpperInvariant() }, Now).State);

    [Fact]
    public void Of_EveryCombination_SyncNeverWithoutLicensingAndEveryDeadStateNamesItsCause()
    {
        var all =
            from rejection in Enum.GetValues<TokenRejection>().Except([TokenRejection.ReadOnly])
            from days in (int[])[-1, 1]
            from owner in (string?[])[null, Us, Them]
            from control in (bool[])[false, true]
            from tokens in (int[])[1, 2]
            select TokenStanding.Of(new TokenFacts(rejection, Now.AddDays(days), owner, Us, control, tokens), Now);

        Assert.All(all, standing =>
        {
            Assert.True(standing.MayLicense || !standing.MaySync);
            Assert.True(standing.MayLicense || !standing.MustClaim);
            Assert.Equal(standing.State is TokenState.Valid, standing.Cause is null);
        });
    }

    private static TokenStanding StandsStill(TokenState state, string cause) => new(state, cause, MaySync: false, MayLicense: false, MustClaim: false);
}
