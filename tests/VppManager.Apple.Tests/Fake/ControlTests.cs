using System.Net;
using VppManager.Apple.Tests.Fake.Transport;

namespace VppManager.Apple.Tests.Fake;

public sealed class ControlTests : FakeTest
{
    [Fact, Trait("Fake", "10.40")]
    public async Task Control_OverHttp_BuildsALocationThatWorks()
    {
        await Put("locations", new { name = "West", uid = "77", country = "DE" }, HttpMethod.Post);
        var token = await Put("locations/77/tokens", new { orgName = "West GmbH" }, HttpMethod.Post);
        await Put("locations/77/assets/1", new { total = 5, name = "Scan", platforms = new[] { "macOS" } });
        await Put("locations/77/assets/1/buy", new { count = 2 }, HttpMethod.Post);
        await Put("locations/77/assets/1/assign", new { serialNumbers = new[] { "A" } }, HttpMethod.Post);
        var assets = await Send(HttpMethod.Get, "assets", $"Bearer {token.Text("vpptoken")}", null);
        var row = assets.Rows("assets")[0];

        Assert.Equal(("77", 7, 1), (assets.Text("uId"), row.GetProperty("totalCount").GetInt32(), row.GetProperty("assignedCount").GetInt32()));
        Assert.Equal(1, (await Fake("locations/77/assignments")).Json.GetArrayLength());
        Assert.Equal(token.Text("vpptoken"), (await Fake($"tokens/{token.Text("id")}/file")).Body);

        await Put($"tokens/{token.Text("id")}/state/Revoked", new { }, HttpMethod.Post);
        Assert.Equal(9625, (await Send(HttpMethod.Get, "assets", $"Bearer {token.Text("vpptoken")}", null)).ErrorNumber);
    }

    [Fact, Trait("Fake", "10.40")]
    public async Task Portal_BuyRefundTransfer_ChangeTheCounts()
    {
        North.AddAsset("1", 5);
        var south = Server.AddLocation("South");
        south.AddAsset("1", 0);

        await Put($"locations/{North.Uid}/assets/1/buy", new { count = 4 }, HttpMethod.Post);
        await Put($"locations/{North.Uid}/assets/1/refund", new { count = 2 }, HttpMethod.Post);
        await Put($"locations/{North.Uid}/assets/1/transfer", new { count = 3, toUid = south.Uid }, HttpMethod.Post);
        var north = (await Get("assets")).Rows("assets")[0];

        Assert.Equal((4, 2), (north.GetProperty("totalCount").GetInt32(), north.GetProperty("retiredCount").GetInt32()));
        Assert.Equal(3, (await Get("assets", south.IssueToken())).Rows("assets")[0].GetProperty("totalCount").GetInt32());
        var tooMany = await Send(HttpMethod.Post, $"/fake/locations/{North.Uid}/assets/1/transfer", null, Json($$"""{"count":9,"toUid":"{{south.Uid}}"}"""));
        Assert.Equal(HttpStatusCode.Conflict, tooMany.Status);
    }

    [Fact, Trait("Fake", "10.40")]
    public async Task Portal_NewTokenOrPassword_KillsTheOlderOnes()
    {
        var newer = await Put($"locations/{North.Uid}/tokens", new { account = "kim@example.org", revokeOlder = true }, HttpMethod.Post);
        var bearer = $"Bearer {newer.Text("vpptoken")}";
        Assert.Equal(9625, (await Get("assets")).ErrorNumber);
        Assert.Null((await Send(HttpMethod.Get, "assets", bearer, null)).ErrorNumber);

        await Put($"locations/{North.Uid}/passwords/kim@example.org/change", new { }, HttpMethod.Post);
        Assert.Equal(9625, (await Send(HttpMethod.Get, "assets", bearer, null)).ErrorNumber);
    }

