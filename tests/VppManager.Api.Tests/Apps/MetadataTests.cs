using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Tokens;
using VppManager.Core.Assignments;
using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Apps;

/// <summary>Names, icons and versions: from the right store, kept for a day, never in the way of a sync.</summary>
public sealed class MetadataTests(QuickServiceFixture service) : IClassFixture<QuickServiceFixture>
{
    private static int numbers;
    private readonly string one = NewNumber();
    private readonly string two = NewNumber();

    [Fact, Trait("Rule", "D4")]
    public async Task Version_NewInTheStore_IsSeenTheNextDayAndNotBefore()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(one, 5);
        organization.Location.DefaultPlatform = "volumestore";
        service.Apple.Store.Put(new StoreItem(one)
        {
            Name = " Scan ",
            Version = "1.0",
            VersionDate = new(2026, 3, 1),
            MinimumOSVersion = "17.2",
            BundleId = "net.example.scan",
            ArtistName = "Scanners",
            Genres = ["Business", "Utilities"],
        });
        var token = await organization.UploadTokenAsync();
        var first = await MetadataAsync(organization, one);

        service.Apple.Store.Put(new StoreItem(one) { Name = "Scan", Version = "2.0", VersionDate = new(2026, 4, 2) });
        await organization.SyncAsync(token);
        var sameDay = await MetadataAsync(organization, one);
        await AgeAsync(organization, "1 day");
        await organization.SyncAsync(token);
        var nextDay = await MetadataAsync(organization, one);

