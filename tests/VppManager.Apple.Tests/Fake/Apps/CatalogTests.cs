using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Apple.Apps;
using VppManager.Apple.Tokens;
using VppManager.FakeApple.Apps;

namespace VppManager.Apple.Tests.Fake.Apps;

/// <summary>The newer catalogue, over the wire and through the client.</summary>
[Trait("Fake", "10.37")]
public sealed class CatalogTests : FakeTest
{
    private readonly FakeDeveloperKey key;

    public CatalogTests() => key = Server.Developers.Issue();

    [Fact]
    public async Task Catalog_OfSeveralIds_DescribesThoseItKnowsByPlatform()
    {
        North.AddAsset("1", 1, name: "Scan", platforms: ["iOS", "macOS"], bundleId: "net.example.scan");
        Server.Store.Put(Server.Store.Find("1")! with { MacBundleId = "net.example.scan.mac", Version = "4.2.1" });
        using var client = new Client(this);

        var found = await client.Apple.LookUpInCatalogAsync(ContentToken(), ["1", "2"], books: false, "GB", "enterprisestore", Ct);

        var scan = Assert.Single(found).Value;
        Assert.Equal(("Scan", "net.example.scan", "4.2.1"), (scan.Name, scan.BundleId, scan.LatestVersion));
        Assert.Equal(("net.example.scan", "net.example.scan.mac"), (scan.Platforms[AppPlatform.Ios].BundleId, scan.Platforms[AppPlatform.Mac].BundleId));
        Assert.EndsWith("/image/1/512x512bb.png", scan.ArtworkUrl, StringComparison.Ordinal);
        Assert.Contains("/gb/", scan.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Catalog_BooksAndApps_AreKeptApart()
    {
        North.AddAsset("1", 1);
        North.AddAsset("2", 1, productType: "Book");
        using var client = new Client(this);

        Assert.Equal(["1"], (await client.Apple.LookUpInCatalogAsync(ContentToken(), ["1", "2"], books: false, "gb", "enterprisestore", Ct)).Keys);
        Assert.Equal(["2"], (await client.Apple.LookUpInCatalogAsync(ContentToken(), ["1", "2"], books: true, "gb", "enterprisestore", Ct)).Keys);
    }

    [Fact]
    public async Task Catalog_WithoutADevelopersToken_Is401()
    {
        var answer = await Send(HttpMethod.Get, "/v1/catalog/gb/stoken-authenticated-apps?ids=1&platform=iphone", "Bearer a.b.c", null, $"itvt={Token.VpptokenFile}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }

    [Fact]
    public async Task Catalog_KeyUnknownOrWithdrawn_RefusesTheClientWithoutTellingTheToken()
    {
        using var client = new Client(this);
        Server.Developers.Withdraw(key.KeyId);

        var refusal = await Assert.ThrowsAsync<AppleException>(() => client.Apple.LookUpInCatalogAsync(ContentToken(), ["1"], false, "gb", "enterprisestore", Ct));

        Assert.Equal(401, refusal.HttpStatus);
        Assert.DoesNotContain(Token.VpptokenFile, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Catalog_RevokedContentToken_Is403Of40300()
    {
        using var client = new Client(this);
        Token.Revoke();

        var refusal = await Assert.ThrowsAsync<AppleException>(() => client.Apple.LookUpInCatalogAsync(ContentToken(), ["1"], false, "gb", "enterprisestore", Ct));

        Assert.Equal(403, refusal.HttpStatus);
        var developer = DeveloperKey.From(
            new AppleOptions { DeveloperKeyId = key.KeyId, DeveloperTeamId = key.TeamId, DeveloperKey = key.PrivateKeyPem }, TimeProvider.System)!;
        var answer = await Send(HttpMethod.Get, "/v1/catalog/gb/stoken-authenticated-apps?ids=1&platform=iphone", $"Bearer {developer.Token()}", null, $"itvt={Token.VpptokenFile}");
        Assert.Equal("40300", answer.Json.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Catalog_TooManyRequests_Is429AndNotTriedAgain()
    {
        using var client = new Client(this);
        Server.Settings.CatalogRequestsLeft = 0;

        var refusal = await Assert.ThrowsAsync<AppleException>(() => client.Apple.LookUpInCatalogAsync(ContentToken(), ["1"], false, "gb", "enterprisestore", Ct));

        Assert.Equal(AppleErrorMeaning.TooManyRequests, refusal.Meaning);
        Assert.Single(Server.Journal.Entries, entry => entry.Path.StartsWith("/v1/catalog/", StringComparison.Ordinal));
    }

    [Fact, Trait("Fake", "10.38")]
    public async Task Catalog_CustomAppOrForeignCountry_NeedsOwnerOrCountry()
    {
        foreach (var id in new[] { "1", "2", "3" }) North.AddAsset(id, 1);
        Server.Store.Put(new StoreItem("3") { IsRemovedFromSale = true });
        Server.Store.Put(new StoreItem("1") { IsCustom = true });
        Server.Store.Put(new StoreItem("2") { Countries = ["de"] });
        var stranger = new ContentToken(Server.AddLocation("South").IssueToken().VpptokenFile);
        using var client = new Client(this);

        async Task<IEnumerable<string>> Ids(ContentToken token, string country) =>
            (await client.Apple.LookUpInCatalogAsync(token, ["1", "2", "3"], false, country, "enterprisestore", Ct)).Keys;

        Assert.Equal(["1", "3"], await Ids(ContentToken(), "gb"));
        Assert.Equal(["1", "2", "3"], await Ids(ContentToken(), "de"));
        Assert.Equal(["2"], await Ids(stranger, "de"));
    }

    [Fact]
    public void DeveloperKey_HalfSetOrUnreadable_IsRefusedWithoutQuotingIt()
    {
        Assert.Null(DeveloperKey.FaultOf(new AppleOptions()));
        Assert.Contains("DeveloperTeamId", DeveloperKey.FaultOf(new AppleOptions { DeveloperKeyId = "KEY0000001" }), StringComparison.Ordinal);
        var options = new AppleOptions { DeveloperKeyId = "KEY0000001", DeveloperTeamId = "TEAM000001", DeveloperKey = "this is no key" };
        Assert.DoesNotContain("this is no key", DeveloperKey.FaultOf(options)!, StringComparison.Ordinal);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        options.DeveloperKey = other.ExportPkcs8PrivateKeyPem();
        Assert.Contains("P-256", DeveloperKey.FaultOf(options), StringComparison.Ordinal);
        options.DeveloperKey = key.PrivateKeyPem.ReplaceLineEndings("\\n");
        Assert.Null(DeveloperKey.FaultOf(options));
    }

    private ContentToken ContentToken() => new(Token.VpptokenFile, North.Uid);

    private sealed class Client : IDisposable
    {
        private readonly ServiceProvider services;

        public Client(CatalogTests test)
        {
            var registration = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging();
            registration.AddAppleClient(options =>
            {
                options.BaseAddress = test.Server.BaseAddress;
                options.CatalogAddress = new Uri(test.Server.BaseAddress, "v1");
                (options.DeveloperKeyId, options.DeveloperTeamId, options.DeveloperKey) = (test.key.KeyId, test.key.TeamId, test.key.PrivateKeyPem);
            });
            services = registration.BuildServiceProvider();
        }

        public AppleClient Apple => services.GetRequiredService<AppleClient>();

        public void Dispose() => services.Dispose();
    }
}
