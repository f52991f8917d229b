using System.Net;
using System.Text.Json;
using VppManager.FakeApple.Apps;

namespace VppManager.Apple.Tests.Fake.Apps;

public sealed class LookupTests : FakeTest
{
    [Fact, Trait("Fake", "10.37")]
    public async Task Lookup_OfSeveralIds_DescribesThoseItKnows()
    {
        North.AddAsset("1", 1, name: "Scan", platforms: ["iOS", "macOS"], bundleId: "net.example.scan");
        North.AddAsset("2", 1);
        var results = await Results("1,2,3", "gb");
        var scan = results.GetProperty("1");

        Assert.Equal(2, results.EnumerateObject().Count());
        Assert.Equal(("Scan", "net.example.scan"), (scan.GetProperty("name").GetString(), scan.GetProperty("bundleId").GetString()));
        Assert.Equal(["iphone", "ipad", "mac"], scan.GetProperty("deviceFamilies").EnumerateArray().Select(family => family.GetString()!));
        Assert.Equal("1.0", scan.GetProperty("offers")[0].GetProperty("version").GetProperty("display").GetString());
        Assert.Contains("{w}x{h}", scan.GetProperty("artwork").GetProperty("url").GetString());
        Assert.All(["artistName", "url", "genres", "releaseDate"], name => Assert.True(scan.TryGetProperty(name, out _)));
    }

    [Fact, Trait("Fake", "10.37")]
    public async Task Lookup_WithBadCookieOrUnknownId_IsEmptyAnd200()
    {
        North.AddAsset("1", 1);
        Assert.Empty((await Results("9", "us")).EnumerateObject());
        Assert.Empty((await Results("1", "us", "rubbish")).EnumerateObject());

        Token.Revoke();
        Assert.Empty((await Results("1", "us")).EnumerateObject());
    }

    [Fact, Trait("Fake", "10.37")]
    public async Task Lookup_Switched_GivesNumbersAndArrays()
    {
        North.AddAsset("1", 1);
        Server.Settings.NumericIds = Server.Settings.ArtworkAsArray = true;
        var item = (await Results("1", "us")).GetProperty("1");

        Assert.Equal(JsonValueKind.Number, item.GetProperty("id").ValueKind);
        Assert.Equal(JsonValueKind.Array, item.GetProperty("artwork").ValueKind);
    }

    [Fact, Trait("Fake", "10.38")]
    public async Task Lookup_OfCustomAppOrForeignCountry_NeedsOwnerOrCountry()
    {
        foreach (var id in new[] { "1", "2", "3" }) North.AddAsset(id, 1);
        Server.Store.Put(new StoreItem("1") { IsCustom = true });
        Server.Store.Put(new StoreItem("2") { Countries = ["de"] });
        Server.Store.Put(new StoreItem("3") { IsRemovedFromSale = true });
        var stranger = Server.AddLocation("South").IssueToken().VpptokenFile;

        Assert.Equal(["1", "3"], Ids(await Results("1,2,3", "gb")));
        Assert.Equal(["1", "2", "3"], Ids(await Results("1,2,3", "de")));
        Assert.Equal(["2"], Ids(await Results("1,2,3", "de", stranger)));
        Assert.Equal(["2"], Ids(await Results("1,2,3", "de", "")));
    }

    private static IEnumerable<string> Ids(JsonElement results) => results.EnumerateObject().Select(property => property.Name);

    /// <summary>Without a cookie the location's token is sent; an empty one sends none.</summary>
    private async Task<JsonElement> Results(string ids, string country, string? cookie = null)
    {
        var path = $"/WebObjects/MZStorePlatform.woa/wa/lookup?version=2&id={ids}&p=mdm-lockup&caller=MDM&platform=enterprisestore&cc={country}&l=en";
        var answer = await Send(HttpMethod.Get, path, null, null, cookie == "" ? null : $"itvt={cookie ?? Token.VpptokenFile}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);

        return answer.Json.GetProperty("results");
    }
}
