using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using VppManager.FakeApple;
using VppManager.FakeApple.Tokens;

namespace VppManager.Apple.Tests.Fake;

/// <summary>An answer as it came over the wire.</summary>
public sealed record Answer(HttpStatusCode Status, string Body, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonElement.Parse(Body);

    public int? ErrorNumber => Json.TryGetProperty("errorNumber", out var number) ? number.GetInt32() : null;

    public string Text(string name) => Json.GetProperty(name).GetString()!;

    public int Number(string name) => Json.GetProperty(name).GetInt32();

    public List<JsonElement> Rows(string name) => [.. Json.GetProperty(name).EnumerateArray()];

    public bool Has(string name) => Json.TryGetProperty(name, out _);
}

/// <summary>A fake with one location and one token, asked over real HTTP by a bare client.</summary>
public abstract class FakeTest : IAsyncDisposable
{
    private readonly HttpClient _http;

    protected FakeTest()
    {
        Server = FakeAppleServer.Start();
        Server.Settings.EnforceRate = false;
        Server.Settings.EventDelay = TimeSpan.Zero;
        North = Server.AddLocation("North", "GB");
        Token = North.IssueToken();
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = Server.BaseAddress };
    }

    protected FakeAppleServer Server { get; }

    protected FakeLocation North { get; }

    protected FakeToken Token { get; }

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<Answer> Get(string path, FakeToken? token = null) =>
        Send(HttpMethod.Get, path, $"Bearer {(token ?? Token).VpptokenFile}", null);

    protected Task<Answer> Post(string path, object body, FakeToken? token = null) =>
        Send(HttpMethod.Post, path, $"Bearer {(token ?? Token).VpptokenFile}", Json(JsonSerializer.Serialize(body)));

    protected async Task<Answer> Send(HttpMethod method, string path, string? authorization, HttpContent? body, string? cookie = null)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/mdm/v2/{path}") { Content = body };
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        if (cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        using var response = await _http.SendAsync(request, Ct);

        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(Ct), response.Headers);
    }

    protected static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    protected Task<Answer> Associate(string adamId, params string[] serialNumbers) =>
        Post("assets/associate", new { assets = new[] { new { adamId } }, serialNumbers });

    /// <summary>Asks for the status until it is final.</summary>
    protected async Task<Answer> Settled(Answer accepted)
    {
        var eventId = accepted.Text("eventId");
        var status = await Get($"status?eventId={eventId}");
        while (status.Text("eventStatus") == "PENDING")
        {
            Ct.ThrowIfCancellationRequested();
            status = await Get($"status?eventId={eventId}");
        }

        return status;
    }

    protected static Task Eventually(Func<bool> condition) => Eventually(() => Task.FromResult(condition()));

    protected static async Task Eventually(Func<Task<bool>> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition()) await timer.WaitForNextTickAsync(limit.Token);
    }

    protected static string[] Serials(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i => $"SN{i:D7}")];
}
