using Microsoft.AspNetCore.DataProtection;
using VppManager.Apple;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>The secrets of the tokens, encrypted at rest (T16). What comes out is only good for calling Apple.</summary>
internal sealed class TokenSecrets(IDataProtectionProvider protection)
{
    private readonly IDataProtector protector = protection.CreateProtector("VppManager.Tokens");

    public string Protect(VppTokenFile file) => protector.Protect(file.Content);

    /// <param name="uid">Apple's id of the location, by which requests are paced; null while it is not known.</param>
    /// <param name="watch">Looks at every answer to a call with the token, and says whether more may be sent.</param>
    public ContentToken Unprotect(string protectedSecret, string? uid, Func<AppleAnswer, CancellationToken, ValueTask<bool>>? watch = null) =>
        new(protector.Unprotect(protectedSecret), uid) { Watch = watch };
}
