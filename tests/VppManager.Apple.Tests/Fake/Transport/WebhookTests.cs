using System.Text.Json;

namespace VppManager.Apple.Tests.Fake.Transport;

public sealed class WebhookTests : FakeTest, IAsyncLifetime
{
    private static readonly string[] All = ["ASSET_MANAGEMENT", "USER_MANAGEMENT", "USER_ASSOCIATED", "ASSET_COUNT"];

    private Receiver _hook = null!;

    public async ValueTask InitializeAsync() => _hook = await Receiver.StartAsync(Ct);

    [Fact, Trait("Fake", "10.13")]
    public async Task Webhook_Set_IsTestedBeforeTheAnswer()
    {
        var answer = await Subscribe();
        var (bearer, body) = Assert.Single(_hook.Received);

        Assert.Equal((_hook.Url, "secret"), (answer.Text("notificationUrl"), answer.Text("notificationAuthToken")));
        Assert.Equal(("Bearer secret", "TEST_NOTIFICATION", North.Uid), (bearer, Text(body, "notificationType"), Text(body, "uId")));
        Assert.Equal("{}", body.GetProperty("notification").GetRawText());
    }

    [Fact, Trait("Fake", "10.13")]
    public async Task Webhook_NotAnswering2xx_KeepsTheOldConfig()
    {
        await Subscribe(All);
        _hook.Status = 403;
        var refused = await Subscribe();
        var unreachable = await Post("client/config", new { notificationUrl = "http://127.0.0.1:9/", notificationAuthToken = "x" });

        Assert.Equal((400, 9728), ((int)refused.Status, refused.ErrorNumber));
        Assert.Equal(9728, unreachable.ErrorNumber);
        Assert.Equal(_hook.Url, (await Get("client/config")).Text("notificationUrl"));
        Assert.Equal(4, (await Get("client/config")).Rows("subscribedNotificationTypes").Count);
    }

    [Fact, Trait("Fake", "10.14")]
    public async Task Webhook_SetThroughSecondToken_ReplacesTheFirst()
    {
        await Subscribe(All);
        await using var second = await Receiver.StartAsync(Ct);
        await Post("client/config", new { notificationUrl = second.Url, notificationAuthToken = "other" }, North.IssueToken());
        North.AddAsset("1", 5);
        North.Buy("1", 1);

        await Eventually(() => second.OfType("ASSET_COUNT").Any());
        Assert.Empty(_hook.OfType("ASSET_COUNT"));
    }

    [Fact, Trait("Fake", "10.15"), Trait("Fake", "10.39")]
    public async Task Delivery_Refused_IsTriedThreeTimesThenDropped()
    {
        await Subscribe(All);
        _hook.Status = 503;
        North.AddAsset("1", 5);
        North.Buy("1", 1);
        foreach (var attempt in new[] { 1, 2, 3 })
        {
            await Eventually(() => Tried() == attempt || Moved());
            Assert.Equal(attempt, Tried());
        }

        Server.Clock.Advance(TimeSpan.FromHours(1));
        North.Buy("1", 1);
        await Eventually(() => Tried() == 4);
        Assert.Equal([3, 1], _hook.OfType("ASSET_COUNT").CountBy(body => Text(body, "notificationId")).Select(count => count.Value));

        int Tried() => _hook.OfType("ASSET_COUNT").Count();

        bool Moved()
        {
            Server.Clock.Advance(TimeSpan.FromSeconds(20));

            return false;
        }
    }

    [Fact, Trait("Fake", "10.15")]
    public async Task Delivery_LostDoubledReversed_ComesSo()
    {
        await Subscribe(All);
        North.AddAsset("1", 50);
        North.Notifications.LoseNext(1);
        North.Buy("1", 1);
        North.Notifications.DoubleNext(1);
        North.Buy("1", 2);
        await Eventually(() => Deltas().Count == 2);
        North.Notifications.ReverseNext(3);
        foreach (var count in new[] { 3, 4, 5 }) North.Buy("1", count);
        await Eventually(() => Deltas().Count == 5);

        Assert.Equal([2, 2], Deltas()[..2]);
        Assert.Equal([5, 4, 3], Deltas()[2..]);
        Assert.Single(_hook.OfType("ASSET_COUNT").Take(2).Select(body => Text(body, "notificationId")).Distinct());

        List<int> Deltas() => [.. _hook.OfType("ASSET_COUNT").Select(body => body.GetProperty("notification").GetProperty("countDelta").GetInt32())];
    }

