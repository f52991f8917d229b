using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Apple.Apps;
using VppManager.Apple.Tokens;
using VppManager.FakeApple.Tokens;

namespace VppManager.Apple.Tests.Fake.Legacy;

/// <summary>Version 1, for tokens from before locations: over the wire and through the client.</summary>
[Trait("Rule", "T11")]
public sealed class LegacyTests : FakeTest
{
    private readonly FakeToken purchaser;
    private readonly ServiceProvider services;

    public LegacyTests()
    {
        purchaser = North.IssueLegacyToken();
        var registration = new ServiceCollection().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging();
        registration.AddAppleClient(options => options.BaseAddress = Server.BaseAddress);
        services = registration.BuildServiceProvider();
    }

    private AppleClient Client => services.GetRequiredService<AppleClient>();

    private ContentToken Purchaser => new(purchaser.VpptokenFile);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Account_OfAPurchaser_HasNoLocation(bool numbersAsText)
    {
        Server.Settings.LegacyNumbersAsText = numbersAsText;

        var account = await Client.GetLegacyAccountAsync(Purchaser, Ct);
        var location = await Client.GetLegacyAccountAsync(new ContentToken(Token.VpptokenFile), Ct);

        Assert.Null(account.Location);
        Assert.Equal((North.Uid, "GB", "purchaser@example.org"), (account.AccountId, account.Country, account.AppleId));
        Assert.Equal(purchaser.Expires.ToUnixTimeSeconds(), account.ExpiresAt!.Value.ToUnixTimeSeconds());
        Assert.Equal("North", location.Location?.LocationName);
    }

    [Fact]
    public async Task VersionTwo_OfAPurchaser_Answers9647()
    {
        var refusal = await Assert.ThrowsAsync<AppleException>(() => Client.GetClientConfigAsync(Purchaser, Ct));

        Assert.Equal(AppleErrorMeaning.LegacyToken, refusal.Meaning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Assets_OfEveryKind_AreReadInTodaysWords(bool numbersAsText)
    {
        Server.Settings.LegacyNumbersAsText = numbersAsText;
        North.AddAsset("1", 10);
        North.AddAsset("2", 5, platforms: ["macOS"]);
        North.AddAsset("3", 3, productType: "Book");
        North.Assign("1", ["SN1", "SN2"]);

        var assets = (await Client.GetLegacyAssetsAsync(Purchaser, Ct)).ToDictionary(asset => asset.AdamId);

        Assert.Equal((10, 2, 8), (assets["1"].TotalCount, assets["1"].AssignedCount, assets["1"].AvailableCount));
        Assert.Equal(["iOS"], assets["1"].SupportedPlatforms);
        Assert.Equal(["macOS"], assets["2"].SupportedPlatforms);
        Assert.Equal((ProductType.Book, false, false), (assets["3"].ProductType, assets["3"].Revocable, assets["3"].DeviceAssignable));
        Assert.True(assets["1"] is { Revocable: true, DeviceAssignable: true });
    }

    [Fact]
    public async Task Assignments_OfSeveralPages_AreReadToTheEndUnderOneRequestId()
    {
        North.AddAsset("1", 1000);
        North.Assign("1", Serials(700));

        var rows = new List<string?>();
        await foreach (var page in Client.ReadLegacyAssignmentsAsync(Purchaser, Ct)) rows.AddRange(page.Rows.Select(row => row.SerialNumber));

        Assert.Equal(Serials(700), rows);
        var bodies = Server.Journal.Entries.Where(entry => entry.Path == "/mdm/getAssignments").Select(entry => entry.Body).ToList();
        Assert.Equal(3, bodies.Count);
        Assert.All(bodies.Skip(1), body => Assert.Contains("requestId", body.ToString()!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeadToken_AnswersWithANumberUnder200_AndTheClientNamesIt()
    {
        purchaser.Revoke();

        var refusal = await Assert.ThrowsAsync<AppleException>(() => Client.GetLegacyAssetsAsync(Purchaser, Ct));

        Assert.Equal((AppleErrorMeaning.TokenRevoked, 200), (refusal.Meaning, refusal.HttpStatus));
        Assert.DoesNotContain(purchaser.VpptokenFile, refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Migration_MovesEverythingToTheLocation()
    {
        var location = Server.AddLocation("Joined");
        North.AddAsset("1", 10);
        North.Assign("1", ["SN1"]);

        North.MigrateTo(location);

        Assert.Equal((10, 1), (location.Asset("1").Counts.Total, location.Asset("1").Counts.Assigned));
        Assert.Empty(North.Assignments);
        Assert.Equal(0, (await Client.GetLegacyAssetsAsync(Purchaser, Ct)).Single().TotalCount);
        await services.DisposeAsync();
    }
}
