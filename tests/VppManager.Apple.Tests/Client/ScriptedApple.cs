using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace VppManager.Apple.Tests.Client;

/// <summary>
/// Answers each path by its script, one step for each request and the last step for ever; an unscripted path fails the test.
/// </summary>
internal sealed class ScriptedApple : HttpMessageHandler
{
    private readonly ConcurrentDictionary<string, Script> scripts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Seen> requests = new();

    public ScriptedApple() => On("service/config", Json("{}"));

    public IReadOnlyList<Seen> All => [.. requests];

    public IReadOnlyList<Seen> To(string path) => [.. requests.Where(request => request.Path == path)];

    public ScriptedApple On(string path, params Func<Seen, CancellationToken, Task<HttpResponseMessage>>[] steps)
    {
        scripts[path] = new Script(steps);
        return this;
    }

    public ScriptedApple On(string path, Func<Seen, HttpResponseMessage> answer) =>
        On(path, (seen, _) => Task.FromResult(answer(seen)));

    public static Func<Seen, CancellationToken, Task<HttpResponseMessage>> Json(
        string body, int status = 200, string? retryAfter = null, string type = "application/json") => (_, _) =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
            if (retryAfter is not null)
                response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
            return Task.FromResult(response);
        };

    public static Func<Seen, CancellationToken, Task<HttpResponseMessage>> Error(int number, int status, string? retryAfter = null) =>
        Json($$"""{"errorNumber":{{number}},"errorMessage":"Words."}""", status, retryAfter);

    public static Func<Seen, CancellationToken, Task<HttpResponseMessage>> Lost() =>
        (_, _) => throw new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely.");

    public static Func<Seen, CancellationToken, Task<HttpResponseMessage>> Hang() => async (_, ct) =>
    {
        await new TaskCompletionSource().Task.WaitAsync(ct);
        throw new InvalidOperationException("Never here.");
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri!.AbsolutePath.Replace("/mdm/v2/", "", StringComparison.Ordinal);
        var seen = new Seen(
            request.Method.Method,
            request.RequestUri,
            path,
            request.Headers.Concat(request.Content?.Headers ?? Enumerable.Empty<KeyValuePair<string, IEnumerable<string>>>())
                .ToDictionary(header => header.Key, header => header.Value.ToArray(), StringComparer.OrdinalIgnoreCase),
            request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken),
            request.Content);
        requests.Enqueue(seen);

        return scripts.TryGetValue(path, out var script)
            ? await script.Next()(seen, cancellationToken)
            : throw new InvalidOperationException($"Nothing is scripted for {path}.");
    }

    private sealed class Script(Func<Seen, CancellationToken, Task<HttpResponseMessage>>[] steps)
    {
        private int step = -1;

        public Func<Seen, CancellationToken, Task<HttpResponseMessage>> Next() =>
            steps[Math.Min(Interlocked.Increment(ref step), steps.Length - 1)];
    }
}

internal sealed record Seen(
    string Method, Uri Address, string Path, Dictionary<string, string[]> Headers, string? Body, HttpContent? Content)
{
    public string? Query(string name) => System.Web.HttpUtility.ParseQueryString(Address.Query)[name];
}
