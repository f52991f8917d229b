using System.Net;

namespace VppManager.Apple.Tests.Fake.Sync;

public sealed class PagingTests : FakeTest
{
    public PagingTests()
    {
        Server.Settings.PageSize = 2;
        North.AddAsset("1", 100);
        North.AddAsset("2", 100);
    }

    [Fact, Trait("Fake", "10.21")]
    public void Page_NothingSet_Holds500Rows() => Assert.Equal(500, new VppManager.FakeApple.FakeSettings().PageSize);

    [Fact, Trait("Fake", "10.21")]
    public async Task Pages_ToTheLast_ShowEveryRowOnce()
    {
        North.Assign("1", Serials(3));
        North.Assign("2", Serials(4));
        var (rows, page) = (new HashSet<string>(), (int?)0);
        var sizes = new List<int>();
        while (page is { } index)
        {
            var answer = await Get($"assignments?pageIndex={index}");
            answer.Rows("assignments").ForEach(row => Assert.True(rows.Add($"{row.GetProperty("adamId")}/{row.GetProperty("serialNumber")}")));
            sizes.Add(answer.Number("size"));
            Assert.Equal((index, 4), (answer.Number("currentPageIndex"), answer.Number("totalPages")));
            page = answer.Has("nextPageIndex") ? answer.Number("nextPageIndex") : null;
        }

        Assert.Equal(7, rows.Count);
        Assert.Equal([2, 2, 2, 1], sizes);
    }

    [Theory, Trait("Fake", "10.21")]
    [InlineData("assets", "adamId")]
    [InlineData("users", "clientUserId")]
    [InlineData("users?activeOnly=true", "clientUserId")]
    public async Task Pages_OfEveryList_ShowEveryRowOnce(string list, string key)
    {
        foreach (var id in new[] { "3", "4", "5" }) North.AddAsset(id, 10);
        North.AddUsers("1", "2", "3", "4", "5");
        var (rows, page, link) = (new List<string>(), (int?)0, list.Contains('?', StringComparison.Ordinal) ? '&' : '?');
        while (page is { } index)
        {
            var answer = await Get($"{list}{link}pageIndex={index}");
            rows.AddRange(answer.Rows(list.Split('?')[0]).Select(row => row.GetProperty(key).GetString()!));
            Assert.Equal((index, 3, Math.Min(2, 5 - (2 * index))), (answer.Number("currentPageIndex"), answer.Number("totalPages"), answer.Number("size")));
            page = answer.Has("nextPageIndex") ? answer.Number("nextPageIndex") : null;
        }

        Assert.Equal(["1", "2", "3", "4", "5"], rows.Order());
    }

    [Theory, Trait("Fake", "10.21")]
    [InlineData("assignments?pageIndex=1")]
    [InlineData("assignments?pageIndex=-1")]
    [InlineData("assets?pageIndex=1")]
    [InlineData("users?pageIndex=5")]
    public async Task Page_OutOfRange_Is9650(string path)
    {
        var answer = await Get(path);

        Assert.Equal((HttpStatusCode.BadRequest, 9650), (answer.Status, answer.ErrorNumber));
    }

    [Theory, Trait("Fake", "10.21")]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Page_OfNothing_HasTheSwitchedTotal(int pages)
    {
        Server.Settings.EmptyTotalPages = pages;
        var answer = await Get("assignments");

        Assert.Equal((pages, 0, false), (answer.Number("totalPages"), answer.Number("size"), answer.Has("nextPageIndex")));
    }

    [Fact, Trait("Fake", "10.22")]
    public async Task Version_WrittenBetweenPages_ChangesAndPagesGrow()
    {
        North.Assign("1", Serials(4));
        var first = await Get("assignments");
        North.Assign("1", ["LATE"]);
        var second = await Get("assignments?pageIndex=1");

        Assert.NotEqual(first.Text("versionId"), second.Text("versionId"));
        Assert.Equal((2, 3), (first.Number("totalPages"), second.Number("totalPages")));
        Assert.Equal('1', second.Text("versionId")[14]);
        Assert.Equal(second.Text("versionId"), (await Get("assignments")).Text("versionId"));
    }

