using System.Text.Json;
using System.Text.Json.Nodes;

namespace VppManager.Api.Hosting.Demo;

/// <summary>Asks one service over its public addresses; what it refuses ends the demo with its own words.</summary>
/// <param name="service">What to call it.</param>
/// <param name="asked">Told of every request but those of <see cref="LookAsync"/>.</param>
internal sealed class DemoClient(HttpClient http, string service, Action<string> asked)
{
    /// <summary>Reads without telling: for looking again and again.</summary>
    public Task<JsonNode> LookAsync(string path, CancellationToken ct) => SendAsync(HttpMethod.Get, path, null, ct);

    public Task<JsonNode> GetAsync(string path, CancellationToken ct) => TellAndSendAsync(HttpMethod.Get, path, null, ct);

    public Task<JsonNode> PostAsync(string path, object? body, CancellationToken ct) => TellAndSendAsync(HttpMethod.Post, path, body, ct);

    public Task<JsonNode> PutAsync(string path, object body, CancellationToken ct) => TellAndSendAsync(HttpMethod.Put, path, body, ct);

    public Task<JsonNode> PatchAsync(string path, object body, CancellationToken ct) => TellAndSendAsync(HttpMethod.Patch, path, body, ct);

    private Task<JsonNode> TellAndSendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        asked($"{service}: {method} {path}");
        return SendAsync(method, path, body, ct);
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = JsonContent.Create(body);
        using var answer = await http.SendAsync(request, ct);
        var text = await answer.Content.ReadAsStringAsync(ct);
        if (!answer.IsSuccessStatusCode)
            throw new DemoFailedException($"{service} answered {(int)answer.StatusCode} to {method} {path}: {Reason(text)}");

        return text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!;
    }

    private static string Reason(string text)
    {
        try
        {
            var body = JsonNode.Parse(text);
            return (body?["error"]?["message"] ?? body?["detail"] ?? body?["title"])?.GetValue<string>() ?? text;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return text;
        }
    }
}
