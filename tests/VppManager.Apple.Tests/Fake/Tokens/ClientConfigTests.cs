using System.Net;

namespace VppManager.Apple.Tests.Fake.Tokens;

public sealed class ClientConfigTests : FakeTest
{
    private static readonly object Ours = new { mdmInfo = new { id = "m1", name = "Ours", metadata = "" } };

    [Fact, Trait("Fake", "10.11")]
    public async Task ClientConfig_Claimed_ShowsOwnerOnEveryAnswer()
    {
        Assert.False((await Get("assets")).Has("mdmInfo"));
        await Post("client/config", Ours);

        Assert.Equal("m1", (await Get("assets")).Json.GetProperty("mdmInfo").GetProperty("id").GetString());

        North.TakeOver("m2", "Theirs");
        Assert.Equal("m2", (await Get("users")).Json.GetProperty("mdmInfo").GetProperty("id").GetString());
    }

    [Fact, Trait("Fake", "10.11")]
    public async Task ClientConfig_PartPosted_KeepsTheRest()
    {
        await Post("client/config", Ours);
        var answer = await Post("client/config", new { notificationTypes = new[] { "ASSET_COUNT" } });

        Assert.Equal("Ours", answer.Json.GetProperty("mdmInfo").GetProperty("name").GetString());
        Assert.Equal("ASSET_COUNT", Assert.Single(answer.Rows("subscribedNotificationTypes")).GetString());
        Assert.False(answer.Has("notificationTypes"));
        Assert.Equal(("GB", "North", "enterprisestore"), (answer.Text("countryISO2ACode"), answer.Text("locationName"), answer.Text("defaultPlatform")));
    }

    [Theory, Trait("Fake", "10.12")]
    [InlineData("""{"mdmInfo":{"id":"1","name":"2"}}""", 9723)]
    [InlineData("""{"mdmInfo":{"id":"LONG","name":"2","metadata":""}}""", 9724)]
    [InlineData("""{"mdmInfo":{"id":"1","name":"LONG","metadata":""}}""", 9725)]
    [InlineData("""{"mdmInfo":{"id":"1","name":"2","metadata":"LONG"}}""", 9713)]
    [InlineData("""{"notificationUrl":"https://mdm.example.net/hook"}""", 9710)]
    [InlineData("""{"notificationUrl":"https://mdm.example.net/LONG","notificationAuthToken":"t"}""", 9711)]
    [InlineData("""{"notificationUrl":"https://mdm.example.net/hook","notificationAuthToken":"LONG"}""", 9711)]
    [InlineData("""{"notificationUrl":"http://mdm.example.net/hook","notificationAuthToken":"t"}""", 9712)]
    [InlineData("""{"notificationUrl":"https://mdm.example.net/hook?a=b","notificationAuthToken":"t"}""", 9712)]
    public async Task ClientConfig_Incomplete_IsRefusedAndChangesNothing(string body, int number)
    {
        var text = body.Replace("LONG", new string('x', 600), StringComparison.Ordinal);
        var answer = await Send(HttpMethod.Post, "client/config", $"Bearer {Token.VpptokenFile}", Json(text));

        Assert.Equal((HttpStatusCode.BadRequest, number), (answer.Status, answer.ErrorNumber));
        var config = await Get("client/config");
        Assert.False(config.Has("mdmInfo") || config.Has("notificationUrl"));
    }
}
