using System.Text.Json;

namespace VppManager.Apple.Tests.Fake.Directory;

public sealed class UserTests : FakeTest
{
    [Fact, Trait("Fake", "10.33")]
    public async Task Create_WithoutAccount_RegistersWithInviteCode()
    {
        var status = await Change("create", new { clientUserId = "u1", email = "kim@example.net" });
        var user = Assert.Single((await Get("users")).Rows("users"));

        Assert.Equal(("COMPLETE", "CREATE", 1), (status.Text("eventStatus"), status.Text("eventType"), status.Number("numCompleted")));
        Assert.Equal("Registered", user.GetProperty("status").GetString());
        Assert.Matches("^[0-9a-f]{32}$", user.GetProperty("inviteCode").GetString());
        Assert.False(user.TryGetProperty("idHash", out _));
    }

    [Fact, Trait("Fake", "10.33")]
    public async Task Create_WithManagedAccount_AssociatesAtOnce()
    {
        North.AddManagedAccounts("kim@school.example");
        await Change("create", new { clientUserId = "u1", managedAppleId = "kim@school.example" });
        var user = Assert.Single((await Get("users")).Rows("users"));

        Assert.Equal("Associated", user.GetProperty("status").GetString());
        Assert.True(user.TryGetProperty("idHash", out _));
        Assert.False(user.TryGetProperty("inviteCode", out _));
    }

    [Fact, Trait("Fake", "10.33")]
    public async Task Create_WithBadAccounts_FailsEachByItsReason()
    {
        North.AddManagedAccounts("kim@school.example");
        await Change("create", new { clientUserId = "u1", managedAppleId = "kim@school.example" });
        var status = await Change(
            "create",
            new { clientUserId = "u1", managedAppleId = "" },
            new { clientUserId = "u2", managedAppleId = "kim@school.example" },
            new { clientUserId = "u3", managedAppleId = "stranger@elsewhere.example" },
            new { clientUserId = "u4", managedAppleId = "" });

        Assert.Equal([9635, 9641, 9716], status.Rows("failures").Select(failure => failure.GetProperty("errorNumber").GetInt32()));
        Assert.Equal(["u1", "u4"], North.AllUsers.Select(user => user.ClientUserId));
    }

    [Theory, Trait("Fake", "10.33")]
    [InlineData("create", """{"users":[]}""", 9720)]
    [InlineData("create", """{"users":[{"email":"a@example.net"}]}""", 9602)]
    [InlineData("create", """{"users":[{"clientUserId":"a"},{"clientUserId":"a"}]}""", 9715)]
    [InlineData("create", """{"users":[{"clientUserId":"a","email":"nonsense"}]}""", 9717)]
    [InlineData("create", """{"users":[{"clientUserId":"a"},{"clientUserId":"b"},{"clientUserId":"c"}]}""", 9714)]
    [InlineData("update", """{"users":[{"clientUserId":"nobody"}]}""", 9609)]
    [InlineData("retire", """{"users":[{"clientUserId":"nobody"}]}""", 9609)]
    public async Task Write_AgainstTheRules_IsRefused(string verb, string body, int number)
    {
        Server.Settings.Limits.MaxUsers = 2;
        var answer = await Send(HttpMethod.Post, $"users/{verb}", $"Bearer {Token.VpptokenFile}", Json(body));

        Assert.Equal((400, number), ((int)answer.Status, answer.ErrorNumber));
        Assert.Empty(North.AllUsers);
    }

    [Fact, Trait("Fake", "10.34")]
    public async Task Accept_ByTwoUsersOfOneAccount_GivesTheSameHash()
    {
        await Change("create", new { clientUserId = "u1" }, new { clientUserId = "u2" });
        North.AcceptInvitation(North.AllUsers[0].InviteCode!, "kim@example.net");
        North.AcceptInvitation("u2", "Kim@example.net");
        var users = (await Get("users")).Rows("users");

        Assert.All(users, user => Assert.Equal("Associated", user.GetProperty("status").GetString()));
        Assert.Equal(users[0].GetProperty("idHash").GetString(), users[1].GetProperty("idHash").GetString());
    }

