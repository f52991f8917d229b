using System.Text;
using System.Text.Json;
using VppManager.Apple.Apps;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;

namespace VppManager.Apple.Tests.Client;

/// <summary>What Apple posts.</summary>
public sealed class NotificationTests
{
    [Fact]
    public void Parse_FailureOfAnEvent_NamesEventErrorAndPairs()
    {
        var read = Parse("""
            {"notificationId":"n1","notificationType":"ASSET_MANAGEMENT","uId":"2049","notification":{"eventId":"e1","type":"ASSOCIATE","result":"FAILURE",
             "error":{"errorNumber":9709,"errorMessage":"None left."},"assignments":[{"adamId":42,"serialNumber":"S1"},{"adamId":"42","pricingParam":"PLUS","clientUserId":"u1"}]}}
            """);

        var content = Assert.IsType<AssetManagementNotification>(read.Content);
        Assert.Equal(("n1", "2049", "e1"), (read.NotificationId, read.UId, content.EventId));
        Assert.Equal(AppleErrorMeaning.NotEnoughLicenses, content.Error?.Meaning);
        Assert.Equal([("42", "STDQ", "S1"), ("42", "PLUS", "u1")], content.Assignments.Select(row => (row.AdamId, row.PricingParam, row.SerialNumber ?? row.ClientUserId)));
    }

    [Fact]
    public void Parse_CountAndUsers_AsTyped()
    {
        var count = Parse("""{"notificationId":"n","notificationType":"ASSET_COUNT","uId":"1","notification":{"adamId":"42","pricingParam":"PLUS","countDelta":-5}}""");
        var users = Parse("""{"notificationId":"n","notificationType":"USER_MANAGEMENT","uId":"1","notification":{"eventId":"e","type":"CREATE","result":"SUCCESS","users":[{"clientUserId":"u","status":"Registered"}]}}""");
        var associated = Parse("""{"notificationId":"n","notificationType":"USER_ASSOCIATED","uId":"1","notification":{"associatedUsers":[{"clientUserId":"u","idHash":"h","status":"Associated"}]}}""");

        Assert.Equal(new AssetCountNotification { AdamId = "42", PricingParam = "PLUS", CountDelta = -5 }, count.Content);
        Assert.Equal("u", Assert.Single(Assert.IsType<UserManagementNotification>(users.Content).Users).ClientUserId);
        Assert.Equal("h", Assert.Single(Assert.IsType<UserAssociatedNotification>(associated.Content).AssociatedUsers).IdHash);
    }

    [Theory]
    [InlineData("""{"notificationId":"n","notificationType":"TEST_NOTIFICATION","uId":"1","notification":{}}""")]
    [InlineData("""{"notificationId":"n","notificationType":"TEST_NOTIFICATION"}""")]
    [InlineData("""{"notificationId":"n","notificationType":"UNLIMITED_ASSET","uId":1,"notification":[1,2],"new":{}}""")]
    public void Parse_NothingThatThisClientKnows_NoContent(string body) => Assert.Null(Parse(body).Content);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"notificationId":"n"}""")]
    [InlineData("""{"notificationId":"n","notificationType":"ASSET_COUNT","uId":"1"}""")]
    [InlineData("""{"notificationId":"n","notificationType":"ASSET_COUNT","uId":"1","notification":[]}""")]
    [InlineData("""{"notificationId":"n","notificationType":"ASSET_COUNT","uId":"1","notification":{"countDelta":"many"}}""")]
    [InlineData("""{"notificationId":"\ud800","notificationType":"ASSET_COUNT","uId":"1","notification":{}}""")]
    public void Parse_NotOfApplesShape_SaysSo(string body) => Assert.Throws<JsonException>(() => Parse(body));

    private static AppleNotification Parse(string body) => AppleNotification.Parse(Encoding.UTF8.GetBytes(body));
}
