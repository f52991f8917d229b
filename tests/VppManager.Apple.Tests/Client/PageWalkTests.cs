using System.Globalization;
using System.Net;
using System.Text;
using VppManager.Apple.Licenses;

namespace VppManager.Apple.Tests.Client;

public sealed class PageWalkTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly ScriptedApple apple = new();
    private int reads;

    public void Dispose() => apple.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(17)]
    public async Task Read_SetStandsStill_GivesEveryPageOnceAndInOrder(int total)
    {
        Serve((index, _) => Pages.Assignments(index, total));

        var pages = await WalkAsync();

        Assert.Equal(Enumerable.Range(0, total), pages.Select(page => page.Index));
        Assert.Equal(Enumerable.Range(0, total).Select(index => $"SN-{index}"), pages.SelectMany(page => page.Rows).Select(row => row.SerialNumber));
        Assert.All(pages, page => Assert.Equal((1, total, "v1", false), (page.Attempt, page.TotalPages, page.VersionId, page.Torn)));
        Assert.Equal(total, reads);
    }

    [Fact]
    public async Task Read_EmptyLocation_GivesOnePageWithoutRows()
    {
        Serve((_, _) => """{"currentPageIndex":0,"size":0,"totalPages":0,"versionId":"v1"}""");

        Assert.Empty(Assert.Single(await WalkAsync()).Rows);
    }

    [Fact]
    public async Task Read_VersionMovesOnce_BeginsAnewAndEndsWhole()
    {
        Serve((index, read) => Pages.Assignments(index, 6, read < 4 ? "v1" : "v2"));

        var pages = await WalkAsync(new WalkOptions { Parallel = 1 });

        Assert.Equal(3, pages.Count(page => page.Attempt == 1));
        var last = pages.Where(page => page.Attempt == 2).ToList();
        Assert.Equal(Enumerable.Range(0, 6), last.Select(page => page.Index));
        Assert.True(last[0].IsFirst);
        Assert.All(last, page => Assert.Equal(("v2", false), (page.VersionId, page.Torn)));
    }

    [Fact]
    public async Task Read_VersionMovesAllTheTime_IsReadToItsEndOneByOneAndSaidToBeTorn()
    {
        var together = 0;
        var most = 0;
        Serve(
            (index, read) => Pages.Assignments(index, 4, $"v{read}"),
            around: async answer =>
            {
                most = Math.Max(most, Interlocked.Increment(ref together));
                await Task.Yield();
                Interlocked.Decrement(ref together);
                return answer;
            });

        var pages = await WalkAsync(new WalkOptions { Parallel = 1, TornAttempts = 2 });

        var last = pages.Where(page => page.Attempt == 3).ToList();
        Assert.Equal(3, pages[^1].Attempt);
        Assert.Equal([0, 1, 2, 3], last.Select(page => page.Index));
        Assert.Equal([false, true, true, true], last.Select(page => page.Torn));
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Read_ResumedUnderTheSameVersion_ReadsTheFirstPageAndWhatWasMissing()
    {
        Serve((index, _) => Pages.Assignments(index, 9));

        var pages = await WalkAsync(new WalkOptions { Resume = new WalkPosition(4, "v1", 6) });

        Assert.Equal([6, 7, 8], pages.Select(page => page.Index));
        Assert.All(pages, page => Assert.Equal((4, false), (page.Attempt, page.IsFirst)));
        Assert.Equal(4, reads);
    }

    [Fact]
    public async Task Read_ResumedWhenAllWasRead_AsksForTheVersionOnly()
    {
        Serve((index, _) => Pages.Assignments(index, 3));

        Assert.Empty(await WalkAsync(new WalkOptions { Resume = new WalkPosition(1, "v1", 3) }));
        Assert.Equal(1, reads);
    }

    [Fact]
    public async Task Read_ResumedUnderAnotherVersion_BeginsANewAttempt()
    {
        Serve((index, _) => Pages.Assignments(index, 3, "v2"));

        var pages = await WalkAsync(new WalkOptions { Resume = new WalkPosition(4, "v1", 2), TornAttempts = 1 });

        Assert.Equal([0, 1, 2], pages.Select(page => page.Index));
        Assert.All(pages, page => Assert.Equal((5, false, "v2"), (page.Attempt, page.Torn, page.VersionId)));
    }

    [Fact]
    public async Task Read_PageGoneInTheMiddle_BeginsAnew()
    {
        Serve((index, read) => read < 5 ? (index < 2 ? Pages.Assignments(index, 5) : null) : Pages.Assignments(index, 2, "v2"));

        var pages = await WalkAsync();

        var last = pages.Where(page => page.Attempt == pages[^1].Attempt).ToList();
        Assert.True(pages[^1].Attempt > 1);
        Assert.Equal([0, 1], last.Select(page => page.Index));
        Assert.False(last[^1].Torn);
    }

    [Fact]
    public async Task Read_PagesAlwaysGoneInTheMiddle_EndsTornAndWithoutAnError()
    {
        Serve((index, _) => index < 2 ? Pages.Assignments(index, 5) : null);

        var pages = await WalkAsync(new WalkOptions { TornAttempts = 1 });

        Assert.Equal((2, true), (pages[^1].Attempt, pages[^1].Torn));
        Assert.Empty(pages[^1].Rows);
        Assert.Equal(["SN-0", "SN-1"], pages.Where(page => page.Attempt == 2).SelectMany(page => page.Rows).Select(row => row.SerialNumber));
    }

    [Fact]
    public async Task Read_SetGrowsUnderTheSameVersion_GoesOnToTheNewLastPage()
    {
        Serve((index, _) => Pages.Assignments(index, index < 2 ? 3 : 5));

        var pages = await WalkAsync();

        Assert.Equal([0, 1, 2, 3, 4], pages.Select(page => page.Index));
    }

    [Fact]
    public async Task Read_OnlyNextPageIndexGiven_IsFollowed()
    {
        Serve((index, _) => $$"""{"assignments":[],"versionId":"v1"{{(index < 3 ? $",\"nextPageIndex\":{index + 1}" : "")}}}""");

        Assert.Equal([0, 1, 2, 3], (await WalkAsync()).Select(page => page.Index));
    }

    [Fact]
    public async Task Read_SlowConsumer_HoldsNoMorePagesThanAllowed()
    {
        Serve((index, _) => Pages.Assignments(index, 40));
        await using var host = new AppleHost(apple);

        var taken = 0;
        await foreach (var page in host.Walk.ReadAssignmentsAsync(AppleHost.Token(), new(), new WalkOptions { Parallel = 3 }, Ct))
        {
            taken++;
            Assert.InRange(reads, taken, taken + 3);
        }
        Assert.Equal(40, taken);
    }

    [Fact]
    public async Task Read_ManyPages_FetchesFiveAtATimeAndNoMore()
    {
        var together = 0;
        var most = 0;
        var gate = new TaskCompletionSource();
        Serve((index, _) => Pages.Assignments(index, 20), async answer =>
        {
            var now = Interlocked.Increment(ref together);
            most = Math.Max(most, now);
            if (now == 5)
                gate.TrySetResult();
            if (reads > 1)
                await gate.Task.WaitAsync(TimeSpan.FromSeconds(10), Ct);
            Interlocked.Decrement(ref together);
            return answer;
        });

        await WalkAsync(new WalkOptions { Parallel = 50 });

        Assert.Equal(5, most);
    }

    [Fact]
    public async Task Read_TokenDiesInTheMiddle_SurfacesAndStopsReading()
    {
        apple.On("assignments", seen => seen.Query("pageIndex") == "0"
            ? Answer(Pages.Assignments(0, 100))
            : Answer("""{"errorNumber":9625,"errorMessage":"Revoked."}""", HttpStatusCode.Unauthorized));

        var fault = await Assert.ThrowsAsync<AppleException>(() => WalkAsync());

        Assert.True(fault.IsTokenDead);
        Assert.InRange(apple.To("assignments").Count, 2, 7);
    }

    [Fact]
    public async Task Read_ConsumerLeaves_EndsWithoutAnError()
    {
        Serve((index, _) => Pages.Assignments(index, 100));
        await using var host = new AppleHost(apple);

        await foreach (var page in host.Walk.ReadAssignmentsAsync(AppleHost.Token(), new(), null, Ct))
        {
            if (page.Index == 1)
                break;
        }

        Assert.InRange(reads, 2, 8);
    }

    [Fact]
    public async Task ReadAssets_UnlimitedOnesApart_ComeAmongTheOthers()
    {
        apple.On("assets", ScriptedApple.Json(
            """{"assets":[{"adamId":"1"}],"unlimitedAssets":[{"adamId":"2"}],"totalPages":1,"versionId":"v1","uId":"2049"}"""));
        await using var host = new AppleHost(apple);

        var rows = new List<string>();
        await foreach (var page in host.Walk.ReadAssetsAsync(AppleHost.Token(), new() { Unlimited = true }, null, Ct))
        {
            rows.AddRange(page.Rows.Select(asset => asset.AdamId));
            Assert.Equal("2049", page.Answer.UId);
        }

        Assert.Equal(["1", "2"], rows);
    }

    private void Serve(Func<int, int, string?> page, Func<HttpResponseMessage, Task<HttpResponseMessage>>? around = null) =>
        apple.On("assignments", async (seen, _) =>
        {
            var read = Interlocked.Increment(ref reads);
            var body = page(int.Parse(seen.Query("pageIndex")!, CultureInfo.InvariantCulture), read);
            var answer = body is null
                ? Answer("""{"errorNumber":9650,"errorMessage":"No such page."}""", HttpStatusCode.BadRequest)
                : Answer(body);
            return around is null ? answer : await around(answer);
        });

    private async Task<List<PageOf<Assignment>>> WalkAsync(WalkOptions? options = null)
    {
        await using var host = new AppleHost(apple);
        var pages = new List<PageOf<Assignment>>();
        await foreach (var page in host.Walk.ReadAssignmentsAsync(AppleHost.Token(), new(), options, Ct))
            pages.Add(page);
        return pages;
    }

    private static HttpResponseMessage Answer(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
