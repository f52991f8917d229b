using System.Net;
using System.Text.Json;

namespace VppManager.Apple.Tests.Fake.Licenses;

public sealed class ValidationTests : FakeTest
{
    public ValidationTests()
    {
        North.AddAsset("1", 100);
        North.AddAsset("2", 100, deviceAssignable: false);
        North.AddAsset("3", 100, productType: "Book");
        North.AddUsers("u1");
        (Server.Settings.Limits.MaxAssets, Server.Settings.Limits.MaxClientUserIds, Server.Settings.Limits.MaxSerialNumbers) = (4, 3, 3);
    }

    [Theory, Trait("Fake", "10.24")]
    [InlineData("""{"serialNumbers":["A"]}""", 9718)]
    [InlineData("""{"assets":[{"adamId":"1"}],"serialNumbers":[],"clientUserIds":[]}""", 9719)]
    [InlineData("""{"assets":[{"pricingParam":"STDQ"}],"serialNumbers":["A"]}""", 9602)]
    [InlineData("""{"assets":"1","serialNumbers":["A"]}""", 9602)]
    [InlineData("""{"assets":[{"adamId":"1"},{"adamId":"2"},{"adamId":"3"},{"adamId":"4"},{"adamId":"5"}],"serialNumbers":["A"]}""", 9700)]
    [InlineData("""{"assets":[{"adamId":"1"}],"clientUserIds":["a","b","c","d"]}""", 9701)]
    [InlineData("""{"assets":[{"adamId":"1"}],"serialNumbers":["a","b","c","d"]}""", 9702)]
    [InlineData("""{"assets":[{"adamId":"1"},{"adamId":"1","pricingParam":"STDQ"}],"serialNumbers":["A"]}""", 9703)]
    [InlineData("""{"assets":[{"adamId":"1"}],"clientUserIds":["u1","u1"]}""", 9704)]
    [InlineData("""{"assets":[{"adamId":"1"}],"serialNumbers":["A","A"]}""", 9705)]
    [InlineData("""{"assets":[{"adamId":"1"},{"adamId":"2"}],"serialNumbers":["A"]}""", 9707)]
    [InlineData("""{"assets":[{"adamId":"1"}],"serialNumbers":["A"],"clientUserIds":["nobody"]}""", 9609)]
    public async Task Associate_WithOneFault_IsRefusedWhole(string body, int number) => await Refused("assets/associate", body, number);

    [Theory, Trait("Fake", "10.24")]
    [InlineData("""{"assets":[],"serialNumbers":["a","a","c","d"]}""", 9718)]
    [InlineData("""{"assets":[{"adamId":"2"},{"adamId":"2"}],"serialNumbers":["a","a","c","d"],"clientUserIds":["nobody"]}""", 9702)]
    [InlineData("""{"assets":[{"adamId":"2"},{"adamId":"2"}],"serialNumbers":["a","a"],"clientUserIds":["nobody"]}""", 9703)]
    [InlineData("""{"assets":[{"adamId":"2"}],"serialNumbers":["a","a"],"clientUserIds":["nobody"]}""", 9705)]
    [InlineData("""{"assets":[{"adamId":"2"}],"serialNumbers":["a"],"clientUserIds":["nobody"]}""", 9707)]
    public async Task Associate_WithSeveralFaults_NamesTheFirst(string body, int number) => await Refused("assets/associate", body, number);

    [Theory, Trait("Fake", "10.24"), Trait("Fake", "10.30"), Trait("Fake", "10.31")]
    [InlineData("disassociate", """{"assets":[{"adamId":"1"},{"adamId":"3"}],"clientUserIds":["u1"]}""", 9706)]
    [InlineData("associate", """{"assets":[{"adamId":"3"}],"serialNumbers":["A"]}""", 9707)]
    [InlineData("revoke", """{}""", 9719)]
    [InlineData("revoke", """{"clientUserIds":["nobody"]}""", 9609)]
    public async Task Write_AgainstTheRules_IsRefused(string verb, string body, int number) => await Refused($"assets/{verb}", body, number);

    [Fact, Trait("Fake", "10.24")]
    public async Task Refusal_OfDuplicates_NamesThem()
    {
        var answer = await Post("assets/associate", new { assets = new[] { new { adamId = "1" } }, serialNumbers = new[] { "A", "B", "A" } });

        Assert.Equal("A", Assert.Single(answer.Json.GetProperty("errorInfo").GetProperty("serialNumbers").EnumerateArray()).GetString());
        Assert.True(answer.Has("errorMessage"));
    }

    [Fact, Trait("Fake", "10.31")]
    public async Task Revoke_AboveItsOwnLimit_Is9702()
    {
        var answer = await Post("assets/revoke", new { serialNumbers = Serials(101) });

        Assert.Equal(9702, answer.ErrorNumber);
    }

    [Fact, Trait("Fake", "10.24")]
    public async Task Refusal_OfSeveralKinds_ComesInApplesOrder()
    {
        var (bearer, twice) = ($"Bearer {Token.VpptokenFile}", """{"assets":[],"serialNumbers":["A","A"]}""");
        var type = await Send(HttpMethod.Post, "assets/associate", bearer, new StringContent("{", System.Text.Encoding.UTF8, "text/plain"));
        var body = await Send(HttpMethod.Post, "assets/associate", bearer, Json("{"));
        var required = await Send(HttpMethod.Post, "assets/associate", bearer, Json(twice));
        Token.Expire();
        var token = await Send(HttpMethod.Post, "assets/associate", bearer, new StringContent("{", System.Text.Encoding.UTF8, "text/plain"));

        Assert.Equal([9621, 9727, 9602, 9718], new[] { token, type, body, required }.Select(answer => answer.ErrorNumber!.Value));
    }

    [Fact, Trait("Fake", "10.24")]
    public async Task Users_WithSeveralFaults_AreRefusedForTheFirst()
    {
        Server.Settings.Limits.MaxUsers = 1;
        var tooMany = await Post("users/update", new { users = new[] { new { clientUserId = "x", email = "bad" }, new { clientUserId = "x", email = "bad" } } });
        Server.Settings.Limits.MaxUsers = 5;
        var twice = await Post("users/update", new { users = new[] { new { clientUserId = "x", email = "bad" }, new { clientUserId = "x", email = "bad" } } });
        var unknown = await Post("users/update", new { users = new[] { new { clientUserId = "x" } } });

        Assert.Equal([9714, 9715, 9609], new[] { tooMany, twice, unknown }.Select(answer => answer.ErrorNumber!.Value));
    }

    [Fact, Trait("Fake", "10.29")]
    public async Task Associate_OfAnUnknownUser_NamesThemAndLeavesTheOthersUntouched()
    {
        var answer = await Post("assets/associate", new { assets = new[] { new { adamId = "1" } }, clientUserIds = new[] { "u1", "nobody" } });

        Assert.Equal((400, 9609), ((int)answer.Status, answer.ErrorNumber));
        Assert.Equal("nobody", Assert.Single(answer.Json.GetProperty("errorInfo").GetProperty("clientUserIds").EnumerateArray()).GetString());
        Assert.Empty(North.Assignments);
    }

    private async Task Refused(string path, string body, int number)
    {
        var answer = await Send(HttpMethod.Post, path, $"Bearer {Token.VpptokenFile}", Json(body));

        Assert.Equal((HttpStatusCode.BadRequest, number), (answer.Status, answer.ErrorNumber));
        Assert.Equal(JsonValueKind.String, answer.Json.GetProperty("errorMessage").ValueKind);
        Assert.Empty(North.Assignments);
    }
}
