using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Access;
using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Sets;

[Collection(GraphCollection.Name)]
public sealed partial class SwaggerTests(GraphHost graph)
{
    [Theory]
    [InlineData("v1.0", "/v1.0/deviceAppManagement/vppTokens")]
    [InlineData("beta", "/beta/deviceAppManagement/mobileApps/{parent}/assignedLicenses/{key}")]
    public async Task Document_OfAVersion_HasItsAddresses(string version, string path)
    {
        var document = await graph.GetAsync($"/swagger/{version}/swagger.json");

        Assert.True(document.GetProperty("paths").TryGetProperty(path, out _));
        Assert.True(document.GetProperty("components").GetProperty("schemas").TryGetProperty("microsoft.graph.vppToken", out _));
    }

    [Theory]
    [InlineData("/v1.0/$metadata")]
    [InlineData("/beta/$metadata")]
    public async Task Metadata_WithoutAToken_IsXml(string address)
    {
        using var client = graph.Client(GraphHost.Alpha);
        client.DefaultRequestHeaders.Authorization = null;
        using var response = await client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);

        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("application/xml", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    [Trait("Rule", "G1")]
    public async Task Document_OfEveryGuardedRoute_NamesTheLeastPermission()
    {
        var documents = new List<JsonElement>();
        foreach (var name in (string[])["v1.0", "beta", "vpp"]) documents.Add((await graph.GetAsync($"/swagger/{name}/swagger.json")).GetProperty("paths"));
        var described = documents.SelectMany(paths => paths.EnumerateObject()).SelectMany(path => path.Value.EnumerateObject().Select(operation =>
                (Key: operation.Name.ToUpperInvariant() + " " + path.Name.TrimEnd('/'), Text: operation.Value.TryGetProperty("description", out var text) ? text.GetString()! : "")))
            .ToLookup(one => one.Key, one => one.Text);

        var missing = graph.Hosts[0].Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetOrderedMetadata<Guard>().SelectMany(guard => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => (Key: $"{method} /{Constraint().Replace(route.RoutePattern.RawText!, "}").Trim('/')}", guard.Least))))
            .Where(one => !described[one.Key].Any(text => text.Contains($"Permission: `{one.Least}`", StringComparison.Ordinal))).ToList();

        Assert.True(missing.Count == 0, string.Join('\n', missing));
        Assert.True(described.Count > 300);
    }

    [Fact]
    public async Task Document_OfPlainEndpoints_ShowsWhatAPropertyHoldsNotThatItMayBeAbsent()
    {
        var schemas = (await graph.GetAsync("/swagger/vpp/swagger.json")).GetProperty("components").GetProperty("schemas");

        Assert.Equal("string", schemas.GetProperty("deviceValues").GetProperty("properties").GetProperty("deviceName").GetProperty("type").GetString());
        Assert.DoesNotContain(schemas.EnumerateObject(), schema => schema.Name.EndsWith("change", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Body_OfAPlainEndpointThatIsNoJson_HasACode()
    {
        using var content = new StringContent("{ \"serialNumber\": ", System.Text.Encoding.UTF8, "application/json");
        using var answer = await graph.Ours.PostAsync(new Uri("/vpp/devices", UriKind.Relative), content, TestContext.Current.CancellationToken);
        var problem = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;

        Assert.Equal((400, "badRequest"), ((int)answer.StatusCode, problem.GetProperty("code").GetString()));
    }

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();
}