    [Fact, Trait("Fake", "10.35"), Trait("Fake", "10.30")]
    public async Task Retire_OfAHolder_FreesAllButBooks()
    {
        North.AddUsers("u1");
        North.AddAsset("1", 5);
        North.AddAsset("2", 5, productType: "Book");
        North.Assign("1", clientUserIds: ["u1"]);
        North.Assign("2", clientUserIds: ["u1"]);
        await Change("retire", new { clientUserId = "u1" });

        Assert.Equal("2", Assert.Single(North.Assignments).AdamId);
        Assert.Empty((await Get("assignments?excludeInactiveUsers=true")).Rows("assignments"));
    }

    [Fact, Trait("Fake", "10.35"), Trait("Fake", "10.40")]
    public async Task Retire_BySomebodyElse_FreesAndCanBeRegisteredAgain()
    {
        North.AddUsers("u1");
        North.AddAsset("1", 5);
        North.Assign("1", clientUserIds: ["u1"]);

        North.RetireUsers("u1", "nobody");

        Assert.Empty(North.Assignments);
        Assert.Equal(["u1 Retired"], await Users("users"));
        Assert.Equal("COMPLETE", (await Change("create", new { clientUserId = "u1" })).Text("eventStatus"));
    }

    [Fact, Trait("Fake", "10.35")]
    public async Task Recreate_AfterRetire_FlipsOrAddsARow()
    {
        await Change("create", new { clientUserId = "never" }, new { clientUserId = "once" });
        North.AcceptInvitation("once", "kim@example.net");
        await Change("retire", new { clientUserId = "never" }, new { clientUserId = "once" });
        await Change("create", new { clientUserId = "never" }, new { clientUserId = "once" });

        Assert.Equal(["never Registered", "once Retired", "once Registered"], await Users("users"));
        Assert.Equal(["never Registered", "once Registered"], await Users("users?activeOnly=true"));
        Assert.Equal(["once Retired"], await Users("users?retiredOnly=true"));
        Assert.Equal(["once Retired", "once Registered"], await Users("users?clientUserId=once"));
    }

    [Fact, Trait("Fake", "10.35"), Trait("Fake", "10.23")]
    public async Task Update_OfAUser_ShowsSinceTheVersion()
    {
        North.AddManagedAccounts("kim@school.example");
        North.AddUsers("u1", "u2");
        var version = (await Get("users")).Text("versionId");
        await Change("update", new { clientUserId = "u2", email = "new@example.net", managedAppleId = "kim@school.example" });
        var user = Assert.Single((await Get($"users?sinceVersionId={version}")).Rows("users"));

        Assert.Equal(("u2", "new@example.net", "Associated"), (Text(user, "clientUserId"), Text(user, "email"), Text(user, "status")));
    }

    [Fact, Trait("Fake", "10.36")]
    public async Task Users_OfOneLocation_AreUnknownToAnother()
    {
        North.AddUsers("u1");
        var south = Server.AddLocation("South");
        south.AddAsset("1", 5);
        var token = south.IssueToken();
        var answer = await Post("assets/associate", new { assets = new[] { new { adamId = "1" } }, clientUserIds = new[] { "u1" } }, token);

        Assert.Empty((await Get("users", token)).Rows("users"));
        Assert.Equal(9609, answer.ErrorNumber);
    }

    private static string? Text(JsonElement row, string name) => row.GetProperty(name).GetString();

    private async Task<Answer> Change(string verb, params object[] users) => await Settled(await Post($"users/{verb}", new { users }));

    private async Task<List<string>> Users(string path) =>
        (await Get(path)).Rows("users").ConvertAll(user => $"{Text(user, "clientUserId")} {Text(user, "status")}");
}
