using System.Net;
using System.Text;
using System.Text.Json;
using VppManager.FakeApple.Tokens;

namespace VppManager.Apple.Tests.Fake.Tokens;

public sealed class TokenTests : FakeTest
{
    [Fact, Trait("Fake", "10.1")]
    public async Task Token_SecondDownload_SharesTheLocation()
    {
        var second = North.IssueToken(orgName: "Other");
        var file = JsonElement.Parse(Convert.FromBase64String(second.VpptokenFile));

        Assert.Equal("Other", file.GetProperty("orgName").GetString());
        Assert.EndsWith("+0000", file.GetProperty("expDate").GetString());
        Assert.NotEqual(Token.VpptokenFile, second.VpptokenFile);
        Assert.Equal((await Get("client/config")).Text("uId"), (await Get("client/config", second)).Text("uId"));
    }

    [Fact, Trait("Fake", "10.2")]
    public async Task Token_SerialisedAnew_IsAccepted()
    {
        var file = JsonSerializer.Deserialize<Dictionary<string, string>>(Convert.FromBase64String(Token.VpptokenFile))!;
        var pretty = JsonSerializer.Serialize(file.Reverse().ToDictionary(), JsonSerializerOptions.Web);
        var answer = await Send(HttpMethod.Get, "assets", $"Bearer {Convert.ToBase64String(Encoding.UTF8.GetBytes($" {pretty}\n"))}", null);

        Assert.Equal(North.Uid, answer.Text("uId"));
    }

    [Fact, Trait("Fake", "10.2")]
    public async Task Token_InnerPartAlone_Is9622()
    {
        var answer = await Send(HttpMethod.Get, "assets", $"Bearer {Token.Secret}", null);

        Assert.Equal(9622, answer.ErrorNumber);
    }

    [Theory, Trait("Fake", "10.3")]
    [InlineData(null, 9722)]
    [InlineData("Basic abc", 9722)]
    [InlineData("Bearer a b", 9722)]
    [InlineData("Bearer", 9601)]
    public async Task Header_OfWrongForm_Is401(string? header, int number)
    {
        var answer = await Send(HttpMethod.Get, "assets", header, null);

        Assert.Equal((HttpStatusCode.Unauthorized, number), (answer.Status, answer.ErrorNumber));
    }

    [Theory, Trait("Fake", "10.4")]
    [InlineData(200)]
    [InlineData(401)]
    public async Task Token_MadeInvalid_AnswersAsSwitched(int status)
    {
        Server.Settings.InvalidTokenStatus = status;
        Token.MakeInvalid();
        var answer = await Get("client/config");

        Assert.Equal((status, 9622), ((int)answer.Status, answer.ErrorNumber));
    }

    [Theory, Trait("Fake", "10.5"), Trait("Fake", "10.7")]
    [InlineData(TokenState.Expired, 401, 9621)]
    [InlineData(TokenState.Revoked, 401, 9625)]
    [InlineData(TokenState.Legacy, 403, 9647)]
    public async Task Token_ChangedBetweenPages_StopsTheTraversal(TokenState state, int status, int number)
    {
        Server.Settings.PageSize = 2;
        North.AddAsset("1", 10);
        North.Assign("1", Serials(3));
        Assert.Equal(1, (await Get("assignments")).Number("nextPageIndex"));

        Token.Become(state);
        var answer = await Get("assignments?pageIndex=1");

        Assert.Equal((status, number), ((int)answer.Status, answer.ErrorNumber));
    }

    [Fact, Trait("Fake", "10.5")]
    public async Task Token_NewerDownloadOrPassword_RevokesOlder()
    {
        var mine = North.IssueToken(account: "me@example.org", revokeOlder: true);
        Assert.Equal(9625, (await Get("assets")).ErrorNumber);
        Assert.False((await Get("assets", mine)).Has("errorNumber"));

        North.ChangePassword("me@example.org");
        Assert.Equal(9625, (await Get("assets", mine)).ErrorNumber);
    }

    [Fact, Trait("Fake", "10.6")]
    public async Task ServiceConfig_WithoutOrWithDeadToken_Answers()
    {
        Token.Revoke();
        Server.Settings.Limits.MaxAssets = 7;
        var answer = await Send(HttpMethod.Get, "service/config", null, null);

        Assert.Equal(7, answer.Json.GetProperty("limits").GetProperty("maxAssets").GetInt32());
        Assert.Equal(HttpStatusCode.OK, (await Get("service/config")).Status);
        Assert.StartsWith(Server.BaseAddress.ToString(), answer.Json.GetProperty("urls").GetProperty("contentMetadataLookup").GetString());
        Assert.Contains("%25inviteCode%25", answer.Json.GetProperty("urls").GetProperty("invitationEmail").GetString());
    }

