using Microsoft.IdentityModel.Tokens;

namespace VppManager.Api.Access;

/// <summary>Why a token was not accepted, in words that repeat nothing of the token itself.</summary>
internal static class InvalidToken
{
    public static string Reason(Exception? cause) => cause switch
    {
        CallerMissingException => cause.Message,
        SecurityTokenExpiredException => "it has expired",
        SecurityTokenNotYetValidException => "it is not valid yet",
        SecurityTokenInvalidAudienceException => "its audience is another",
        SecurityTokenInvalidIssuerException => "its issuer is not trusted here",
        SecurityTokenSignatureKeyNotFoundException => "its signing key is not known here",
        SecurityTokenInvalidSignatureException => "its signature is not valid",
        SecurityTokenMalformedException => "it is not a JSON web token",
        AggregateException many => Reason(many.InnerException),
        null => "it is not a bearer token",
        _ => "it is not valid",
    };
}

/// <summary>A well-signed token that does not say whose it is.</summary>
internal sealed class CallerMissingException()
    : Exception($"it has no '{ClaimNames.Tenant}' and '{ClaimNames.Object}' that are both GUIDs");
