using System.Text.Json;

namespace VppManager.Api.Graph.Batch;

/// <summary>The answer to one request of a batch.</summary>
internal sealed record BatchResult(string Id, int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    public static BatchResult FailedDependency(string id) =>
        new(
            id,
            StatusCodes.Status424FailedDependency,
            new Dictionary<string, string> { ["Content-Type"] = "application/json" },
            """{"error":{"code":"FailedDependency","message":"A request that this one depends on has failed."}}"""u8.ToArray());

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id", Id);
        writer.WriteNumber("status", Status);
        writer.WritePropertyName("headers");
        writer.WriteStartObject();

        foreach (var (name, value) in Headers)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
        WriteBody(writer);
        writer.WriteEndObject();
    }

    private void WriteBody(Utf8JsonWriter writer)
    {
        if (Body.IsEmpty)
        {
            return;
        }

        var type = Headers.GetValueOrDefault("Content-Type", "");
        writer.WritePropertyName("body");

        if (type.Contains("json", StringComparison.OrdinalIgnoreCase))
        {
            writer.WriteRawValue(Body.Span, skipInputValidation: true);
        }
        else if (type.StartsWith("text/", StringComparison.OrdinalIgnoreCase))
        {
            writer.WriteStringValue(Body.Span);
        }
        else
        {
            writer.WriteBase64StringValue(Body.Span);
        }
    }
}
