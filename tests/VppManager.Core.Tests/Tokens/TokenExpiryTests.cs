using VppManager.Core.Tokens;

namespace VppManager.Core.Tests.Tokens;

/// <summary>When to warn that a token ends.</summary>
[Trait("Rule", "T15")]
public sealed class TokenExpiryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(60, 60, ExpiryLevel.Notice)]
    [InlineData(31, 60, ExpiryLevel.Notice)]
    [InlineData(30, 30, ExpiryLevel.Notice)]
    [InlineData(14, 14, ExpiryLevel.Warning)]
    [InlineData(8, 14, ExpiryLevel.Warning)]
    [InlineData(7, 7, ExpiryLevel.Warning)]
    [InlineData(1, 1, ExpiryLevel.Critical)]
    [InlineData(0, 0, ExpiryLevel.Critical)]
    [InlineData(-5, 0, ExpiryLevel.Critical)]
    public void WarningOf_DaysLeft_NamesTheThresholdPassed(int days, int threshold, ExpiryLevel level) =>
        Assert.Equal(new ExpiryWarning(threshold, Math.Max(days, 0), level), TokenExpiry.WarningOf(Now.AddDays(days), Now));

    [Fact]
    public void WarningOf_TimeEnough_IsNone() => Assert.Null(TokenExpiry.WarningOf(Now.AddDays(60).AddSeconds(1), Now));

    [Fact]
    public void Explain_EveryCause_SaysWhatToDo()
    {
        string[] causes =
        [
            TokenCauses.Expired, TokenCauses.Revoked, TokenCauses.Rejected, TokenCauses.LoginRequired, TokenCauses.OutOfReach,
            TokenCauses.ManagedElsewhere, TokenCauses.Duplicate, TokenCauses.ReadOnly, TokenCauses.Legacy,
        ];

        Assert.Equal(causes.Length, causes.Select(TokenCauses.Explain).OfType<string>().Distinct().Count());
        Assert.Null(TokenCauses.Explain(null));
    }
}
