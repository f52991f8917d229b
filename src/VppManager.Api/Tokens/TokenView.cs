using VppManager.Api.Data;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>A token as it stands now, with what Graph has no room for: why, until when, and what to do.</summary>
/// <param name="StateCause">A stable word for why it is in its state; null while all is well.</param>
/// <param name="Advice">What to do about it, for a person.</param>
/// <param name="IsLegacy">A purchaser's token from before locations (T11).</param>
internal sealed record TokenView(
    Guid Id, string? DisplayName, string? LocationName, string State, string? StateCause, string? Advice, bool IsLegacy,
    DateTimeOffset ExpirationDateTime, int DaysLeft, ExpiryWarningView? Warning)
{
    public static TokenView Of(Token token, DateTimeOffset now)
    {
        var state = TokenStates.StateAt(token.State, token.ExpiresAt, now);
        var cause = state is TokenState.Expired ? TokenCauses.Expired : token.StateCause ?? (token.IsLegacy ? TokenCauses.Legacy : null);
        return new TokenView(
            token.Id, token.DisplayName, token.LocationName, EnumText.Of(state), cause, TokenCauses.Explain(cause), token.IsLegacy,
            token.ExpiresAt, Math.Max(0, (int)(token.ExpiresAt - now).TotalDays), ExpiryWarningView.Of(token, now));
    }
}

/// <summary>A token that ends soon, or has ended (T15).</summary>
/// <param name="Threshold">Which of 60, 30, 14, 7 and 1 days was passed; 0 when it has ended.</param>
/// <param name="Level">notice, warning or critical.</param>
internal sealed record ExpiryWarningView(Guid TokenId, string? DisplayName, DateTimeOffset ExpirationDateTime, int DaysLeft, int Threshold, string Level)
{
    public static ExpiryWarningView? Of(Token token, DateTimeOffset now) => TokenExpiry.WarningOf(token.ExpiresAt, now) is { } warning
        ? new ExpiryWarningView(token.Id, token.DisplayName, token.ExpiresAt, warning.DaysLeft, warning.Threshold, EnumText.Of(warning.Level))
        : null;
}
