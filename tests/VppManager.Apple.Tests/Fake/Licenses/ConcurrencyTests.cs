using VppManager.FakeApple.Licenses;

namespace VppManager.Apple.Tests.Fake.Licenses;

public sealed class ConcurrencyTests : FakeTest
{
    [Theory, Trait("Fake", "10.27")]
    [InlineData(ExhaustionPolicy.PerBatch)]
    [InlineData(ExhaustionPolicy.PerTarget)]
    [InlineData(ExhaustionPolicy.WholeEvent)]
    public async Task Events_ForTheLastLicence_NeverOversell(ExhaustionPolicy policy)
    {
        Server.Settings.Exhaustion = policy;
        North.AddAsset("1", 20);
        var accepted = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Associate("1", Serials(1 + (i % 3), i * 10))));
        foreach (var answer in accepted) await Settled(answer);
        var counts = North.Asset("1").Counts;

        Assert.False(counts.EverOversold);
        Assert.InRange(counts.Assigned, 18, 20);
        Assert.Equal(counts.Total, counts.Assigned + counts.Available);
        Assert.Equal(79, counts.Assigned + counts.Refused);
    }

    [Fact]
    public async Task Writes_FromAllSides_KeepCountsExact()
    {
        North.AddAsset("1", 1000);
        var add = Enumerable.Range(0, 20).Select(i => Associate("1", Serials(20, i * 10)));
        var remove = Enumerable.Range(0, 20).Select(i => Post("assets/disassociate", new { assets = new[] { new { adamId = "1" } }, serialNumbers = Serials(10, i * 10) }));
        var trade = Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? (Action<string, int, string>)North.Buy : North.Refund)("1", 3, "STDQ"), Ct));
        foreach (var answer in await Task.WhenAll(add.Concat(remove))) await Settled(answer);
        await Task.WhenAll(trade);
        var row = (await Get("assets")).Rows("assets")[0];

        Assert.False(North.Asset("1").Counts.EverOversold);
        Assert.Equal(1000, row.GetProperty("totalCount").GetInt32());
        Assert.Equal(North.Assignments.Count, row.GetProperty("assignedCount").GetInt32());
        Assert.Equal(1000 - North.Assignments.Count, row.GetProperty("availableCount").GetInt32());
        Assert.Equal(North.Assignments.Count, North.Assignments.Distinct().Count());
    }

    [Fact]
    public async Task Rectangle_OfFullSize_IsTakenAndPaged()
    {
        var assets = Enumerable.Range(1, 25).Select(i => new { adamId = $"{i}" }).ToList();
        assets.ForEach(asset => North.AddAsset(asset.adamId, 4000));
        for (var i = 0; i < 4; i++)
        {
            var status = await Settled(await Post("assets/associate", new { assets, serialNumbers = Serials(1000, i * 1000) }));
            Assert.Equal((25_000, "COMPLETE"), (status.Number("numCompleted"), status.Text("eventStatus")));
        }

        var rows = 0;
        for (int? page = 0; page is { } index;)
        {
            var answer = await Get($"assignments?pageIndex={index}");
            rows += answer.Number("size");
            page = answer.Has("nextPageIndex") ? answer.Number("nextPageIndex") : null;
        }

        Assert.Equal(100_000, rows);
    }
}
