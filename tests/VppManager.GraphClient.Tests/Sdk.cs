using System.Text.Json.Nodes;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Authentication;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.GraphClient.Tests;

/// <summary>Microsoft's client as it is, with its own handlers, pointed at the service.</summary>
internal static class Sdk
{
    public static GraphServiceClient Client(
        ServiceFixture service, Guid tenant, IReadOnlyList<string>? permissions = null, string version = "v1.0", bool application = false, ServiceHost? host = null, DelegatingHandler? wire = null)
    {
        var handlers = GraphClientFactory.CreateDefaultHandlers();
        var http = (host ?? service.Hosts[0]).CreateDefaultClient([.. handlers, .. wire is null ? [] : new[] { wire }]);
        var tokens = new TokenOfTest(service.Token(tenant, permissions: permissions, application: application));
        return new GraphServiceClient(http, new BaseBearerTokenAuthenticationProvider(tokens), $"http://localhost/{version}");
    }

    /// <summary>What the client has no words for: beta, through the same pipeline.</summary>
    public static async Task<JsonNode> BetaAsync(this GraphServiceClient graph, Method method, string path, object? body = null)
    {
        var request = new RequestInformation { HttpMethod = method, URI = new Uri($"http://localhost/beta/{path}") };
        if (body is not null) request.SetStreamContent(new MemoryStream(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body)), "application/json");
        var errors = new Dictionary<string, Microsoft.Kiota.Abstractions.Serialization.ParsableFactory<Microsoft.Kiota.Abstractions.Serialization.IParsable>>
        {
            ["XXX"] = Microsoft.Graph.Models.ODataErrors.ODataError.CreateFromDiscriminatorValue,
        };
        await using var answer = await graph.RequestAdapter.SendPrimitiveAsync<Stream>(request, errors, TestContext.Current.CancellationToken);
        if (answer is null) return new JsonObject();
        using var text = new StreamReader(answer);
        return JsonNode.Parse(await text.ReadToEndAsync(TestContext.Current.CancellationToken) is { Length: > 0 } json ? json : "{}")!;
    }

    private sealed class TokenOfTest(string token) : IAccessTokenProvider
    {
        public AllowedHostsValidator AllowedHostsValidator { get; } = new();

        public Task<string> GetAuthorizationTokenAsync(
            Uri uri, Dictionary<string, object>? additionalAuthenticationContext = null, CancellationToken cancellationToken = default) => Task.FromResult(token);
    }
}
