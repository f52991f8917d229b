using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace VppManager.Api.Tests.Hosting;

public sealed class ErrorAnswersTests : IAsyncLifetime
{
    private HostUnderTest host = null!;
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        host = await HostUnderTest.StartAsync(TestContext.Current.CancellationToken);
        token = host.Token(permissions: HostUnderTest.Permission);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Graph_UnknownAddress_IsABadRequestThatNamesTheSegment()
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/v1.0/deviceAppManagement/nothing", token);

        Assert.Equal("Resource not found for the segment 'deviceAppManagement'.", await HostUnderTest.GraphMessageAsync(response, 400, "BadRequest"));
        Assert.Equal("4.0", response.Headers.GetValues("OData-Version").Single());
    }

    [Fact]
    public async Task Graph_UnknownAddressBelowAKnownOne_NamesTheFirstUnknownSegment()
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/v1.0/things/nothing/more", token);

        Assert.Equal("Resource not found for the segment 'nothing'.", await HostUnderTest.GraphMessageAsync(response, 400, "BadRequest"));
    }

    [Fact]
    public async Task Graph_OtherMethod_Is405()
    {
        using var response = await host.SendAsync(HttpMethod.Delete, "/v1.0/things", token);

        Assert.Contains("DELETE", await HostUnderTest.GraphMessageAsync(response, 405, "MethodNotAllowed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Graph_BodyOfAnotherType_Is415()
    {
        using var response = await host.SendAsync(HttpMethod.Post, "/v1.0/things", token, new StringContent("name", Encoding.UTF8, "text/plain"));

        await HostUnderTest.GraphMessageAsync(response, 415, "UnsupportedMediaType");
    }

    [Fact]
    public async Task Graph_BodyTooLarge_Is413()
    {
        using var response = await host.SendAsync(HttpMethod.Post, "/v1.0/things", token, JsonContent.Create(new { name = new string('x', 5 * 1024 * 1024) }));

        await HostUnderTest.GraphMessageAsync(response, 413, "RequestEntityTooLarge");
    }

    [Fact]
    public async Task Graph_BodyNotJson_Is400()
    {
        using var response = await host.SendAsync(HttpMethod.Post, "/v1.0/things", token, new StringContent("{", Encoding.UTF8, "application/json"));

        await HostUnderTest.GraphMessageAsync(response, 400, "BadRequest");
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task Graph_BodyNotCompressedAsItSays_Is400(string encoding)
    {
        var body = new StringContent("this is neither", Encoding.UTF8, "application/json");
        body.Headers.ContentEncoding.Add(encoding);

        using var response = await host.SendAsync(HttpMethod.Post, "/v1.0/things", token, body);

        await HostUnderTest.GraphMessageAsync(response, 400, "BadRequest");
    }

    [Fact]
    public async Task Graph_CompressedBody_IsRead()
    {
        using var packed = new MemoryStream();
        await using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync("""{"name":"packed"}"""u8.ToArray(), TestContext.Current.CancellationToken);
        }

        var body = new ByteArrayContent(packed.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        body.Headers.ContentEncoding.Add("gzip");

        using var response = await host.SendAsync(HttpMethod.Post, "/v1.0/things", token, body);

        Assert.Equal("packed", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Graph_FaultOfOurs_Is500AndTellsNothing()
    {
        using var response = await host.SendAsync(HttpMethod.Get, "/v1.0/fault", token);

        var message = await HostUnderTest.GraphMessageAsync(response, 500, "InternalServerError");
        Assert.DoesNotContain("only we may know", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/vpp/nothing", 404)]
    [InlineData("DELETE", "/vpp/things", 405)]
    [InlineData("GET", "/vpp/fault", 500)]
    public async Task Elsewhere_AnyRefusal_IsProblemDetails(string method, string path, int status)
    {
        using var response = await host.SendAsync(new HttpMethod(method), path, token);

        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("only we may know", text, StringComparison.Ordinal);
        Assert.True(Guid.TryParse(response.Headers.GetValues("request-id").Single(), out _));
    }

    [Theory]
    [InlineData("v1.0", "/v1.0/things")]
    [InlineData("vpp", "/vpp/things")]
    public async Task Swagger_EachDocument_ListsItsOwnPathsAlone(string document, string path)
    {
        var ct = TestContext.Current.CancellationToken;
        using var response = await host.SendAsync(HttpMethod.Get, $"/swagger/{document}/swagger.json", token: null);

        using var json = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync(ct));
        var paths = json.RootElement.GetProperty("paths").EnumerateObject().Select(p => p.Name).ToList();
        Assert.Contains(path, paths);
        Assert.All(paths, p => Assert.StartsWith($"/{document}/", p, StringComparison.Ordinal));
        Assert.Equal("http", json.RootElement.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("type").GetString());
    }
}
