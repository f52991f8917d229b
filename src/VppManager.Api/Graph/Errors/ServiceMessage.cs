using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using VppManager.Api.Hosting;

namespace VppManager.Api.Graph.Errors;

/// <summary>The message of an error of Intune's own service: itself JSON, as text, with lines that end as on Windows.</summary>
internal static class ServiceMessage
{
    private const string NoOperation = "00000000-0000-0000-0000-000000000000";

    private static readonly JsonWriterOptions Format =
        new() { Indented = true, NewLine = "\r\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(HttpContext http, string message)
    {
        var address = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{http.Request.Path}";
        var buffer = new MemoryStream();

        using (var json = new Utf8JsonWriter(buffer, Format))
        {
            json.WriteStartObject();
            json.WriteNumber("_version", 3);
            json.WriteString("Message", string.Create(
                CultureInfo.InvariantCulture,
                $"{message} - Operation ID (for customer support): {NoOperation} - Activity ID: {http.RequestId()} - Url: {address}"));
            json.WriteString("CustomApiErrorPhrase", "");
            json.WriteNull("RetryAfter");
            json.WriteString("ErrorSourceService", "");
            json.WriteString("HttpHeaders", "{}");
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
