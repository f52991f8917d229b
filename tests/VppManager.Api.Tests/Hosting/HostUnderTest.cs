using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Access;
using VppManager.Api.Hosting;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Tests.Hosting;

/// <summary>The service's server, access and pages on a real socket, with a few endpoints to refuse and to fail on. No database.</summary>
internal sealed class HostUnderTest : IAsyncDisposable
{
    public const string Permission = "DeviceManagementApps.Read.All";

    private readonly TemporaryFolder temporary = new();
    private readonly WebApplication app;

    private HostUnderTest(string environment, Dictionary<string, string> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration["Database:DataDirectory"] = temporary.Path;
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        foreach (var (name, value) in settings) builder.Configuration[name] = value;
        builder.Configuration["Serilog:MinimumLevel:Default"] = "Fatal";
        builder.Configuration["Serilog:MinimumLevel:Override:Microsoft.AspNetCore"] = "Fatal";
        builder.AddLogging();
        builder.AddTelemetry();
        builder.AddServer();
        builder.AddAccess();
        builder.Services.AddSingleton<TenantStandings.Read>((_, _) => Task.FromResult(TenantStanding.Open));
        builder.AddSwagger();
        app = builder.Build();
        app.UseServer();
        app.UseSwaggerPages();
        app.UseAccess();
        app.MapTelemetry();
        MapEndpoints();
    }

    public HttpClient Client { get; } = new();

    public static async Task<HostUnderTest> StartAsync(CancellationToken ct, string environment = "Development", Dictionary<string, string>? settings = null)
    {
        var host = new HostUnderTest(environment, settings ?? []);
        await host.app.StartAsync(ct);
        host.Client.BaseAddress = new Uri(host.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return host;
    }

    public string Token(bool application = false, params string[] permissions) => DevelopmentTokens.Create(
        new DevelopmentTokenRequest(Guid.CreateVersion7(), DevelopmentTokens.DefaultUser, permissions, application, []),
        DevelopmentKey.ReadOrCreate(temporary.Path),
        TimeProvider.System.GetUtcNow());

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        request.Headers.Add("client-request-id", "from-the-test");
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Asserts Graph's error form, whole, and gives the message.</summary>
    public static async Task<string> GraphMessageAsync(HttpResponseMessage response, int status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);

        var error = JsonDocument.Parse(text).RootElement.GetProperty("error");
        var inner = error.GetProperty("innerError");
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$", inner.GetProperty("date").GetString()!);
        Assert.Equal("from-the-test", inner.GetProperty("client-request-id").GetString());
        Assert.Equal(response.Headers.GetValues("request-id").Single(), inner.GetProperty("request-id").GetString());
        Assert.True(Guid.TryParse(inner.GetProperty("request-id").GetString(), out _));
        return error.GetProperty("message").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        temporary.Dispose();
    }

    private void MapEndpoints()
    {
        foreach (var version in new[] { "/v1.0", "/vpp" })
        {
            app.MapGet($"{version}/things", (Caller caller) => caller.TenantId).RequirePermission(Guard.Of(Permission));
            app.MapPost($"{version}/things", (Thing thing) => thing.Name);
            app.MapGet($"{version}/fault", string () => throw new InvalidOperationException("what only we may know"));
        }
    }

    private sealed record Thing(string Name);
}