        Assert.Equal(("Scan", "1.0", "17.2"), (Text(first, "displayName"), Text(first, "latestVersion"), Text(first, "minimumOsVersion")));
        Assert.Equal(("Scanners", $"https://apps.apple.com/us/app/id{one}"), (Text(first, "publisher"), Text(first, "appStoreUrl")));
        Assert.Equal("net.example.scan", Text(first, "bundleId"));
        Assert.Equal(["Business", "Utilities"], first["genres"]!.AsArray().Select(genre => genre!.GetValue<string>()));
        Assert.EndsWith($"/image/{one}/512x512bb.png", Text(first, "iconUrl"), StringComparison.Ordinal);
        Assert.All(LookUps(organization), query => Assert.Equal("volumestore", query["platform"]));
        Assert.StartsWith("2026-03-01", Text(first, "latestVersionDateTime"), StringComparison.Ordinal);
        Assert.Equal(["iphone", "ipad"], first["deviceFamilies"]!.AsArray().Select(family => family!.GetValue<string>()));
        Assert.Equal("1.0", Text(sameDay, "latestVersion"));
        Assert.Equal("2.0", Text(nextDay, "latestVersion"));
        Assert.StartsWith("2026-04-02", Text(nextDay, "latestVersionDateTime"), StringComparison.Ordinal);
    }

    [Fact, Trait("Rule", "S2")]
    public async Task Edited_ByAnAdministrator_IsNotOverwritten()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(one, 5, name: "From the store");
        var token = await organization.UploadTokenAsync();
        await service.ExecuteAsync("update apps set display_name = 'Ours', edited = '{displayName}' where tenant_id = $1", organization.Tenant);
        service.Apple.Store.Put(new StoreItem(one) { Name = "Newer name", ArtistName = "Newer publisher" });
        await AgeAsync(organization, "1 day");

        await organization.SyncAsync(token);

        var read = await MetadataAsync(organization, one);
        Assert.Equal(("Ours", "Newer publisher"), (Text(read, "displayName"), Text(read, "publisher")));
    }

    [Fact, Trait("Rule", "T14")]
    public async Task CountryChanged_AppThatTheNewStoreLacks_StaysAsItWasAndTheOtherIsReadThere()
    {
        var organization = service.Organization("US");
        organization.Location.AddAsset(one, 5);
        organization.Location.AddAsset(two, 5);
        service.Apple.Store.Put(new StoreItem(one) { Name = "Only in America", Countries = ["us"] });
        var token = await organization.UploadTokenAsync();

        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { countryOrRegion = "de" });
        await organization.SyncAsync(token);

        var (stays, moves) = (await MetadataAsync(organization, one), await MetadataAsync(organization, two));
        Assert.Equal(("Only in America", "us"), (Text(stays, "displayName"), Text(stays, "country")));
        Assert.Contains("/us/", Text(stays, "appStoreUrl"), StringComparison.Ordinal);
        Assert.Equal("de", Text(moves, "country"));
        Assert.Contains("/de/", Text(moves, "appStoreUrl"), StringComparison.Ordinal);
    }

    [Fact, Trait("Rule", "L15")]
    public async Task SoldElsewhereOrCustom_IsFoundOnceAndNotSearchedForAgain()
    {
        var organization = service.Organization("US");
        organization.Location.AddAsset(one, 5);
        organization.Location.AddAsset(two, 5);
        service.Apple.Store.Put(new StoreItem(one) { Name = "Nur hier", Countries = ["de"] });
        service.Apple.Store.Put(new StoreItem(two) { Name = "Custom", IsCustom = true });
        var token = await organization.UploadTokenAsync();
        var found = await MetadataAsync(organization, one);
        var searched = LookUps(organization).Count;

        await AgeAsync(organization, "1 day");
        await organization.SyncAsync(token);
        var refreshed = LookUps(organization).Skip(searched).ToList();
        await AgeAsync(organization, "8 days");
        await organization.SyncAsync(token);

        Assert.Equal(("Nur hier", "de"), (Text(found, "displayName"), Text(found, "country")));
        Assert.Equal("Custom", Text(await MetadataAsync(organization, two), "displayName"));
        Assert.Equal(["de", "us"], refreshed.Select(query => query["cc"]).Order());
        Assert.Contains(LookUps(organization).Skip(searched + 2), query => query["cc"] == "us" && query["id"].Contains(one, StringComparison.Ordinal));
    }

    [Fact]
    public async Task NeverFound_IsNamedByItsNumberAndSearchedForOnlyRarely()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(one, 5);
        service.Apple.Store.Remove(one);

        var token = await organization.UploadTokenAsync();
        var searched = LookUps(organization).Count;
        await organization.SyncAsync(token);

        Assert.Equal($"App {one}", Text(await MetadataAsync(organization, one), "displayName"));
        Assert.Equal(6, searched);
        Assert.Equal(searched, LookUps(organization).Count);
    }

    public static TheoryData<Fault> Misfortunes => [Fault.Answer(403), Fault.Answer(401), Fault.Answer(429), Fault.Answer(500), Fault.Page(), Fault.Truncated(), Fault.Dropped()];

    [Theory, Trait("Rule", "S4"), MemberData(nameof(Misfortunes), DisableDiscoveryEnumeration = true)]
    public async Task Store_OutOfReachForAWhile_FailsNoSyncAndIsMadeUpForLater(Fault fault)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(one, 5, name: "Found later");
        service.Apple.Faults.Next("lookup", 50, fault);
        var token = await organization.UploadTokenAsync();
        service.Apple.Faults.Clear();
        var status = (await organization.TokenAsync(token))["lastSyncStatus"]!.GetValue<string>();
        await AgeAsync(organization, "8 days");

        await organization.SyncAsync(token);

        Assert.Equal("completed", status);
        Assert.Equal("Found later", Text(await MetadataAsync(organization, one), "displayName"));
    }

    [Theory, Trait("Rule", "S4")]
    [InlineData("""A\u0000 name""", "A name")]
    [InlineData("""\ud800""", null)]
    public async Task Name_ThatIsNoText_IsReadAsFarAsItIsOneAndFailsNoSync(string inJson, string? name)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(one, 5);
        service.Apple.Faults.Next("lookup", 1, Fault.Page(200, $$$$"""{"results":{"{{{{one}}}}":{"name":"{{{{inJson}}}}","artistName":"Somebody","genreNames":["\u0000","\udc00"]}}}"""));

        var token = await organization.UploadTokenAsync();

        Assert.Equal("completed", (await organization.TokenAsync(token))["lastSyncStatus"]!.GetValue<string>());
        var read = await MetadataAsync(organization, one);
        Assert.Equal((name ?? $"App {one}", "Somebody"), (Text(read, "displayName"), Text(read, "publisher")));
    }

    [Fact]
    public async Task OneItem_OverWhichTheStoreStumbles_DoesNotSpoilTheOthers()
    {
        var organization = service.Organization();
        string[] all = [.. Enumerable.Range(0, 6).Select(_ => NewNumber()).Order()];
        foreach (var id in all) organization.Location.AddAsset(id, 1, name: "Good");
        service.Apple.Faults.Next("lookup", 1, Fault.Page());

        await organization.UploadTokenAsync();

        Assert.Equal(6, await service.ScalarAsync<long>("select count(*) from apps where tenant_id = $1 and display_name = 'Good'", organization.Tenant));
    }

    private static string NewNumber() => $"10002{Interlocked.Increment(ref numbers):00000}";

    private List<IReadOnlyDictionary<string, string>> LookUps(Organization organization) =>
        [.. service.Apple.Journal.Entries.Where(entry => entry.LocationUid == organization.Location.Uid && entry.Path.EndsWith("/lookup", StringComparison.Ordinal)).Select(entry => entry.Query)];

    private Task<int> AgeAsync(Organization organization, string by) => service.ExecuteAsync(
        $"update apps set metadata_at = metadata_at - interval '{by}', metadata_sought_at = metadata_sought_at - interval '{by}' where tenant_id = $1", organization.Tenant);

    private static async Task<JsonNode> MetadataAsync(Organization organization, string adamId) =>
        await organization.GetAsync($"/vpp/apps/{await organization.AppAsync(adamId, AppKind.Ios)}/metadata");

    private static string? Text(JsonNode node, string property) => node[property]?.GetValue<string>();
}