    [Fact, Trait("Fake", "10.7")]
    public async Task Token_ReadOnly_ReadsButDoesNotWrite()
    {
        North.AddAsset("1", 10);
        Token.MakeReadOnly();
        Assert.Single((await Get("assets")).Rows("assets"));
        var answer = await Associate("1", "SN");

        Assert.Equal((HttpStatusCode.Forbidden, 9637), (answer.Status, answer.ErrorNumber));
    }

    [Fact, Trait("Fake", "10.7")]
    public async Task Location_ManagedByApple_Refuses9645()
    {
        North.AddAsset("1", 10);
        North.ManagedByApple = true;

        Assert.Single((await Get("assets")).Rows("assets"));
        Assert.Equal(9645, (await Associate("1", "SN")).ErrorNumber);
    }

    [Theory, Trait("Fake", "10.7")]
    [InlineData(TokenState.ReadOnly, 9637)]
    [InlineData(TokenState.Legacy, 9647)]
    [InlineData(null, 9645)]
    public async Task Write_ThatIsNotAllowed_IsRefusedAtEveryAddress(TokenState? state, int number)
    {
        if (state is { } become) Token.Become(become);
        else North.ManagedByApple = true;
        string[] writes = ["client/config", "assets/associate", "assets/disassociate", "assets/revoke", "users/create", "users/update", "users/retire"];
        string[] reads = ["client/config", "assets", "assignments", "users"];

        foreach (var write in writes) Assert.Equal(number, (await Post(write, new { })).ErrorNumber);
        foreach (var read in reads) Assert.Equal(state is TokenState.Legacy ? 9647 : null, (await Get(read)).ErrorNumber);
    }

    [Fact, Trait("Fake", "10.10")]
    public async Task Expiration_Switched_IsOnEveryAnswer()
    {
        Server.Settings.AlwaysSendTokenExpiration = true;

        Assert.EndsWith("+0000", (await Get("users")).Text("tokenExpirationDate"));
    }

    [Theory, Trait("Fake", "10.8")]
    [InlineData("DELETE", "assets")]
    [InlineData("POST", "assignments")]
    [InlineData("PUT", "client/config")]
    [InlineData("GET", "users/create")]
    [InlineData("POST", "service/config")]
    public async Task Request_OfAWrongVerb_Is9726Everywhere(string verb, string path)
    {
        var answer = await Send(new HttpMethod(verb), path, $"Bearer {Token.VpptokenFile}", Json("{}"));

        Assert.Equal((405, 9726), ((int)answer.Status, answer.ErrorNumber));
    }

    [Fact, Trait("Fake", "10.8")]
    public async Task Request_OfWrongVerbTypeOrBody_IsRefused()
    {
        var bearer = $"Bearer {Token.VpptokenFile}";
        var verb = await Get("assets/associate");
        var type = await Send(HttpMethod.Post, "assets/associate", bearer, new StringContent("{}", Encoding.UTF8, "text/plain"));
        var body = await Send(HttpMethod.Post, "assets/associate", bearer, Json("{"));

        Assert.Equal((405, 9726), ((int)verb.Status, verb.ErrorNumber));
        Assert.Equal((415, 9727), ((int)type.Status, type.ErrorNumber));
        Assert.Equal((400, 9602), ((int)body.Status, body.ErrorNumber));
        Assert.Equal(HttpStatusCode.NotFound, (await Get("nothing")).Status);
    }

    [Fact, Trait("Fake", "10.10"), Trait("Fake", "10.39")]
    public async Task Expiration_ShownInLast15Days_ThenTokenIsDead()
    {
        Assert.False((await Get("assets")).Has("tokenExpirationDate"));
        Assert.EndsWith("+0000", (await Get("client/config")).Text("tokenExpirationDate"));

        Server.Clock.Advance(TimeSpan.FromDays(355));
        Assert.True((await Get("assets")).Has("tokenExpirationDate"));

        Server.Clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal(9621, (await Get("assets")).ErrorNumber);
    }
}
