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
}
