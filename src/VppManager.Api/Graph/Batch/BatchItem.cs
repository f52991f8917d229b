using System.Text.Json;
using VppManager.Api.Graph.Errors;

namespace VppManager.Api.Graph.Batch;

/// <summary>One request in a batch.</summary>
internal sealed record BatchItem(
    string Id, string Method, string Url, IReadOnlyDictionary<string, string> Headers, JsonElement? Body, IReadOnlyList<string> DependsOn)
{
    private const int Most = 20;

    public static IReadOnlyList<BatchItem> ReadAll(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("requests", out var requests)
            || requests.ValueKind != JsonValueKind.Array)
        {
            throw GraphFault.BadRequest("Invalid batch payload format: an array 'requests' is expected.");
        }

        if (requests.GetArrayLength() is 0 or > Most)
        {
            throw GraphFault.BadRequest($"Number of batch request steps must be between 1 and {Most}.");
        }

        var items = new List<BatchItem>();

        foreach (var request in requests.EnumerateArray())
        {
            items.Add(Read(request, items));
        }

        return items;
    }

    private static BatchItem Read(JsonElement request, List<BatchItem> before)
    {
        var item = new BatchItem(
            Text(request, "id"),
            Text(request, "method").ToUpperInvariant(),
            Text(request, "url"),
            HeadersOf(request),
            request.TryGetProperty("body", out var body) && body.ValueKind != JsonValueKind.Null ? body : null,
            DependenciesOf(request));

        return before.Any(other => other.Id == item.Id) ? throw GraphFault.BadRequest($"Request id '{item.Id}' is used twice in the batch.")
            : item.DependsOn.Any(id => before.All(other => other.Id != id))
                ? throw GraphFault.BadRequest($"Request '{item.Id}' depends on a request that does not come before it.")
            : item is { Method: "GET", Body: not null }
                ? throw GraphFault.BadRequest($"Request '{item.Id}' is a GET and cannot have a body.")
            : item;
    }

    private static string Text(JsonElement request, string name) =>
        request.ValueKind == JsonValueKind.Object && request.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw GraphFault.BadRequest($"Invalid batch payload format: every request needs a text '{name}'.");

    private static Dictionary<string, string> HeadersOf(JsonElement request)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        if (request.TryGetProperty("headers", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in given.EnumerateObject().Where(header => header.Value.ValueKind == JsonValueKind.String))
            {
                headers[header.Name] = header.Value.GetString()!;
            }
        }

        return headers;
    }

    private static string[] DependenciesOf(JsonElement request) =>
        request.TryGetProperty("dependsOn", out var ids) && ids.ValueKind == JsonValueKind.Array
            ? [.. ids.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.String).Select(id => id.GetString()!)]
            : [];
}
