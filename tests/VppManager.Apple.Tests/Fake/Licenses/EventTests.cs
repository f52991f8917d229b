using VppManager.FakeApple.Licenses;

namespace VppManager.Apple.Tests.Fake.Licenses;

public sealed class EventTests : FakeTest
{
    [Fact, Trait("Fake", "10.25")]
    public async Task Event_OfAssetsTimesTargets_CountsTasks()
    {
        North.AddAsset("1", 10);
        North.AddAsset("2", 10);
        North.AddUsers("u1");
        var status = await Settled(await Post("assets/associate", new
        {
            assets = new object[] { new { adamId = "1", availableCount = 7 }, new { adamId = "2", pricingParam = "STDQ" } },
            serialNumbers = new[] { "A", "B" },
            clientUserIds = new[] { "u1" },
        }));

        Assert.Equal(("COMPLETE", "ASSOCIATE", 6, 6), (status.Text("eventStatus"), status.Text("eventType"), status.Number("numRequested"), status.Number("numCompleted")));
        Assert.False(status.Has("failures"));
        Assert.Equal(6, North.Assignments.Count);
    }

    [Fact, Trait("Fake", "10.25")]
    public async Task Event_WorkedInBatches_IsPendingWithRisingCount()
    {
        North.AddAsset("1", 1000);
        Server.Settings.BatchDelay = TimeSpan.FromMinutes(1);
        var accepted = await Associate("1", Serials(250));
        var seen = new List<int>();
        foreach (var expected in new[] { 100, 200, 250 })
        {
            await Eventually(() => North.Asset("1").Counts.Assigned == expected);
            var status = await Get($"status?eventId={accepted.Text("eventId")}");
            Assert.Equal("PENDING", status.Text("eventStatus"));
            seen.Add(status.Number("numCompleted"));
            await MoveUntil(() => North.Asset("1").Counts.Assigned > expected || expected == 250);
        }

        await Eventually(async () =>
        {
            Server.Clock.Advance(TimeSpan.FromMinutes(1));

            return (await Get($"status?eventId={accepted.Text("eventId")}")).Text("eventStatus") == "COMPLETE";
        });
        Assert.Equal([100, 200, 250], seen);
    }

    [Fact, Trait("Fake", "10.25"), Trait("Fake", "10.28"), Trait("Fake", "10.39")]
    public async Task Event_HeldForever_CanBeSentAgain()
    {
        North.AddAsset("1", 1);
        North.HoldEvents(1);
        var held = await Associate("1", "A");
        Server.Clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("PENDING", (await Get($"status?eventId={held.Text("eventId")}")).Text("eventStatus"));

        Assert.Equal("COMPLETE", (await Settled(await Associate("1", "A"))).Text("eventStatus"));
        Assert.Equal(1, North.ReleaseEvents());
        Assert.Equal("COMPLETE", (await Settled(held)).Text("eventStatus"));
        Assert.Equal(1, North.Asset("1").Counts.MostAssigned);
    }

    [Fact, Trait("Fake", "10.26"), Trait("Fake", "10.29")]
    public async Task Event_WithUnknownUserLater_FailsForThatUserOnly()
    {
        Server.Settings.UnknownUsersFailLater = true;
        North.AddAsset("1", 10);
        North.AddAsset("2", 10);
        var status = await Settled(await Post("assets/associate", new
        {
            assets = new[] { new { adamId = "1" }, new { adamId = "2" } },
            clientUserIds = new[] { "nobody" },
            serialNumbers = new[] { "UNKNOWN-TO-APPLE", "B" },
        }));
        var failure = Assert.Single(status.Rows("failures"));

        Assert.Equal(("FAILED", 6, 4), (status.Text("eventStatus"), status.Number("numRequested"), status.Number("numCompleted")));
        Assert.Equal(9609, failure.GetProperty("errorNumber").GetInt32());
        Assert.Equal(2, failure.GetProperty("errorInfo").GetProperty("assets").GetArrayLength());
        Assert.Equal("nobody", failure.GetProperty("errorInfo").GetProperty("clientUserIds")[0].GetString());
    }

    [Theory, Trait("Fake", "10.27")]
    [InlineData(ExhaustionPolicy.PerBatch, 100)]
    [InlineData(ExhaustionPolicy.PerTarget, 120)]
    [InlineData(ExhaustionPolicy.WholeEvent, 0)]
    public async Task Exhaustion_ByPolicy_GivesThatMany(ExhaustionPolicy policy, int expected)
    {
        Server.Settings.Exhaustion = policy;
        North.AddAsset("1", 120);
        var status = await Settled(await Associate("1", Serials(250)));
        var failure = Assert.Single(status.Rows("failures"));

        Assert.Equal(("FAILED", expected), (status.Text("eventStatus"), status.Number("numCompleted")));
        Assert.Equal((9709, 250 - expected), (failure.GetProperty("errorNumber").GetInt32(), failure.GetProperty("errorInfo").GetProperty("serialNumbers").GetArrayLength()));
        Assert.Equal((expected, 250L - expected), (North.Asset("1").Counts.Assigned, North.Asset("1").Counts.Refused));
    }