    [Fact, Trait("Fake", "10.15"), Trait("Fake", "10.39")]
    public async Task Delivery_Delayed_WaitsForTheClock()
    {
        await Subscribe(All);
        North.AddAsset("1", 50);
        North.Notifications.DelayNext(1, TimeSpan.FromHours(2));
        North.Buy("1", 1);
        North.Buy("1", 2);
        await Eventually(() => _hook.OfType("ASSET_COUNT").Any());
        Assert.Single(_hook.OfType("ASSET_COUNT"));

        await Eventually(() =>
        {
            Server.Clock.Advance(TimeSpan.FromHours(2));

            return _hook.OfType("ASSET_COUNT").Count() == 2;
        });
    }

    [Fact, Trait("Fake", "10.15")]
    public async Task Delivery_BeforeTheResponse_IsThereWhenThePostReturns()
    {
        await Subscribe(All);
        Server.Settings.Webhooks.BeforeResponse = true;
        North.AddAsset("1", 50);
        var accepted = await Associate("1", "A");

        Assert.Equal(accepted.Text("eventId"), Text(Assert.Single(_hook.OfType("ASSET_MANAGEMENT")).GetProperty("notification"), "eventId"));
    }

    [Fact, Trait("Fake", "10.15")]
    public async Task Delivery_BeforeTheResponse_OfEveryKindOfEvent()
    {
        await Subscribe(All);
        Server.Settings.Webhooks.BeforeResponse = true;
        North.AddAsset("1", 50);
        var pair = new { assets = new[] { new { adamId = "1" } }, serialNumbers = new[] { "A" } };
        var users = new { users = new[] { new { clientUserId = "u1" } } };
        (string Path, object Body, string Type)[] writes =
        [
            ("users/create", users, "CREATE"), ("users/update", users, "UPDATE"), ("assets/associate", pair, "ASSOCIATE"),
            ("assets/disassociate", pair, "DISASSOCIATE"), ("users/retire", users, "RETIRE"),
        ];
        foreach (var (path, body, type) in writes)
        {
            var accepted = await Post(path, body);
            var last = _hook.Received.Last().Body.GetProperty("notification");

            Assert.Equal((accepted.Text("eventId"), type), (Text(last, "eventId"), Text(last, "type")));
        }
    }

    [Fact, Trait("Fake", "10.15")]
    public async Task Disturbances_Cleared_LeaveTheNextDeliveryAlone()
    {
        await Subscribe(All);
        North.AddAsset("1", 5);
        North.Notifications.ReverseNext(3);
        North.Notifications.LoseNext(5);
        North.Notifications.Clear();
        North.Buy("1", 1);

        await Eventually(() => _hook.OfType("ASSET_COUNT").Any());
    }

    [Fact, Trait("Fake", "10.31"), Trait("Fake", "10.16"), Trait("Fake", "10.18")]
    public async Task Revoke_Done_NotifiesEveryPair()
    {
        await Subscribe("ASSET_MANAGEMENT");
        North.AddAsset("1", 5);
        North.AddAsset("2", 5);
        North.AddUsers("u1");
        North.Assign("1", ["A", "B"], ["u1"]);
        North.Assign("2", ["A"]);
        await Settled(await Post("assets/revoke", new { serialNumbers = new[] { "A" }, clientUserIds = new[] { "u1" } }));
        await Eventually(() => Revoked().Count == 3);

        Assert.Equal(["1/A", "1/u1", "2/A"], Revoked().Order());

        List<string> Revoked() =>
        [
            .. _hook.OfType("ASSET_MANAGEMENT").Select(body => body.GetProperty("notification")).Where(body => Text(body, "type") == "REVOKE")
                .SelectMany(body => body.GetProperty("assignments").EnumerateArray())
                .Select(row => $"{Text(row, "adamId")}/{(row.TryGetProperty("serialNumber", out var serial) ? serial.GetString() : Text(row, "clientUserId"))}"),
        ];
    }

