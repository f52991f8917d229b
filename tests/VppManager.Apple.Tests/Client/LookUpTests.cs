using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

public sealed class LookUpTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly ScriptedApple apple = new();

    public void Dispose() => apple.Dispose();

    [Fact]
    public async Task LookUp_ItemsInBothShapes_AreReadAlike()
    {
        apple.On("/lookup", Json("""
            {"version":2,"isAuthenticated":false,"results":{
              "42":{"id":42,"name":" Warehouse Scan ","bundleId":"net.example.scan","kind":"iosSoftware","artistName":"Example",
                    "artwork":{"url":"https://i.example/{w}x{h}bb.{f}","width":1024,"height":1024},"url":"https://a.example/42",
                    "genreNames":["Business"],"deviceFamilies":["iphone","ipad"],"minimumOSVersion":"17.0","releaseDate":"2024-05-06",
                    "softwareInfo":{"seller":"Example Ltd"},"description":{"standard":"Scans."},"isB2BCustomApp":true,
                    "isVppDeviceBasedLicensingEnabled":true,"offers":[{"price":0,"version":{"display":"4.2 beta","externalId":7}}]},
              "7":{"id":"7","name":"Book","artwork":[{"url":"https://i.example/100.png","width":100},{"url":"https://i.example/600.png","width":600},
                    {"url":"https://i.example/1024.png","width":1024}],"offers":[],"genreNames":null}}}
            """));
        await using var host = Host();

        var found = await host.Client.LookUpAsync(AppleHost.Token(), ["42", "7", "13"], "DE", "enterprisestore", Ct);

        Assert.Equal(["42", "7"], found.Keys.Order());
        var app = found["42"];
        Assert.Equal(("Warehouse Scan", "net.example.scan", "iosSoftware"), (app.Name, app.BundleId, app.Kind));
        Assert.Equal(("https://i.example/512x512bb.png", "4.2 beta", "17.0"), (app.ArtworkUrl, app.LatestVersion, app.MinimumOsVersion));
        Assert.Equal(("Example Ltd", "Scans.", "Example"), (app.Seller, app.Description, app.ArtistName));
        Assert.Equal((true, true), (app.IsCustomApp, app.IsDeviceBasedLicensingEnabled));
        Assert.Equal(new DateTimeOffset(2024, 5, 6, 0, 0, 0, TimeSpan.Zero), app.ReleaseDate);
        Assert.Equal(["iphone", "ipad"], app.DeviceFamilies);
        Assert.Equal(("Book", "https://i.example/600.png", false), (found["7"].Name, found["7"].ArtworkUrl, found["7"].IsCustomApp));
        Assert.Null(found["7"].IsDeviceBasedLicensingEnabled);
    }

    [Fact]
    public async Task LookUp_Request_CarriesTheTokenAsCookieAlone()
    {
        apple.On("/lookup", Json("""{"results":{}}"""));
        await using var host = Host();

        Assert.Empty(await host.Client.LookUpAsync(AppleHost.Token(), ["42", "7"], "DE", "enterprisestore", Ct));

        var request = Assert.Single(apple.To("/lookup"));
        Assert.Equal("?version=2&id=42%2C7&p=mdm-lockup&caller=MDM&platform=enterprisestore&cc=de&l=en", request.Address.Query);
        Assert.Equal(["itvt=" + AppleHost.Secret], request.Headers["Cookie"]);
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
    }

    [Fact]
    public async Task LookUp_ManyIds_AreAskedInPartsAndEachOnce()
    {
        apple.On("/lookup", Json("""{"results":{}}"""));
        await using var host = Host();

        await host.Client.LookUpAsync(AppleHost.Token(), [.. Enumerable.Range(0, 120).Select(id => $"{id % 110}")], "us", "itunes", Ct);

        var asked = apple.To("/lookup").SelectMany(request => request.Query("id")!.Split(',')).ToList();
        Assert.Equal(3, apple.To("/lookup").Count);
        Assert.Equal(110, asked.Count);
        Assert.Equal(110, asked.Distinct().Count());
    }

    [Theory]
    [InlineData("https://meta.apple.com/wa/lookup", "meta.apple.com")]
    [InlineData("http://meta.apple.com/wa/lookup", "uclient-api.itunes.apple.com")]
    [InlineData("https://evil.example/wa/lookup", "uclient-api.itunes.apple.com")]
    [InlineData("https://evilapple.com/wa/lookup", "uclient-api.itunes.apple.com")]
    [InlineData("https://meta.apple.com.evil.example/wa/lookup", "uclient-api.itunes.apple.com")]
    [InlineData("https://apple.com@evil.example/wa/lookup", "uclient-api.itunes.apple.com")]
    [InlineData("nonsense", "uclient-api.itunes.apple.com")]
    public async Task LookUp_NoAddressSet_GoesWhereApplesServiceConfigSaysIfThatIsSafe(string said, string host) =>
        Assert.Equal(host, await LookedUpAtAsync(said, "https://vpp.itunes.apple.com"));

    [Fact]
    public async Task LookUp_AtAnotherServiceThanApples_GoesWhereItSays() =>
        Assert.Equal("apple.example", await LookedUpAtAsync("https://apple.example/wa/lookup", "https://apple.example"));

    [Theory]
    [InlineData("https://evil.example/wa/lookup")]
    [InlineData("nonsense")]
    public async Task LookUp_AnotherServiceThanApplesThatDoesNotSayWhere_NobodyGetsItsToken(string said)
    {
        var fault = await Assert.ThrowsAsync<AppleException>(() => LookedUpAtAsync(said, "https://apple.example"));

        Assert.Equal(AppleErrorMeaning.OutOfReach, fault.Meaning);
        Assert.All(apple.All, request => Assert.Equal("apple.example", request.Address.Host));
    }

    /// <summary>The host that was asked, where the service config names an address.</summary>
    private async Task<string> LookedUpAtAsync(string said, string service)
    {
        apple.On("service/config", Json($$$"""{"urls":{"contentMetadataLookup":"{{{said}}}"}}"""))
            .On("/wa/lookup", Json("""{"results":{}}"""))
            .On("/WebObjects/MZStorePlatform.woa/wa/lookup", Json("""{"results":{}}"""));
        await using var client = new AppleHost(apple, configure: options => options.BaseAddress = new Uri(service));

        await client.Client.LookUpAsync(AppleHost.Token(), ["42"], "us", "itunes", Ct);

        return apple.All[^1].Address.Host;
    }

    [Fact]
    public async Task LookUp_AnswerWithoutResults_IsUnreadable()
    {
        apple.On("/lookup", Json("""{"version":2}"""));
        await using var host = Host();

        var fault = await Assert.ThrowsAsync<AppleException>(
            () => host.Client.LookUpAsync(AppleHost.Token(), ["42"], "us", "itunes", Ct));

        Assert.Equal(AppleErrorMeaning.Unreadable, fault.Meaning);
    }

    [Theory]
    [InlineData("volumestore", "api.edu.apple.com")]
    [InlineData("enterprisestore", "api.ent.apple.com")]
    public async Task LookUpInCatalog_SchoolOrBusiness_AsksItsOwnServiceAndReadsWhatIsThere(string platform, string asked)
    {
        apple.On("/v1/catalog/gb/stoken-authenticated-apps", Json("""
            {"data":[{"id":"42","attributes":{"name":"A\u0000B","artistName":"\ud800","platformAttributes":{
                "ios":{"bundleId":"first"},"osx":7,"ios":{"bundleId":"second","minimumOSVersion":"17.0"}}}},{"id":"\udc00","attributes":{}}]}
            """));
        using var key = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var pem = key.ExportPkcs8PrivateKeyPem();
        await using var host = new AppleHost(apple, configure: options =>
            (options.DeveloperKeyId, options.DeveloperTeamId, options.DeveloperKey) = ("KEY0000001", "TEAM000001", pem));

        var found = await host.Client.LookUpInCatalogAsync(AppleHost.Token(), ["42"], books: false, "GB", platform, Ct);

        Assert.Equal(asked, apple.All[^1].Address.Host);
        var app = Assert.Single(found).Value;
        Assert.Equal(("42", "AB", null, "second"), (app.AdamId, app.Name, app.ArtistName, app.BundleId));
    }

    [Fact]
    public async Task LookUp_NumberThatIsNoText_IsUnreadableAndNoFaultOfOurs()
    {
        apple.On("/lookup", Json("""{"results":{"\ud800":{"name":"Half a character"}}}"""));
        await using var host = Host();

        var fault = await Assert.ThrowsAsync<AppleException>(() => host.Client.LookUpAsync(AppleHost.Token(), ["42"], "us", "itunes", Ct));

        Assert.Equal(AppleErrorMeaning.Unreadable, fault.Meaning);
    }

    private AppleHost Host() => new(apple, configure: options => options.MetadataAddress = new Uri("https://meta.example/lookup"));
}
