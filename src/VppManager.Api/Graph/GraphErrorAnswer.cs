using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Net.Http.Headers;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Hosting;

namespace VppManager.Api.Graph;

/// <summary>Writes Graph's error body, the same one wherever a request is refused.</summary>
internal static class GraphErrorAnswer
{
    // The body is only ever read as JSON, so quotes in a message need no \u0027.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpContext context, int status, string code, string message)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.Headers[HeaderNames.CacheControl] = "no-store";
        context.WriteRequestIds();

        (code, message) = DirectoryErrors.Of(context, code, message);
        var body = Body(context, code, message);
        response.ContentLength = body.Length;
        return response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static ReadOnlyMemory<byte> Body(HttpContext context, string code, string message)
    {
        var now = (context.RequestServices?.GetService<TimeProvider>() ?? TimeProvider.System).GetUtcNow();
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Plain))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", code);
            json.WriteString("message", message);
            json.WriteStartObject("innerError");
            json.WriteString("date", now.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            json.WriteString("request-id", context.RequestId());
            json.WriteString("client-request-id", context.ClientRequestId() ?? context.RequestId());
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }
}