    [Fact, Trait("Fake", "10.40")]
    public async Task Portal_TakeoverAndRename_ShowAtOnce()
    {
        await Put($"locations/{North.Uid}/takeover", new { id = "m2", name = "Theirs" }, HttpMethod.Post);
        await Put($"locations/{North.Uid}", new { name = "Northern", country = "IE" }, HttpMethod.Patch);
        var config = await Get("client/config");

        Assert.Equal(("Northern", "IE", North.Uid), (config.Text("locationName"), config.Text("countryISO2ACode"), config.Text("uId")));
        Assert.Equal("m2", config.Json.GetProperty("mdmInfo").GetProperty("id").GetString());
    }

    [Fact, Trait("Fake", "10.40")]
    public async Task Portal_Users_AcceptAndRetire()
    {
        await Put($"locations/{North.Uid}/users", new { values = new[] { "u1" } }, HttpMethod.Post);
        await Put($"locations/{North.Uid}/users/u1/accept", new { appleAccount = "kim@example.net" }, HttpMethod.Post);
        Assert.Equal("Associated", Assert.Single(North.AllUsers).Status);

        await Put($"locations/{North.Uid}/users/u1/retire", new { }, HttpMethod.Post);
        Assert.Equal("Retired", Assert.Single(North.AllUsers).Status);
    }

    [Fact]
    public async Task Control_OfFaultsClockJournalSettings_TakesEffect()
    {
        await Put("faults", new { path = "/assets", count = 1, errorNumber = 9729, retryAfter = "7" }, HttpMethod.Post);
        await Put("clock", new { advanceSeconds = 86_400 }, HttpMethod.Post);
        await Put("settings", new { pageSize = 3, exhaustion = "PerTarget" }, HttpMethod.Patch);
        var answer = await Get("assets");

        Assert.Equal((503, 9729, TimeSpan.FromSeconds(7)), ((int)answer.Status, answer.ErrorNumber, answer.Headers.RetryAfter!.Delta));
        Assert.True(Server.Clock.Offset >= TimeSpan.FromDays(1));
        Assert.Equal(3, Server.Settings.PageSize);
        Assert.Equal(1, (await Fake("journal?path=/assets")).Json.GetArrayLength());
    }

    [Fact, Trait("Fake", "10.6")]
    public async Task Control_OfEverySwitch_TakesEffect()
    {
        await Put("settings", new
        {
            maxUsers = 1,
            maxRevokeClientUserIds = 2,
            maxRevokeSerialNumbers = 3,
            maxNotificationLength = 4,
            maxMdmIdLength = 5,
            maxMdmNameLength = 6,
            maxMdmMetadataLength = 7,
            catalogRequestsLeft = 8,
            legacyNumbersAsText = true,
            eventRetentionSeconds = 9,
            notificationRetrySeconds = new[] { 0.5, 10 },
            notificationTimeoutMilliseconds = 11,
            allowLoopbackHttp = false,
        }, HttpMethod.Patch);
        var (settings, limits) = (Server.Settings, Server.Settings.Limits);

        Assert.Equal((1, 2, 3, 4), (limits.MaxUsers, limits.MaxRevokeClientUserIds, limits.MaxRevokeSerialNumbers, limits.MaxNotificationLength));
        Assert.Equal((5, 6, 7), (limits.MaxMdmIdLength, limits.MaxMdmNameLength, limits.MaxMdmMetadataLength));
        Assert.Equal((8, true, TimeSpan.FromSeconds(9)), (settings.CatalogRequestsLeft, settings.LegacyNumbersAsText, settings.EventRetention));
        Assert.Equal([TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(10)], settings.Webhooks.RetryDelays);
        Assert.Equal((TimeSpan.FromMilliseconds(11), false), (settings.Webhooks.Timeout, settings.Webhooks.AllowLoopbackHttp));
        Assert.Equal(1, (await Get("service/config")).Json.GetProperty("limits").GetProperty("maxUsers").GetInt32());
        Assert.Equal(9714, (await Post("users/create", new { users = new[] { new { clientUserId = "u1" }, new { clientUserId = "u2" } } })).ErrorNumber);

        await Put("settings", new { catalogUnlimited = true }, HttpMethod.Patch);
        Assert.Null(settings.CatalogRequestsLeft);
    }