    [Fact, Trait("Fake", "10.16")]
    public async Task Event_PartlyDone_NotifiesBothResultsInHundreds()
    {
        await Subscribe("ASSET_MANAGEMENT");
        North.AddAsset("1", 120);
        North.AddAsset("2", 1000);
        await Post("assets/associate", new { assets = new[] { new { adamId = "1" }, new { adamId = "2" } }, serialNumbers = Serials(150) });
        await Eventually(() => _hook.OfType("ASSET_MANAGEMENT").Count() == 4);
        var seen = _hook.OfType("ASSET_MANAGEMENT").Select(body => body.GetProperty("notification")).ToList();

        Assert.Equal([("SUCCESS", 100), ("FAILURE", 50), ("SUCCESS", 100), ("SUCCESS", 50)], seen.Select(one => (Text(one, "result"), one.GetProperty("assignments").GetArrayLength())));
        Assert.Equal(9709, seen[1].GetProperty("error").GetProperty("errorNumber").GetInt32());
        Assert.All(seen, one => Assert.Single(one.GetProperty("assignments").EnumerateArray().Select(row => Text(row, "adamId")).Distinct()));
        Assert.Single(_hook.OfType("TEST_NOTIFICATION"));
    }

    [Fact, Trait("Fake", "10.16"), Trait("Fake", "10.34")]
    public async Task Users_ChangedAndAccepted_Notify()
    {
        await Subscribe("USER_MANAGEMENT", "USER_ASSOCIATED");
        North.AddAsset("1", 5);
        North.Buy("1", 5);
        await Settled(await Post("users/create", new { users = new[] { new { clientUserId = "u1", email = "kim@example.net" } } }));
        North.AcceptInvitation("u1", "kim@example.net");
        await Eventually(() => _hook.OfType("USER_ASSOCIATED").Any());
        var created = Assert.Single(_hook.OfType("USER_MANAGEMENT")).GetProperty("notification");
        var associated = Assert.Single(_hook.OfType("USER_ASSOCIATED")).GetProperty("notification");

        Assert.Equal(("CREATE", "SUCCESS", "Registered"), (Text(created, "type"), Text(created, "result"), Text(created.GetProperty("users")[0], "status")));
        Assert.Equal("Associated", Text(associated.GetProperty("associatedUsers")[0], "status"));
        Assert.Empty(_hook.OfType("ASSET_COUNT"));
    }

    [Fact, Trait("Fake", "10.17")]
    public async Task Counts_Changed_NotifySignedDeltas()
    {
        await Subscribe("ASSET_COUNT");
        var south = Server.AddLocation("South");
        south.AddAsset("1", 0);
        North.AddAsset("1", 5);
        North.Buy("1", 3);
        await Eventually(() => _hook.OfType("ASSET_COUNT").Count() == 1);
        North.Refund("1", 2);
        await Eventually(() => _hook.OfType("ASSET_COUNT").Count() == 2);
        North.Transfer("1", 4, south);
        await Eventually(() => _hook.OfType("ASSET_COUNT").Count() == 3);
        var seen = _hook.OfType("ASSET_COUNT").Select(body => body.GetProperty("notification")).ToList();

        Assert.Equal([3, -2, -4], seen.Select(one => one.GetProperty("countDelta").GetInt32()));
        Assert.All(seen, one => Assert.False(one.TryGetProperty("eventId", out _)));
        Assert.Equal((2, 4), (North.Asset("1").Counts.Total, south.Asset("1").Counts.Total));
    }

    [Fact, Trait("Fake", "10.17"), Trait("Fake", "10.14")]
    public async Task Transfer_ToAnotherLocation_NotifiesItThroughItsOwnWebhook()
    {
        var south = Server.AddLocation("South");
        south.AddAsset("1", 0);
        North.AddAsset("1", 5);
        await Post("client/config", new { notificationUrl = _hook.Url, notificationAuthToken = "south", notificationTypes = All }, south.IssueToken());

        North.Transfer("1", 4, south);
        await Eventually(() => _hook.OfType("ASSET_COUNT").Any());

        var seen = Assert.Single(_hook.OfType("ASSET_COUNT"));
        Assert.Equal((south.Uid, 4), (Text(seen, "uId"), seen.GetProperty("notification").GetProperty("countDelta").GetInt32()));
    }

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private Task<Answer> Subscribe(params string[] types) =>
        Post("client/config", new { notificationUrl = _hook.Url, notificationAuthToken = "secret", notificationTypes = types });
}