    [Fact, Trait("Fake", "10.22")]
    public async Task Content_TakenAwayBetweenPages_ShiftsSoThatARowIsNeverSeen()
    {
        North.Assign("1", Serials(4));
        var first = await Get("assignments");
        North.Unassign("1", Serials(1));
        var second = await Get("assignments?pageIndex=1");
        var seen = first.Rows("assignments").Concat(second.Rows("assignments")).Select(row => row.GetProperty("serialNumber").GetString()).Distinct();

        Assert.Equal(3, seen.Count());
        Assert.Contains(North.Assignments.Select(row => row.SerialNumber), serial => !seen.Contains(serial));
        Assert.NotEqual(first.Text("versionId"), second.Text("versionId"));
    }

    [Fact, Trait("Fake", "10.22")]
    public async Task Version_OfAssets_MovesWithEveryCount()
    {
        var versions = new List<string> { await Version("assets") };
        Action[] writes = [() => North.Buy("1", 1), () => North.Refund("1", 1), () => North.Assign("1", ["A"]), () => North.Unassign("1", ["A"]), () => North.AddAsset("3", 1)];
        foreach (var write in writes)
        {
            write();
            versions.Add(await Version("assets"));
        }

        Assert.Equal(versions.Count, versions.Distinct().Count());
    }

    [Fact, Trait("Fake", "10.23")]
    public async Task Since_NothingHappened_IsAnEmptyListOfUsersToo()
    {
        North.AddUsers("u1");
        var answer = await Get($"users?sinceVersionId={await Version("users")}");

        Assert.Equal((0, 200), (answer.Rows("users").Count, (int)answer.Status));
    }

    [Fact, Trait("Fake", "10.22")]
    public async Task Version_OfEachEndpoint_MovesForItself()
    {
        var (assets, users) = (await Version("assets"), await Version("users"));
        North.AddUsers("u1");

        Assert.Equal(assets, await Version("assets"));
        Assert.NotEqual(users, await Version("users"));
    }

    [Fact, Trait("Fake", "10.23")]
    public async Task Since_AVersion_ShowsOnlyLaterPairs()
    {
        North.Assign("1", Serials(3));
        var version = await Version("assignments");
        Assert.Empty((await Get($"assignments?sinceVersionId={version}")).Rows("assignments"));

        North.Assign("2", ["A", "B", "C"]);
        North.Unassign("2", ["B"]);
        North.Unassign("1", Serials(1));
        var pages = new[] { await Get($"assignments?sinceVersionId={version}"), await Get($"assignments?adamId=2&sinceVersionId={version}") };

        Assert.All(pages, page => Assert.Equal(["A", "C"], page.Rows("assignments").Select(row => row.GetProperty("serialNumber").GetString()!)));
    }

    [Theory, Trait("Fake", "10.23")]
    [InlineData("rubbish")]
    [InlineData("0f8fad5b-d9cb-469f-a165-70867728950e")]
    public async Task Since_Garbage_Is9721(string version)
    {
        Assert.Equal(9721, (await Get($"assignments?sinceVersionId={version}")).ErrorNumber);
        Assert.Equal(9721, (await Get($"users?sinceVersionId={version}")).ErrorNumber);
    }

    [Fact, Trait("Fake", "10.23")]
    public async Task Since_ForgottenOrForeign_Is9721()
    {
        var (mine, users) = (await Version("assignments"), await Version("users"));
        Assert.Equal(9721, (await Get($"assignments?sinceVersionId={users}")).ErrorNumber);

        North.ForgetVersions();
        Assert.Equal(9721, (await Get($"assignments?sinceVersionId={mine}")).ErrorNumber);
        Assert.Empty((await Get($"assignments?sinceVersionId={await Version("assignments")}")).Rows("assignments"));
    }

    private async Task<string> Version(string path) => (await Get(path)).Text("versionId");
}
