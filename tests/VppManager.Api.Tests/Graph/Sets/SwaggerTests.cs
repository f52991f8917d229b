using VppManager.Api.Tests.Graph.Seed;

namespace VppManager.Api.Tests.Graph.Sets;

[Collection(GraphCollection.Name)]
public sealed class SwaggerTests(GraphHost graph)
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
}
