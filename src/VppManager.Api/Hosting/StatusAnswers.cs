using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using VppManager.Api.Graph;

namespace VppManager.Api.Hosting;

/// <summary>A body for every error that has none: routing's, binding's and the server's own refusals.</summary>
internal static class StatusAnswers
{
    public static Task WriteAsync(StatusCodeContext context) =>
        WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode);

    public static Task WriteAsync(HttpContext context, int status, string? message = null)
    {
        if (!GraphPaths.IsGraph(context.Request.Path)) return Problem(status, message).ExecuteAsync(context);

        // Graph calls an address it does not know a bad request, and names the part it stumbled over.
        if (status == StatusCodes.Status404NotFound)
        {
            var unknown = $"Resource not found for the segment '{UnknownSegment.Of(context)}'.";
            return GraphErrorAnswer.WriteAsync(context, StatusCodes.Status400BadRequest, "BadRequest", unknown);
        }

        return GraphErrorAnswer.WriteAsync(context, status, Code(status), message ?? Message(context, status));
    }

    /// <summary>A refusal with a code of its own.</summary>
    public static Task WriteAsync(HttpContext context, int status, string code, string message) => GraphPaths.IsGraph(context.Request.Path)
        ? GraphErrorAnswer.WriteAsync(context, status, code, message)
        : Problem(status, message, code).ExecuteAsync(context);

    private static IResult Problem(int status, string? message, string? code = null) => Results.Problem(
        statusCode: status,
        detail: message,
        extensions: new Dictionary<string, object?> { ["code"] = JsonNamingPolicy.CamelCase.ConvertName(code ?? Code(status)) });

    private static string Code(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "BadRequest",
        StatusCodes.Status405MethodNotAllowed => "MethodNotAllowed",
        StatusCodes.Status409Conflict => "Conflict",
        StatusCodes.Status412PreconditionFailed => "PreconditionFailed",
        StatusCodes.Status413PayloadTooLarge => "RequestEntityTooLarge",
        StatusCodes.Status415UnsupportedMediaType => "UnsupportedMediaType",
        StatusCodes.Status429TooManyRequests => "TooManyRequests",
        StatusCodes.Status503ServiceUnavailable => "ServiceUnavailable",
        >= StatusCodes.Status500InternalServerError => "InternalServerError",
        _ => ReasonPhrases.GetReasonPhrase(status).Replace(" ", "", StringComparison.Ordinal) is { Length: > 0 } phrase ? phrase : "BadRequest",
    };

    private static string Message(HttpContext context, int status) => status switch
    {
        StatusCodes.Status400BadRequest => "The request is not valid.",
        StatusCodes.Status405MethodNotAllowed => $"The method {context.Request.Method} is not supported here.",
        StatusCodes.Status413PayloadTooLarge => "The request body is too large.",
        StatusCodes.Status415UnsupportedMediaType => "The content type of the request body is not supported; send application/json.",
        >= StatusCodes.Status500InternalServerError => "The request could not be completed because of a fault in the service.",
        _ => $"{ReasonPhrases.GetReasonPhrase(status)}.",
    };
}
