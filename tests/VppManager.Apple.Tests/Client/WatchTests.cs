using System.Text;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;
using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

/// <summary>Who owns the location is compared on every answer.</summary>
[Trait("Rule", "T8")]
public sealed class WatchTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly ScriptedApple apple = new();

    public void Dispose() => apple.Dispose();

    [Fact]
    public async Task Watch_AnAnswerNamesAnotherOwner_ItIsHandedOverAndNothingIsSentAfterIt()
    {
        apple.On("assets/associate", Json("""{"eventId":"e1","mdmInfo":{"id":"another","name":"Another","metadata":""}}"""));
        await using var host = new AppleHost(apple);
        var token = Watched("ours");

        var accepted = await host.Client.AssociateAsync(token, new ManageAssets([new("1")]) { SerialNumbers = ["S"] }, Ct);
        var lookUp = await Assert.ThrowsAsync<AppleException>(() => host.Client.LookUpAsync(token, ["42"], "us", "enterprisestore", Ct));
        var stopped = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetStatusAsync(token, accepted.EventId, Ct));

        Assert.Equal("e1", accepted.EventId);
        Assert.Equal((AppleErrorMeaning.TakenOver, true, false), (stopped.Meaning, stopped.IsNotSent, stopped.IsPassing));
        Assert.Equal((AppleErrorMeaning.TakenOver, true), (lookUp.Meaning, lookUp.IsNotSent));
        Assert.Equal(["service/config", "assets/associate"], apple.All.Select(one => one.Path));
    }

    [Fact]
    public async Task Watch_AllPagesNameUs_ReadToTheEnd()
    {
        apple.On("assignments", seen => new HttpResponseMessage { Content = new StringContent(Ours(seen.Query("pageIndex") == "1" ? 1 : 0), Encoding.UTF8, "application/json") });
        await using var host = new AppleHost(apple);
        var rows = 0;

        await foreach (var page in host.Walk.ReadAssignmentsAsync(Watched("ours"), new AssignmentsQuery(), null, Ct)) rows += page.Rows.Count;

        Assert.Equal(2, rows);
    }

    private static string Ours(int page) =>
        Pages.Assignments(page, 2).Replace("\"size\"", "\"mdmInfo\":{\"id\":\"ours\",\"name\":\"Us\",\"metadata\":\"\"},\"size\"", StringComparison.Ordinal);

    private static ContentToken Watched(string own) => new("dG9rZW4=", "2049") { Watch = (answer, _) => ValueTask.FromResult(answer.MdmInfo?.Id == own) };
}