    [Fact, Trait("Fake", "10.27")]
    public async Task Exhaustion_OfOneAsset_LeavesTheOther()
    {
        North.AddAsset("1", 1);
        North.AddAsset("2", 9);
        var status = await Settled(await Post("assets/associate", new
        {
            assets = new[] { new { adamId = "1" }, new { adamId = "2" }, new { adamId = "not-owned" } },
            serialNumbers = Serials(3),
        }));

        Assert.Equal((9, 3), (status.Number("numRequested"), status.Number("numCompleted")));
        Assert.Equal((0, 3), (North.Asset("1").Counts.Assigned, North.Asset("2").Counts.Assigned));
    }

    [Fact, Trait("Fake", "10.28")]
    public async Task Repeat_OfAssociateAndDisassociate_ChangesNothing()
    {
        North.AddAsset("1", 2);
        for (var i = 0; i < 3; i++) Assert.Equal("COMPLETE", (await Settled(await Associate("1", "A", "B"))).Text("eventStatus"));
        Assert.Equal((2, 0), (North.Asset("1").Counts.Assigned, North.Asset("1").Counts.Available));

        var body = new { assets = new[] { new { adamId = "1" } }, serialNumbers = new[] { "A", "NEVER" } };
        for (var i = 0; i < 2; i++) Assert.Equal("COMPLETE", (await Settled(await Post("assets/disassociate", body))).Text("eventStatus"));
        Assert.Equal("B", Assert.Single(North.Assignments).SerialNumber);
    }

    [Fact, Trait("Fake", "10.31"), Trait("Fake", "10.30")]
    public async Task Revoke_OfTargets_FreesAllButBooks()
    {
        North.AddUsers("u1");
        North.AddAsset("1", 5);
        North.AddAsset("2", 5);
        North.AddAsset("3", 5, productType: "Book");
        North.Assign("1", ["A", "B"], ["u1"]);
        North.Assign("2", ["A"]);
        North.Assign("3", clientUserIds: ["u1"]);
        var status = await Settled(await Post("assets/revoke", new { serialNumbers = new[] { "A" }, clientUserIds = new[] { "u1" } }));

        Assert.Equal(("REVOKE", 3, 3), (status.Text("eventType"), status.Number("numRequested"), status.Number("numCompleted")));
        Assert.Equal(["1/B", "3/u1"], North.Assignments.Select(row => $"{row.AdamId}/{row.SerialNumber ?? row.ClientUserId}"));
    }

    [Fact, Trait("Fake", "10.32"), Trait("Fake", "10.36"), Trait("Fake", "10.39")]
    public async Task Status_OfUnknownForeignOrOldEvent_Is9708()
    {
        North.AddAsset("1", 5);
        var accepted = await Associate("1", "A");
        var path = $"status?eventId={accepted.Text("eventId")}";
        await Settled(accepted);

        Assert.Equal(9708, (await Get("status?eventId=nothing")).ErrorNumber);
        Assert.Equal(9708, (await Get(path, Server.AddLocation("South").IssueToken())).ErrorNumber);
        Server.Clock.Advance(TimeSpan.FromDays(31));
        Assert.Equal(9708, (await Get(path)).ErrorNumber);
    }

    [Fact, Trait("Fake", "10.25"), Trait("Fake", "10.39")]
    public async Task Event_BeforeItsDelayIsOver_HasDoneNothing()
    {
        Server.Settings.EventDelay = TimeSpan.FromMinutes(9);
        North.AddAsset("1", 5);
        var accepted = await Associate("1", "A");
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        var status = await Get($"status?eventId={accepted.Text("eventId")}");

        Assert.Equal(("PENDING", 1, 0), (status.Text("eventStatus"), status.Number("numRequested"), status.Number("numCompleted")));
        Assert.Empty(North.Assignments);
        await MoveUntil(() => North.Assignments.Count == 1);
        Assert.Equal("COMPLETE", (await Settled(accepted)).Text("eventStatus"));
    }

    [Fact, Trait("Fake", "10.5")]
    public async Task Token_RevokedWhileItsEventIsPending_HidesTheEventFromItAlone()
    {
        North.AddAsset("1", 5);
        North.HoldEvents(1);
        var accepted = await Associate("1", "A");
        var path = $"status?eventId={accepted.Text("eventId")}";
        var newer = North.IssueToken(revokeOlder: true);

        Assert.Equal(9625, (await Get(path)).ErrorNumber);
        Assert.Equal("PENDING", (await Get(path, newer)).Text("eventStatus"));
        North.ReleaseEvents();
        await Eventually(async () => (await Get(path, newer)).Text("eventStatus") == "COMPLETE");
        Assert.Equal("A", Assert.Single(North.Assignments).SerialNumber);
    }

    [Fact, Trait("Fake", "10.9")]
    public async Task Event_FailedByScript_FailsWhole()
    {
        North.AddAsset("1", 5);
        North.FailEvents(1, 9644);
        var status = await Settled(await Associate("1", "A"));

        Assert.Equal(9644, Assert.Single(status.Rows("failures")).GetProperty("errorNumber").GetInt32());
        Assert.Empty(North.Assignments);
    }

    /// <summary>Moves the clock until it is so; a wait may not have begun when the clock first moves.</summary>
    private Task MoveUntil(Func<bool> condition) => Eventually(() =>
    {
        if (condition()) return true;

        Server.Clock.Advance(TimeSpan.FromMinutes(1));

        return condition();
    });
}
