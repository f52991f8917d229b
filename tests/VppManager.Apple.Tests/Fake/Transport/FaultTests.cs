using System.Net;
using VppManager.FakeApple.Transport;

namespace VppManager.Apple.Tests.Fake.Transport;

public sealed class FaultTests : FakeTest
{
    [Fact, Trait("Fake", "10.9")]
    public async Task Rate_AboveLimit_Is429AndIsRemembered()
    {
        Server.Settings.EnforceRate = true;
        Server.Settings.Limits.MaxRequestPerSecond = 5;
        var start = TimeProvider.System.GetTimestamp();
        var answers = new List<Answer>();
        await Eventually(async () =>
        {
            answers.AddRange(await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Get("assets"))));

            return answers.Exists(answer => answer.ErrorNumber == 9646);
        });
        var seconds = (int)TimeProvider.System.GetElapsedTime(start).TotalSeconds + 1;

        Assert.InRange(answers.Count(answer => answer.Status == HttpStatusCode.OK), 5, 5 * seconds);
        Assert.All(answers.Where(answer => answer.ErrorNumber is not null), answer => Assert.Equal((429, 9646), ((int)answer.Status, answer.ErrorNumber)));
        Assert.InRange(North.MostRequestsPerSecond, 6, answers.Count);
    }

    [Fact, Trait("Fake", "10.9")]
    public async Task Rate_OfOneLocation_DoesNotTouchAnother()
    {
        Server.Settings.EnforceRate = true;
        Server.Settings.Limits.MaxRequestPerSecond = 1;
        var other = Server.AddLocation("South").IssueToken();
        var second = North.IssueToken();
        await Eventually(async () => (await Get("assets")).Status == HttpStatusCode.OK && (await Get("assets", second)).ErrorNumber == 9646);

        Assert.Equal(HttpStatusCode.OK, (await Get("assets", other)).Status);
    }

    [Fact, Trait("Fake", "10.9")]
    public async Task Fault_WithRetryAfter_ComesAsSecondsOrDate()
    {
        var date = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero);
        Server.Faults.Next("/assets", 1, Fault.Answer(503).After(TimeSpan.FromSeconds(3)));
        Server.Faults.Next("/assets", 1, Fault.Error(9603).After(date));
        var (first, second, third) = (await Get("assets"), await Get("assets"), await Get("assets"));

        Assert.Equal((503, TimeSpan.FromSeconds(3)), ((int)first.Status, first.Headers.RetryAfter!.Delta));
        Assert.Equal((500, 9603, date), ((int)second.Status, second.ErrorNumber, second.Headers.RetryAfter!.Date));
        Assert.Equal(HttpStatusCode.OK, third.Status);
    }

    [Fact, Trait("Fake", "10.9")]
    public async Task Fault_DroppedAfterAccepting_DidTheWork()
    {
        North.AddAsset("1", 10);
        Server.Faults.Next("/assets/associate", 1, Fault.Dropped());

        await Assert.ThrowsAsync<HttpRequestException>(() => Associate("1", "SN"));
        await Eventually(() => North.Asset("1").Counts.Assigned == 1);
        Assert.Equal(0, Assert.Single(Server.Journal.To("/assets/associate")).Status);
    }

    [Fact, Trait("Fake", "10.9")]
    public async Task Fault_DroppedBeforeAccepting_DidNothing()
    {
        North.AddAsset("1", 10);
        Server.Faults.Next("/mdm/v2/assets/*", 1, Fault.Dropped(processed: false));

        await Assert.ThrowsAsync<HttpRequestException>(() => Associate("1", "SN"));
        await Settled(await Associate("1", "OTHER"));
        Assert.Equal(1, North.Asset("1").Counts.Assigned);
    }

    [Fact, Trait("Fake", "10.9")]
    public async Task Fault_TruncatedOrHtml_IsNotJson()
    {
        Server.Faults.Next("/assets", 1, Fault.Truncated());
        Server.Faults.Next("/assets", 1, Fault.Page());

        await Assert.ThrowsAsync<HttpRequestException>(() => Get("assets"));
        Assert.StartsWith("<html>", (await Get("assets")).Body);
    }

    [Fact, Trait("Fake", "10.9")]
    public async Task Fault_Slow_AnswersLate()
    {
        Server.Faults.Next("/assets", 1, Fault.Slow(TimeSpan.FromMilliseconds(300)));
        var start = TimeProvider.System.GetTimestamp();

        Assert.Equal(HttpStatusCode.OK, (await Get("assets")).Status);
        Assert.InRange(TimeProvider.System.GetElapsedTime(start).TotalMilliseconds, 290, 10_000);
    }

    [Theory, Trait("Fake", "10.9")]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(429)]
    public async Task Fault_OfAStatusAlone_HasNoErrorBody(int status)
    {
        Server.Faults.Next("/assets", 1, Fault.Answer(status));
        var answer = await Get("assets");

        Assert.Equal((status, ""), ((int)answer.Status, answer.Body));
        Assert.Equal(HttpStatusCode.OK, (await Get("assets")).Status);
    }

    [Fact, Trait("Fake", "10.9")]
    public async Task Fault_SlowerThanTenSeconds_AnswersNobodyWhoGivesUp()
    {
        Server.Faults.Next("/assets", 1, Fault.Slow(TimeSpan.FromSeconds(11)));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TimeSpan.FromMilliseconds(100));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Server.BaseAddress, "/mdm/v2/assets"));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token.VpptokenFile}");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => http.SendAsync(request, patience.Token));
        Assert.Equal(HttpStatusCode.OK, (await Get("assets")).Status);
    }

    [Fact, Trait("Fake", "10.9")]
    public async Task Fault_OfOneLocation_IsForgottenWithoutTheOthers()
    {
        var south = Server.AddLocation("South");
        Server.Faults.Next("/assets", 1, Fault.Answer(500), North.Uid);
        Server.Faults.Next("/assets", 1, Fault.Answer(500), south.Uid);
        Server.Faults.Clear(North.Uid);

        Assert.Equal(HttpStatusCode.OK, (await Get("assets")).Status);
        Assert.Equal(HttpStatusCode.InternalServerError, (await Get("assets", south.IssueToken())).Status);
    }

    [Fact]
    public async Task Journal_OfRequests_KeepsWhatTestsCount()
    {
        North.AddAsset("1", 10);
        await Get("assets?adamId=1");
        await Associate("1", "SN");
        var (read, write) = (Server.Journal.Entries[0], Server.Journal.Entries[1]);

        Assert.Equal(("GET", "/mdm/v2/assets", "1", 200, North.Uid), (read.Method, read.Path, read.Query["adamId"], read.Status, read.LocationUid));
        Assert.Equal("SN", write.Body!.Value.GetProperty("serialNumbers")[0].GetString());
        Server.Journal.Clear();
        Assert.Equal(0, Server.Journal.Total);
    }
}
