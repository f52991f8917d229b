using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using static VppManager.Apple.AppleErrorMeaning;
using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

/// <summary>Every number that Apple documents has a meaning, and the meaning says what to do.</summary>
public sealed class ErrorNumberTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static readonly Dictionary<AppleErrorMeaning, int[]> Table = new()
    {
        [TokenExpired] = [9621],
        [TokenInvalid] = [9601, 9606, 9622],
        [TokenRevoked] = [9611, 9625],
        [LegacyToken] = [9647],
        [ReadOnly] = [9637, 9638, 9639, 9640, 9645],
        [TryAgain] = [9603, 9608, 9612, 9613, 9626, 9643, 9644, 9729],
        [TooManyRequests] = [9627, 9630, 9631, 9632, 9646],
        [SplitAndTryAgain] = [9700, 9701, 9702, 9714],
        [FullReadNeeded] = [9633, 9721],
        [PageOutOfRange] = [9650],
        [NotEnoughLicenses] = [9610, 9624, 9709],
        [UnknownUser] = [9609, 9618, 9620, 9636],
        [UserExists] = [9716],
        [UnknownAppleAccount] = [9635, 9642],
        [AppleAccountTaken] = [9641],
        [NotRevocable] = [9607, 9706],
        [NotDeviceAssignable] = [9628, 9707],
        [AlreadyAssigned] = [9616],
        [NotAssigned] = [9619],
        [UnknownEvent] = [9708],
        [NotificationAddressRefused] = [9710, 9711, 9712, 9728],
        [ServiceRemoved] = [9617, 9634],
        [Refused] =
        [
            9600, 9602, 9604, 9605, 9614, 9615, 9623, 9629, 9703, 9704, 9705, 9713, 9715, 9717, 9718, 9719, 9720, 9722, 9723, 9724, 9725, 9726, 9727,
            9811, 9812, 9813, 9814, 9815, 9816, 9817, 9818,
        ],
    };

    public static TheoryData<int, AppleErrorMeaning> Numbers =>
        [.. Table.SelectMany(entry => entry.Value.Select(number => new TheoryDataRow<int, AppleErrorMeaning>(number, entry.Key)))];

    [Theory, MemberData(nameof(Numbers))]
    public void Number_Documented_HasItsMeaning(int number, AppleErrorMeaning meaning) => Assert.Equal(meaning, AppleErrorNumber.MeaningOf(number));

    [Fact]
    public void Number_NeverHeardOf_IsUnknownAndNoEndOfTheToken()
    {
        var numbers = Enumerable.Range(9590, 300).Except(Table.Values.SelectMany(known => known)).ToList();

        Assert.All(numbers, number => Assert.Equal(Unknown, AppleErrorNumber.MeaningOf(number)));
        Assert.False(new AppleException { Meaning = Unknown }.IsTokenDead);
    }

    /// <summary>What the caller decides by: is the token dead, may the same request succeed later.</summary>
    [Theory]
    [InlineData(9621, true, false)]
    [InlineData(9622, true, false)]
    [InlineData(9625, true, false)]
    [InlineData(9647, true, false)]
    [InlineData(9637, false, false)]
    [InlineData(9645, false, false)]
    [InlineData(9603, false, true)]
    [InlineData(9646, false, true)]
    [InlineData(9729, false, true)]
    [InlineData(9700, false, false)]
    [InlineData(9709, false, false)]
    [InlineData(9721, false, false)]
    [InlineData(9999, false, false)]
    public async Task Failure_OfEachKind_SaysWhetherTheTokenIsDeadAndWhetherItPasses(int number, bool dead, bool passing)
    {
        using var apple = new ScriptedApple().On("assignments", Error(number, 200));
        await using var host = new AppleHost(apple, configure: options => options.Retries = 0);

        var failure = await Assert.ThrowsAsync<AppleException>(() => host.Client.GetAssignmentsAsync(AppleHost.Token(), new AssignmentsQuery(), 0, Ct));

        Assert.Equal((number, dead, passing), (failure.ErrorNumber, failure.IsTokenDead, failure.IsPassing));
    }

    /// <summary>An error stands in the body, whatever the status and whichever the call.</summary>
    [Fact]
    public async Task Error_InAnAnswerOf200_IsAnErrorOfEveryCall()
    {
        using var apple = new ScriptedApple();
        await using var host = new AppleHost(apple);
        var (client, token, pairs) = (host.Client, AppleHost.Token(), new ManageAssets([new("42")]) { SerialNumbers = ["SN-A"] });
        var user = new RequestUser("u-1");
        Dictionary<string, Func<Task>> calls = new()
        {
            ["client/config"] = () => client.GetClientConfigAsync(token, Ct),
            ["assets"] = () => client.GetAssetsAsync(token, new(), 0, Ct),
            ["assignments"] = () => client.GetAssignmentsAsync(token, new(), 0, Ct),
            ["users"] = () => client.GetUsersAsync(token, new(), 0, Ct),
            ["status"] = () => client.GetStatusAsync(token, "e", Ct),
            ["assets/associate"] = () => client.AssociateAsync(token, pairs, Ct),
            ["assets/disassociate"] = () => client.DisassociateAsync(token, pairs, Ct),
            ["assets/revoke"] = () => client.RevokeAsync(token, new RevokeAssets { SerialNumbers = ["SN-A"] }, Ct),
            ["users/create"] = () => client.CreateUsersAsync(token, [user], Ct),
            ["users/update"] = () => client.UpdateUsersAsync(token, [user], Ct),
            ["users/retire"] = () => client.RetireUsersAsync(token, ["u-1"], Ct),
        };

        foreach (var (path, call) in calls)
        {
            apple.On(path, Json("""{"uId":"2049","eventId":"e","errorNumber":9622}"""));
            Assert.Equal(TokenInvalid, (await Assert.ThrowsAsync<AppleException>(call)).Meaning);
        }
    }
}
