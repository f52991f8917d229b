using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using VppManager.Api.Access;
using VppManager.Core;

namespace VppManager.Api.Hosting;

/// <summary>The one form in which a plain endpoint refuses.</summary>
internal static class Problems
{
    public static ProblemHttpResult Of(VppError error) => TypedResults.Problem(
        detail: error.Message,
        statusCode: StatusOf(error.Kind),
        extensions: new Dictionary<string, object?> { ["code"] = error.Code });

    /// <summary>The caller may not; what a guard beside the route cannot know.</summary>
    public static ProblemHttpResult Of(Refusal refusal) => TypedResults.Problem(
        detail: refusal.Message,
        statusCode: StatusCodes.Status403Forbidden,
        extensions: new Dictionary<string, object?> { ["code"] = JsonNamingPolicy.CamelCase.ConvertName(refusal.Code) });

    private static int StatusOf(VppErrorKind kind) => kind switch
    {
        VppErrorKind.Invalid => StatusCodes.Status400BadRequest,
        VppErrorKind.NotFound => StatusCodes.Status404NotFound,
        VppErrorKind.Conflict => StatusCodes.Status409Conflict,
        VppErrorKind.Refused => StatusCodes.Status422UnprocessableEntity,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
