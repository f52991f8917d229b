using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Graph;

/// <summary>An instance that listens and takes small bodies only.</summary>
public sealed class SmallBodiesFixture(PostgresFixture postgres) : ServiceFixture(postgres)
{
    public const int Limit = 64 * 1024;

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string> { ["Server:MaxBodyBytes"] = $"{Limit}" };

    internal HttpClient SocketClient(Guid tenant)
    {
        var client = Hosts[0].CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token(tenant));
        return client;
    }

    private protected override void Start(ServiceHost host, int instance)
    {
        host.UseKestrel(0);
        host.StartServer();
    }
}

/// <summary>How much a body may hold, through a real socket: the limit is the web server's.</summary>
public sealed class BodySizeTests(SmallBodiesFixture service) : IClassFixture<SmallBodiesFixture>
{
    private const int Limit = SmallBodiesFixture.Limit;

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Post_BodyOverTheLimit_413InGraphsFormAndNothingStored(bool chunked, bool compressed)
    {
        var tenant = Guid.CreateVersion7();
        using var client = service.SocketClient(tenant);
        var body = Encoding.UTF8.GetBytes($$"""{ "displayName": "x", "mailNickname": "x", "description": "{{new string('x', 4 * Limit)}}" }""");
        using var content = compressed ? Compressed(body) : new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/groups") { Content = content };
        request.Headers.TransferEncodingChunked = chunked;

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var error = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!;
        Assert.Equal("RequestEntityTooLarge", error["code"]!.GetValue<string>());
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from groups where tenant_id = $1", tenant));
    }

    [Fact]
    public async Task Post_GzipBodyWithinTheLimit_Accepted()
    {
        var tenant = Guid.CreateVersion7();
        using var client = service.SocketClient(tenant);
        using var content = Compressed("""{ "displayName": "Zipped", "mailNickname": "zipped", "mailEnabled": false, "securityEnabled": true }"""u8.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");

        using var answer = await client.PostAsync("/v1.0/groups", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal("Zipped", await service.ScalarAsync<string>("select display_name from groups where tenant_id = $1", tenant));
    }

    private static ByteArrayContent Compressed(byte[] body)
    {
        using var zipped = new MemoryStream();
        using (var gzip = new GZipStream(zipped, CompressionLevel.SmallestSize)) gzip.Write(body);
        return new ByteArrayContent(zipped.ToArray()) { Headers = { ContentEncoding = { "gzip" } } };
    }
}
