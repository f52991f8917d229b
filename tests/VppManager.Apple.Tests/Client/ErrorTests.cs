using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;
using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

public sealed class ErrorTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly ScriptedApple apple = new();

    public void Dispose() => apple.Dispose();

    [Theory]
    [InlineData(9622, 200, AppleErrorMeaning.TokenInvalid)]
    [InlineData(9622, 401, AppleErrorMeaning.TokenInvalid)]
    [InlineData(9601, 401, AppleErrorMeaning.TokenInvalid)]
    [InlineData(9621, 401, AppleErrorMeaning.TokenExpired)]
    [InlineData(9625, 401, AppleErrorMeaning.TokenRevoked)]
    [InlineData(9637, 403, AppleErrorMeaning.ReadOnly)]
    [InlineData(9645, 400, AppleErrorMeaning.ReadOnly)]
    [InlineData(9647, 403, AppleErrorMeaning.LegacyToken)]
    [InlineData(9650, 400, AppleErrorMeaning.PageOutOfRange)]
    [InlineData(9708, 400, AppleErrorMeaning.UnknownEvent)]
    [InlineData(9721, 400, AppleErrorMeaning.FullReadNeeded)]
    [InlineData(9602, 400, AppleErrorMeaning.Refused)]
    [InlineData(9999, 400, AppleErrorMeaning.Unknown)]
    [InlineData(9999, 200, AppleErrorMeaning.Unknown)]
    public async Task Read_ErrorNumberInBody_IsAnErrorWhateverTheStatus(int number, int status, AppleErrorMeaning meaning)
    {
        apple.On("client/config", Error(number, status));
        await using var host = new AppleHost(apple);

        var refusal = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetClientConfigAsync(AppleHost.Token(), Ct));

        Assert.Equal((number, status, meaning), (refusal.ErrorNumber, refusal.HttpStatus, refusal.Meaning));
        Assert.Single(apple.To("client/config"));
    }

    [Theory]
    [InlineData(9700, AppleErrorMeaning.SplitAndTryAgain)]
    [InlineData(9706, AppleErrorMeaning.NotRevocable)]
    [InlineData(9707, AppleErrorMeaning.NotDeviceAssignable)]
    [InlineData(9609, AppleErrorMeaning.UnknownUser)]
    [InlineData(9603, AppleErrorMeaning.TryAgain)]
    [InlineData(9644, AppleErrorMeaning.TryAgain)]
    public async Task Write_Refused_IsSentOnceAndSaysWhy(int number, AppleErrorMeaning meaning)
    {
        apple.On("assets/associate", Error(number, number == 9603 ? 500 : 400));
        await using var host = new AppleHost(apple);

        var refusal = await Assert.ThrowsAsync<AppleException>(() => Associate(host));

        Assert.Equal(meaning, refusal.Meaning);
        Assert.Single(apple.To("assets/associate"));
    }

    [Fact]
    public async Task Write_TargetsNamedInError_ReachTheCaller()
    {
        apple.On("assets/associate", Json("""
            {"uId":"2049","errorNumber":"9609","errorMessage":"No such user.","errorInfo":{"clientUserIds":["u-1","u-2"]}}
            """, 400));
        await using var host = new AppleHost(apple);

        var refusal = await Assert.ThrowsAsync<AppleException>(() => Associate(host));

        Assert.Equal(9609, refusal.ErrorNumber);
        Assert.Equal(["u-1", "u-2"], refusal.Info!.ClientUserIds);
    }

    [Fact]
    public async Task Write_ErrorInfoInAnUnknownShape_StillGivesTheNumber()
    {
        apple.On("assets/associate", Json("""{"errorInfo":{"assets":"all of them"},"errorNumber":9707}""", 400));
        await using var host = new AppleHost(apple);

        var refusal = await Assert.ThrowsAsync<AppleException>(() => Associate(host));

        Assert.Equal(AppleErrorMeaning.NotDeviceAssignable, refusal.Meaning);
    }

    [Theory]
    [InlineData("<html>Sign in</html>", 200)]
    [InlineData("", 200)]
    [InlineData("null", 200)]
    [InlineData("[]", 200)]
    [InlineData("{}", 200)]
    [InlineData("""{"assets":[{"adamId":"4""", 200)]
    [InlineData("""{"assets":[],"totalPages":1,"versionId":"v1"}x""", 200)]
    [InlineData("<html>Not found</html>", 404)]
    [InlineData("{}", 401)]
    [InlineData("", 302)]
    public async Task Read_AnswerThatIsNotApples_IsUnreadableAndNeverAnEmptyPage(string body, int status)
    {
        apple.On("assets", Json(body, status, type: "text/html"));
        await using var host = new AppleHost(apple);

        var fault = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct));

        Assert.Equal((AppleErrorMeaning.Unreadable, status), (fault.Meaning, fault.HttpStatus));
        Assert.Null(fault.ErrorNumber);
    }

    [Fact]
    public async Task Write_AcceptedWithoutEventId_IsUnreadable()
    {
        apple.On("assets/associate", Json("""{"uId":"2049"}"""));
        await using var host = new AppleHost(apple);

        var fault = await Assert.ThrowsAsync<AppleException>(() => Associate(host));

        Assert.Equal(AppleErrorMeaning.Unreadable, fault.Meaning);
    }

    [Fact]
    public async Task Failures_WhateverTheyEcho_NeverRepeatASecret()
    {
        var echo = $$"""{"errorNumber":9712,"errorMessage":"{{AppleHost.Secret}} and nat-secret are wrong."}""";
        apple.On("client/config", Json(echo, 400)).On("assets", Json($"<p>{AppleHost.Secret}</p>"), Lost()).On("users", Error(9603, 500));
        await using var host = new AppleHost(apple);
        var token = AppleHost.Token();

        var faults = new[]
        {
            await Assert.ThrowsAsync<AppleException>(() => host.Client.SetClientConfigAsync(
                token, new ClientConfigUpdate { NotificationUrl = "https://h.example/x", NotificationAuthToken = "nat-secret" }, Ct)),
            await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(token, new(), 0, Ct)),
            await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssetsAsync(token, new(), 0, Ct)),
            await Assert.ThrowsAsync<AppleException>(() => host.Client.GetUsersAsync(token, new(), 0, Ct)),
        };

        Assert.Contains(host.Logs.Lines, line => line.Text.Contains("2049", StringComparison.Ordinal));
        Assert.All(faults.Select(fault => fault.ToString()).Concat(host.Logs.Lines.Select(line => line.Text)), text =>
        {
            Assert.DoesNotContain(AppleHost.Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain("nat-secret", text, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void ToString_OfWhatHoldsASecret_DoesNotShowIt()
    {
        var texts = new[]
        {
            new ClientConfig { UId = "2049", NotificationAuthToken = "nat-secret" }.ToString(),
            new ClientConfigUpdate { NotificationUrl = "https://h.example/x", NotificationAuthToken = "nat-secret" }.ToString(),
            new VppManager.Apple.Directory.AppleUser { ClientUserId = "u-1", InviteCode = "nat-secret" }.ToString(),
        };

        Assert.All(texts, text => Assert.DoesNotContain("nat-secret", text, StringComparison.Ordinal));
        Assert.Contains("2049", texts[0], StringComparison.Ordinal);
        Assert.Contains("u-1", texts[2], StringComparison.Ordinal);
    }

    private static Task<EventAccepted> Associate(AppleHost host) =>
        host.Client.AssociateAsync(AppleHost.Token(), new ManageAssets([new("42")]) { SerialNumbers = ["SN-A"] }, Ct);
}