    [Fact, Trait("Fake", "10.40")]
    public async Task Control_OfEventsVersionsAndCounts_TakesEffect()
    {
        North.AddAsset("1", 5);
        var before = (await Get("assignments")).Text("versionId");
        await Put($"locations/{North.Uid}/events/hold?count=1", new { }, HttpMethod.Post);
        var held = await Associate("1", "A");
        Assert.Equal("PENDING", (await Get($"status?eventId={held.Text("eventId")}")).Text("eventStatus"));

        Assert.Equal(1, (await Put($"locations/{North.Uid}/events/release", new { }, HttpMethod.Post)).Number("released"));
        Assert.Equal("COMPLETE", (await Settled(held)).Text("eventStatus"));
        await Put($"locations/{North.Uid}/events/fail?count=1&errorNumber=9644", new { }, HttpMethod.Post);
        Assert.Equal("FAILED", (await Settled(await Associate("1", "B"))).Text("eventStatus"));
        await Put($"locations/{North.Uid}/versions/forget", new { }, HttpMethod.Post);
        Assert.Equal(9721, (await Get($"assignments?sinceVersionId={before}")).ErrorNumber);
        await Put($"locations/{North.Uid}/assets/1/miscount", new { count = 3 }, HttpMethod.Post);
        Assert.Equal(4, (await Get("assets")).Rows("assets")[0].GetProperty("assignedCount").GetInt32());
    }

    [Fact, Trait("Fake", "10.40")]
    public async Task Control_OfNotifications_SpoilsTheNextOnesUntilCleared()
    {
        await using var receiver = await Receiver.StartAsync(Ct);
        North.AddAsset("1", 5);
        await Post("client/config", new { notificationUrl = receiver.Url, notificationAuthToken = "secret", notificationTypes = new[] { "ASSET_MANAGEMENT", "ASSET_COUNT" } });

        await Put($"locations/{North.Uid}/notifications/spoil?early=1&twice=1", new { }, HttpMethod.Post);
        var early = await Associate("1", "A");
        Assert.Equal("COMPLETE", (await Get($"status?eventId={early.Text("eventId")}")).Text("eventStatus"));
        Assert.Equal(2, receiver.OfType("ASSET_MANAGEMENT").Count());

        await Put($"locations/{North.Uid}/notifications/spoil?lose=5&reverse=2&delay=1&delaySeconds=0", new { }, HttpMethod.Post);
        await Put($"locations/{North.Uid}/notifications/spoil", new { }, HttpMethod.Delete);
        North.Buy("1", 1);
        await Eventually(() => receiver.OfType("ASSET_COUNT").Any());
        Assert.Contains((await Fake($"locations/{North.Uid}/notifications")).Json.EnumerateArray(), one => one.GetProperty("notificationType").GetString() == "ASSET_COUNT");
    }

    [Fact]
    public async Task Control_WrongArguments_AreProblems()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Fake("locations/nowhere")).Status);
        var twice = await Send(HttpMethod.Post, "/fake/locations", null, Json($$"""{"name":"x","uid":"{{North.Uid}}"}"""));
        Assert.Equal(HttpStatusCode.Conflict, twice.Status);
    }

    [Fact]
    public async Task Swagger_OfTheControl_ListsItsAddresses()
    {
        var description = await Fake("swagger/v1/swagger.json");

        Assert.True(description.Json.GetProperty("paths").TryGetProperty("/fake/locations/{uid}/tokens", out _));
        Assert.Equal(HttpStatusCode.OK, (await Fake("swagger/index.html")).Status);
    }

    private Task<Answer> Fake(string path) => Send(HttpMethod.Get, $"/fake/{path}", null, null);

    private async Task<Answer> Put(string path, object body, HttpMethod? method = null)
    {
        var answer = await Send(method ?? HttpMethod.Put, $"/fake/{path}", null, Json(System.Text.Json.JsonSerializer.Serialize(body)));
        Assert.True((int)answer.Status is 200 or 204, answer.Body);

        return answer;
    }
}
