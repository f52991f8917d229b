using VppManager.Apple;
using VppManager.Apple.Legacy;
using VppManager.Apple.Tokens;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>What Apple said when asked about a token.</summary>
/// <param name="Config">The location behind it; null when Apple did not accept it or could not be asked, and of a legacy token.</param>
/// <param name="Account">The purchaser behind a legacy token (T11).</param>
internal sealed record TokenAnswer(TokenRejection Rejection, ClientConfig? Config, LegacyAccount? Account = null)
{
    public static TokenRejection RejectionBy(AppleException refusal) => refusal.Meaning switch
    {
        _ when refusal.ErrorNumber is AppleErrorNumber.LoginRequired => TokenRejection.LoginRequired,
        AppleErrorMeaning.TokenExpired => TokenRejection.Expired,
        AppleErrorMeaning.TokenRevoked => TokenRejection.Revoked,
        AppleErrorMeaning.TokenInvalid or AppleErrorMeaning.LegacyToken => TokenRejection.NotAToken,
        AppleErrorMeaning.ReadOnly => TokenRejection.ReadOnly,
        _ => TokenRejection.OutOfReach,
    };
}

/// <summary>Asks Apple about a token (T4). An administrator waits for the answer, so it is not waited for long.</summary>
internal sealed class TokenCheck(AppleClient apple, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <exception cref="AppleException">Apple refuses the token, or cannot be asked.</exception>
    public async Task<TokenAnswer> ReadAsync(ContentToken token, CancellationToken ct)
    {
        try
        {
            return new TokenAnswer(TokenRejection.None, await apple.GetClientConfigAsync(token, ct));
        }
        catch (AppleException refusal) when (refusal.Meaning is AppleErrorMeaning.LegacyToken)
        {
            return new TokenAnswer(TokenRejection.None, null, await apple.GetLegacyAccountAsync(token, ct));
        }
    }

    public async Task<TokenAnswer> AskAsync(ContentToken token, CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return await ReadAsync(token, both.Token);
        }
        catch (AppleException refusal)
        {
            return new TokenAnswer(TokenAnswer.RejectionBy(refusal), null);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new TokenAnswer(TokenRejection.OutOfReach, null);
        }
    }
}
