using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Access;

namespace VppManager.Benchmarks;

/// <summary>The service and the fake Apple, each in its own process, on one database.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly ServerProcess apple;
    private readonly ServerProcess service;
    private readonly BenchDatabase database;
    private readonly HttpClient control;

    private Site(BenchDatabase database, ServerProcess apple, ServerProcess service)
    {
        (this.database, this.apple, this.service) = (database, apple, service);
        control = new HttpClient { BaseAddress = new Uri(apple.Address, "/fake/"), Timeout = TimeSpan.FromMinutes(10) };
    }

    public BenchDatabase Database => database;
    public Uri Apple => apple.Address;
    public long PeakMebibytes => service.PeakMebibytes;

    public static async Task<Site> StartAsync(CancellationToken ct)
    {
        var database = await BenchDatabase.StartAsync(ct);
        var apple = await ServerProcess.StartAsync("VppManager.FakeApple.dll", "/fake/settings", new Dictionary<string, string>(), ct);
        var service = await ServerProcess.StartAsync("VppManager.Api.dll", "/healthz/ready", new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
            ["ConnectionStrings__VppManager"] = database.ConnectionString,
            ["Database__DataDirectory"] = database.Folder,
            ["Database__MigrateAtStart"] = "false",
            ["Apple__BaseAddress"] = apple.Address.ToString(),
            ["Serilog__MinimumLevel__Default"] = "Warning",
            ["Sync__Schedule"] = "0 0 6 ? * * 2099",
        }, ct);
        return new Site(database, apple, service);
    }

    /// <summary>Calls the control interface of the fake.</summary>
    public async Task<JsonNode?> AppleAsync(HttpMethod method, string path, object? body, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        return await ReadAsync(await control.SendAsync(request, ct), ct);
    }

    /// <summary>A location with its token.</summary>
    public async Task<(string Uid, string Token)> LocationAsync(CancellationToken ct)
    {
        var location = await AppleAsync(HttpMethod.Post, "locations", new { name = "Bench" }, ct);
        var uid = location!["uid"]!.GetValue<string>();
        var token = await AppleAsync(HttpMethod.Post, $"locations/{uid}/tokens", null, ct);
        return (uid, token!["vpptoken"]!.GetValue<string>());
    }

    /// <summary>An administrator of this tenant.</summary>
    public Administrator Administrator(Guid tenant)
    {
        var token = DevelopmentTokens.Create(
            new DevelopmentTokenRequest(tenant, "bench@example.com", DevelopmentTokens.AllPermissions, Application: false, []),
            DevelopmentKey.ReadOrCreate(database.Folder), TimeProvider.System.GetUtcNow());
        var client = new HttpClient { BaseAddress = service.Address, Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new Administrator(client, database, tenant);
    }

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        await service.DisposeAsync();
        await apple.DisposeAsync();
        await database.DisposeAsync();
    }

    public static async Task<JsonNode?> ReadAsync(HttpResponseMessage answer, CancellationToken ct)
    {
        using (answer)
        {
            var text = await answer.Content.ReadAsStringAsync(ct);
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode} {answer.RequestMessage?.RequestUri}: {text}");
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
    }
}
