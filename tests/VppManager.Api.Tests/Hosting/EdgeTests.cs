using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace VppManager.Api.Tests.Hosting;

/// <summary>What the server does before anything of ours is asked: the pace of bodies, TLS, which pages there are.</summary>
public sealed class EdgeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Body_ThatTrickles_IsCutOff()
    {
        await using var host = await HostUnderTest.StartAsync(Ct, settings: new() { ["Server:SlowestBody"] = "10000", ["Server:SlowestBodyGrace"] = "00:00:01.1" });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(IPAddress.Loopback, host.Client.BaseAddress!.Port, Ct);
        await using var stream = tcp.GetStream();
        var head = $"POST /v1.0/things HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {host.Token(permissions: HostUnderTest.Permission)}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"name\":\"";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), Ct);
        var answer = new StreamReader(stream, Encoding.ASCII).ReadLineAsync(Ct).AsTask();

        Assert.Equal("HTTP/1.1 408 Request Timeout", await DripAsync(stream, answer));
    }

    [Theory]
    [InlineData("Production", null, false)]
    [InlineData("Production", "true", true)]
    [InlineData("Development", null, true)]
    [InlineData("Development", "false", false)]
    public async Task Swagger_OutsideDevelopment_IsThereOnlyWhereAllowed(string environment, string? setting, bool isThere)
    {
        await using var host = await HostUnderTest.StartAsync(Ct, environment, setting is null ? null : new() { ["Server:Swagger"] = setting });

        foreach (var path in new[] { "/swagger/index.html", "/swagger/v1.0/swagger.json" })
        {
            using var answer = await host.Client.GetAsync(path, Ct);
            Assert.Equal(isThere ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    [Theory, Trait("Rule", "G5")]
    [InlineData("Production", null, "Bearer metrics-token-for-tests", false)]
    [InlineData("Production", "metrics-token-for-tests", "Bearer metrics-token-for-test", false)]
    [InlineData("Production", "metrics-token-for-tests", null, false)]
    [InlineData("Production", "metrics-token-for-tests", "Bearer metrics-token-for-tests", true)]
    [InlineData("Development", "metrics-token-for-tests", null, false)]
    [InlineData("Development", null, null, true)]
    public async Task Metrics_OutsideDevelopment_AreGivenToTheirTokenAlone(string environment, string? setting, string? authorization, bool given)
    {
        await using var host = await HostUnderTest.StartAsync(Ct, environment, setting is null ? null : new() { ["Metrics:Token"] = setting });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await host.Client.SendAsync(request, Ct);

        Assert.Equal(given ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(given, (await answer.Content.ReadAsStringAsync(Ct)).Contains("# TYPE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tls_ByConfiguration_ServesTheCertificateAndNothingInTheClear()
    {
        using var folder = new TemporaryFolder();
        var file = TestCertificate.Write(folder, "edge");
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(file, TestCertificate.Password);
        await using var host = await HostUnderTest.StartAsync(Ct, settings: new()
        {
            ["Kestrel:Endpoints:Https:Url"] = "https://127.0.0.1:0",
            ["Kestrel:Endpoints:Https:Certificate:Path"] = file,
            ["Kestrel:Endpoints:Https:Certificate:Password"] = TestCertificate.Password,
        });
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, served, _, _) => served?.Thumbprint == certificate.Thumbprint };
        using var client = new HttpClient(handler);

        using var answer = await client.GetAsync(new Uri(host.Client.BaseAddress!, "/v1.0/things"), Ct);

        Assert.Equal(("https", HttpStatusCode.Unauthorized), (host.Client.BaseAddress!.Scheme, answer.StatusCode));
        Assert.Equal("max-age=31536000", answer.Headers.GetValues("Strict-Transport-Security").Single());
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Client.GetAsync(new UriBuilder(host.Client.BaseAddress!) { Scheme = "http" }.Uri, Ct));
    }

    /// <summary>A byte now and then, until there is an answer or nobody listens any more.</summary>
    private static async Task<string?> DripAsync(NetworkStream stream, Task<string?> answer)
    {
        using var drip = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            while (!answer.IsCompleted && await drip.WaitForNextTickAsync(Ct)) await stream.WriteAsync("x"u8.ToArray(), Ct);
        }
        catch (IOException)
        {
            // Cut off: the answer was sent before.
        }

        return await answer;
    }
}
