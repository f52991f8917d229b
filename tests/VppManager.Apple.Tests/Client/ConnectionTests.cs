using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Apple.Licenses;

namespace VppManager.Apple.Tests.Client;

/// <summary>The client over real connections, with the handler that products get.</summary>
public sealed class ConnectionTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Write_ConnectionDroppedBeforeTheAnswer_IsSentOnce()
    {
        await using var server = new RawServer("", RawServer.Answer("""{"eventId":"e-1"}"""));
        await using var services = Services(server);

        var fault = await Assert.ThrowsAsync<AppleException>(() => services.GetRequiredService<AppleClient>().AssociateAsync(
            AppleHost.Token(), new ManageAssets([new("42")]) { SerialNumbers = ["SN-A"] }, Ct));

        Assert.Equal(AppleErrorMeaning.OutOfReach, fault.Meaning);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Read_AnswerCutShort_IsReadAgain()
    {
        var whole = Pages.Assets(0, 1);
        await using var server = new RawServer(RawServer.Answer(whole[..20], claimed: whole.Length), "", RawServer.Answer(whole));
        await using var services = Services(server);

        var page = await services.GetRequiredService<AppleClient>().GetAssetsAsync(AppleHost.Token(), new(), 0, Ct);

        Assert.Single(page.Assets);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Redirect_WhereverTo_IsNotFollowed()
    {
        await using var elsewhere = new RawServer(RawServer.Answer("{}"));
        await using var server = new RawServer(RawServer.Answer("", "302 Found", $"Location: {elsewhere.Address}\r\n"));
        await using var services = Services(server);

        var fault = await Assert.ThrowsAsync<AppleException>(
            () => services.GetRequiredService<AppleClient>().GetClientConfigAsync(AppleHost.Token(), Ct));

        Assert.Equal((AppleErrorMeaning.Unreadable, 302), (fault.Meaning, fault.HttpStatus));
        Assert.Empty(elsewhere.Requests);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cookies_SetByAnAnswer_AreNotSentBack()
    {
        await using var server = new RawServer(RawServer.Answer("{}", headers: "Set-Cookie: itvt=other; Path=/\r\n"));
        await using var services = Services(server);
        var client = services.GetRequiredService<AppleClient>();

        await client.GetClientConfigAsync(AppleHost.Token(), Ct);
        await client.GetClientConfigAsync(AppleHost.Token(), Ct);

        Assert.Equal(2, server.Requests.Count);
        Assert.All(server.Requests, request =>
        {
            Assert.Contains("Authorization: Bearer " + AppleHost.Secret, request, StringComparison.Ordinal);
            Assert.DoesNotContain("Cookie", request, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task NobodyListens_AtTheAddress_IsOutOfReach()
    {
        var server = new RawServer();
        await using var services = Services(server, retries: 1);
        await server.DisposeAsync();

        var fault = await Assert.ThrowsAsync<AppleException>(
            () => services.GetRequiredService<AppleClient>().GetClientConfigAsync(AppleHost.Token(), Ct));

        Assert.Equal(AppleErrorMeaning.OutOfReach, fault.Meaning);
        Assert.Null(fault.HttpStatus);
    }

    private static ServiceProvider Services(RawServer server, int retries = 5)
    {
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddAppleClient(options =>
        {
            options.BaseAddress = server.Address;
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
            options.Retries = retries;
        });
        return services.BuildServiceProvider();
    }
}
