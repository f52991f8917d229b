using System.Text.Json;
using Microsoft.Net.Http.Headers;
using VppManager.Api.Graph.Errors;

namespace VppManager.Api.Graph.Reading;

/// <summary>The body of a request as JSON, or the reason why it is none.</summary>
internal static class JsonBody
{
    public static async Task<JsonDocument> ReadAsync(HttpContext http)
    {
        RequireJson(http.Request);

        try
        {
            return await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
        }
        catch (JsonException) when (http.Request.ContentLength == 0)
        {
            throw GraphFault.BadRequest("Empty Payload. JSON content expected.");
        }
        catch (JsonException malformed)
        {
            throw GraphFault.BadRequest(
                $"Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format. (line {malformed.LineNumber + 1}, position {malformed.BytePositionInLine + 1})");
        }
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new GraphFault(StatusCodes.Status413PayloadTooLarge, "RequestEntityTooLarge", "The request body is too large.");
        }
    }

    /// <summary>For actions whose parameters can all be left out: no body is an empty object.</summary>
    public static async Task<JsonDocument> ReadOrEmptyAsync(HttpContext http) =>
        http.Request.ContentLength is null or 0 && http.Request.ContentType is null ? JsonDocument.Parse("{}") : await ReadAsync(http);

    private static void RequireJson(HttpRequest request)
    {
        if (request.ContentLength == 0)
        {
            throw GraphFault.BadRequest("Empty Payload. JSON content expected.");
        }

        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
        {
            throw new GraphFault(
                StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", "The request's content type must be application/json.");
        }
    }
}
