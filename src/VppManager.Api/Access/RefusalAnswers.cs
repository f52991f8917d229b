using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.Net.Http.Headers;
using VppManager.Api.Hosting;

namespace VppManager.Api.Access;

/// <summary>The one place that answers "who are you" (401) and "you may not" (403), in the form of the address that was called.</summary>
internal sealed class RefusalAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult result)
    {
        if (result.Challenged) return ChallengeAsync(context);
        if (result.Forbidden) return ForbidAsync(context, result.AuthorizationFailure);

        return next(context);
    }

    private static async Task ChallengeAsync(HttpContext context)
    {
        var sentToken = context.Request.Headers.Authorization.Count > 0;
        context.Response.Headers[HeaderNames.WWWAuthenticate] = sentToken ? "Bearer error=\"invalid_token\"" : "Bearer";

        // The pipeline keeps only what succeeded; asking again gives the same answer, and the cause with it.
        var cause = (await context.AuthenticateAsync()).Failure;
        var message = sentToken ? $"The access token was not accepted: {InvalidToken.Reason(cause)}." : "An access token is needed.";
        await StatusAnswers.WriteAsync(context, StatusCodes.Status401Unauthorized, "InvalidAuthenticationToken", message);
    }

    private static Task ForbidAsync(HttpContext context, AuthorizationFailure? failure)
    {
        context.Response.Headers[HeaderNames.WWWAuthenticate] = "Bearer error=\"insufficient_scope\"";

        var refusals = failure?.FailureReasons.OfType<Refused>().Select(reason => reason.Refusal).Distinct().ToList() ?? [];
        var code = refusals.Count > 0 ? refusals[0].Code : Refusal.Forbidden;
        var message = refusals.Count > 0 ? string.Join(' ', refusals.Select(one => one.Message)) : "The caller is not allowed to do this.";
        return StatusAnswers.WriteAsync(context, StatusCodes.Status403Forbidden, code, message);
    }
}
