using System.Text.Json;
using VppManager.Apple.Apps;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;
using static VppManager.Apple.Tests.Client.ScriptedApple;

namespace VppManager.Apple.Tests.Client;

/// <summary>What goes over the wire, and what is read from it.</summary>
public sealed class WireTests : IDisposable
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private readonly ScriptedApple apple = new();

    public void Dispose() => apple.Dispose();

    [Fact]
    public async Task GetAssets_EveryFilter_IsSentByApplesNames()
    {
        apple.On("assets", Json(Pages.Assets(0, 1)));
        await using var host = new AppleHost(apple);

        await host.Client.GetAssetsAsync(AppleHost.Token(), new AssetsQuery
        {
            AdamId = "42",
            PricingParam = PricingParam.Plus,
            ProductType = ProductType.Book,
            Revocable = false,
            DeviceAssignable = true,
            MinAvailableCount = 1,
            MaxAvailableCount = 2,
            MinAssignedCount = 3,
            MaxAssignedCount = 4,
            Unlimited = false,
        }, 7, Ct);

        Assert.Equal(
            "?adamId=42&pricingParam=PLUS&productType=Book&revocable=false&deviceAssignable=true&minAvailableCount=1&maxAvailableCount=2"
            + "&minAssignedCount=3&maxAssignedCount=4&unlimited=false&pageIndex=7",
            Assert.Single(apple.To("assets")).Address.Query);
    }

    [Fact]
    public async Task GetAssignments_EveryFilter_IsSentByApplesNamesAndTheUsersStateIsRead()
    {
        apple.On("assignments", Json("""
            {"assignments":[{"adamId":"42","pricingParam":"PLUS","clientUserId":"u-1","idHash":"h","userStatus":"Associated"}],"totalPages":1,"versionId":"v1"}
            """));
        await using var host = new AppleHost(apple);

        var page = await host.Client.GetAssignmentsAsync(AppleHost.Token(), new AssignmentsQuery
        {
            AdamId = "42",
            PricingParam = PricingParam.Plus,
            ClientUserId = "u-1",
            SerialNumber = "SN-A",
            SinceVersionId = "v 0",
            IncludeUserState = true,
            ExcludeInactiveUsers = false,
        }, 3, Ct);

        Assert.Equal(
            "?adamId=42&pricingParam=PLUS&clientUserId=u-1&serialNumber=SN-A&sinceVersionId=v%200&includeUserState=true&excludeInactiveUsers=false&pageIndex=3",
            Assert.Single(apple.To("assignments")).Address.Query);
        var row = Assert.Single(page.Assignments);
        Assert.Equal(("42", "PLUS", "u-1", "h", "Associated", null), (row.AdamId, row.PricingParam, row.ClientUserId, row.IdHash, row.UserStatus, row.SerialNumber));
    }

    [Fact]
    public async Task GetUsers_EveryFilter_IsSentByApplesNames()
    {
        apple.On("users", Json("""{"users":[{"clientUserId":"u-1","email":"e","idHash":"h","inviteCode":"i","status":"Registered"}],"totalPages":1,"versionId":"v1"}"""));
        await using var host = new AppleHost(apple);

        var page = await host.Client.GetUsersAsync(
            AppleHost.Token(), new UsersQuery { ClientUserId = "u-1", ActiveOnly = true, RetiredOnly = false, SinceVersionId = "v0" }, 2, Ct);

        Assert.Equal("?clientUserId=u-1&activeOnly=true&retiredOnly=false&sinceVersionId=v0&pageIndex=2", Assert.Single(apple.To("users")).Address.Query);
        var user = Assert.Single(page.Users);
        Assert.Equal(("u-1", "e", "h", "i", AppleUserStatus.Registered), (user.ClientUserId, user.Email, user.IdHash, user.InviteCode, user.Status));
    }

    [Fact]
    public async Task DisassociateRevokeUpdate_Bodies_AreApples()
    {
        apple.On("assets/disassociate", Json("""{"eventId":"e-1"}""")).On("assets/revoke", Json("""{"eventId":"e-2"}""")).On("users/update", Json("""{"eventId":"e-3"}"""));
        await using var host = new AppleHost(apple);

        await host.Client.DisassociateAsync(AppleHost.Token(), new ManageAssets([new AssetKey("42", PricingParam.Plus)]) { ClientUserIds = ["u-1"] }, Ct);
        await host.Client.RevokeAsync(AppleHost.Token(), new RevokeAssets { SerialNumbers = ["SN-A"], ClientUserIds = [] }, Ct);
        await host.Client.UpdateUsersAsync(AppleHost.Token(), [new RequestUser("u-1") { Email = "kim@example.org" }], Ct);

        Assert.Equal("""{"assets":[{"adamId":"42","pricingParam":"PLUS"}],"clientUserIds":["u-1"]}""", Assert.Single(apple.To("assets/disassociate")).Body);
        Assert.Equal("""{"serialNumbers":["SN-A"]}""", Assert.Single(apple.To("assets/revoke")).Body);
        Assert.Equal("""{"users":[{"clientUserId":"u-1","email":"kim@example.org"}]}""", Assert.Single(apple.To("users/update")).Body);
    }

    [Fact]
    public async Task GetStatus_StateNobodyKnowsYet_IsPending()
    {
        apple.On("status", Json("""{"eventStatus":"QUEUED","eventType":"ASSOCIATE"}"""));
        await using var host = new AppleHost(apple);

        var status = await host.Client.GetStatusAsync(AppleHost.Token(), "e-1", Ct);

        Assert.Equal((true, "QUEUED"), (status.IsPending, status.State));
    }

    [Fact]
    public async Task EveryCall_Authenticated_CarriesOneBearerHeaderAndNoCookie()
    {
        apple.On("client/config", Json("{}"));
        await using var host = new AppleHost(apple);

        await host.Client.GetClientConfigAsync(AppleHost.Token(), Ct);

        var request = Assert.Single(apple.To("client/config"));
        Assert.Equal(["Bearer " + AppleHost.Secret], request.Headers["Authorization"]);
        Assert.Equal(["VppManager"], request.Headers["User-Agent"]);
        Assert.DoesNotContain("Cookie", request.Headers.Keys);
    }

    [Fact]
    public async Task Associate_TargetsOfOneKind_LeavesTheOtherOutAndSendsIdsAsText()
    {
        apple.On("assets/associate", Json("""{"eventId":"e-1","uId":"2049"}"""));
        await using var host = new AppleHost(apple);

        var accepted = await host.Client.AssociateAsync(
            AppleHost.Token(), new ManageAssets([new AssetKey("42")]) { SerialNumbers = ["SN-A", "SN-B"], ClientUserIds = [] }, Ct);

        Assert.Equal("e-1", accepted.EventId);
        var request = Assert.Single(apple.To("assets/associate"));
        Assert.Equal("""{"assets":[{"adamId":"42","pricingParam":"STDQ"}],"serialNumbers":["SN-A","SN-B"]}""", request.Body);
        Assert.Equal(["application/json"], request.Headers["Content-Type"]);
    }

    [Fact]
    public async Task Users_CreateAndRetire_SendWhatIsGivenAndNoNulls()
    {
        apple.On("users/create", Json("""{"eventId":"e-1"}""")).On("users/retire", Json("""{"eventId":"e-2"}"""));
        await using var host = new AppleHost(apple);

        await host.Client.CreateUsersAsync(AppleHost.Token(), [new RequestUser("u-1") { ManagedAppleId = "kim@example.net" }], Ct);
        await host.Client.RetireUsersAsync(AppleHost.Token(), ["u-1"], Ct);

        Assert.Equal(
            """{"users":[{"clientUserId":"u-1","managedAppleId":"kim@example.net"}]}""", Assert.Single(apple.To("users/create")).Body);
        Assert.Equal("""{"users":[{"clientUserId":"u-1"}]}""", Assert.Single(apple.To("users/retire")).Body);
    }

    [Fact]
    public async Task SetClientConfig_WholeSet_SendsNotificationTypesAndReadsSubscribedOnes()
    {
        apple.On("client/config", Json("""
            {"countryISO2ACode":"DE","defaultPlatform":"enterprisestore","websiteURL":"https://business.apple.com","locationName":"North",
             "uId":"2049","mdmInfo":{"id":"i","name":"n","metadata":"m"},"notificationUrl":"https://h.example/x",
             "notificationAuthToken":"nat","subscribedNotificationTypes":["ASSET_COUNT"],"tokenExpirationDate":"2031-02-03T04:05:06+0000"}
            """));
        await using var host = new AppleHost(apple);

        var config = await host.Client.SetClientConfigAsync(
            AppleHost.Token(),
            new ClientConfigUpdate
            {
                MdmInfo = new MdmInfo("i", "n", "m"),
                NotificationUrl = "https://h.example/x",
                NotificationAuthToken = "nat",
                NotificationTypes = [NotificationType.AssetCount],
            },
            Ct);

        Assert.Equal(
            """{"mdmInfo":{"id":"i","name":"n","metadata":"m"},"notificationUrl":"https://h.example/x","notificationAuthToken":"nat","notificationTypes":["ASSET_COUNT"]}""",
            Assert.Single(apple.To("client/config")).Body);
        Assert.Equal(("DE", "https://business.apple.com", "North", "2049"), (config.Country, config.WebsiteUrl, config.LocationName, config.UId));
        Assert.Equal(new MdmInfo("i", "n", "m"), config.MdmInfo);
        Assert.Equal(["ASSET_COUNT"], config.SubscribedNotificationTypes);
        Assert.Equal(new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero), config.TokenExpirationDate);
    }

    [Fact]
    public async Task GetAssets_RowsWithMembersLeftOut_ReadsWhatIsThere()
    {
        apple.On("assets", Json("""
            {"assets":[{"adamId":1000000042,"totalCount":"40"},{"adamId":"7","pricingParam":"PLUS","productType":"Book","supportedPlatforms":null}],
             "currentPageIndex":0,"totalPages":1,"versionId":"v1","uId":"2049","mdmInfo":null,"tokenExpirationDate":"whenever","news":{"a":[1]}}
            """));
        await using var host = new AppleHost(apple);

        var page = await host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct);

        Assert.Equal(("1000000042", "STDQ", "App", 40), (page.Assets[0].AdamId, page.Assets[0].PricingParam, page.Assets[0].ProductType, page.Assets[0].TotalCount));
        Assert.Equal(("7", "PLUS", "Book"), (page.Assets[1].AdamId, page.Assets[1].PricingParam, page.Assets[1].ProductType));
        Assert.Empty(page.Assets[1].SupportedPlatforms);
        Assert.Null(page.TokenExpirationDate);
        Assert.Null(page.NextPageIndex);
    }

    [Fact]
    public async Task GetAssets_StrangeCounts_AreTakenForTheNearestThatCanBe()
    {
        apple.On("assets", Json("""
            {"assets":[{"adamId":"1","totalCount":4294967295,"assignedCount":-3,"availableCount":null,"retiredCount":1e300},{"adamId":"2","totalCount":2147483647}],
             "totalPages":1,"versionId":"v1"}
            """));
        await using var host = new AppleHost(apple);

        var assets = (await host.Client.GetAssetsAsync(AppleHost.Token(), new(), 0, Ct)).Assets;

        Assert.Equal((int.MaxValue, 0, 0, int.MaxValue), (assets[0].TotalCount, assets[0].AssignedCount, assets[0].AvailableCount, assets[0].RetiredCount));
        Assert.Equal((Asset.Unlimited, 0), (assets[1].TotalCount, assets[1].AvailableCount));
    }

    [Fact]
    public async Task Walk_UnlimitedAssetsInAListOfTheirOwn_HaveNoEndOfLicences()
    {
        apple.On("assets", Json("""
            {"assets":[],"unlimitedAssets":[{"adamId":"1","assignedCount":7}],"totalPages":1,"versionId":"v1"}
            """));
        await using var host = new AppleHost(apple);

        var pages = await new PageWalk(host.Client).ReadAssetsAsync(AppleHost.Token(), new() { Unlimited = true }, null, Ct).ToListAsync(Ct);

        Assert.Equal(("1", 7, Asset.Unlimited), (pages[0].Rows[0].AdamId, pages[0].Rows[0].AssignedCount, pages[0].Rows[0].TotalCount));
    }

    [Fact]
    public async Task GetStatus_PartialWork_NamesFailuresAndTheirMeaning()
    {
        apple.On("status", Json("""
            {"eventStatus":"FAILED","eventType":"ASSOCIATE","numRequested":6,"numCompleted":4,
             "failures":[{"errorNumber":9709,"errorMessage":"None left.","errorInfo":{"assets":[{"adamId":"42"}],"serialNumbers":["SN-A","SN-B"]}}]}
            """));
        await using var host = new AppleHost(apple);

        var status = await host.Client.GetStatusAsync(AppleHost.Token(), "e 1&2", Ct);

        Assert.Equal("?eventId=e%201%262", Assert.Single(apple.To("status")).Address.Query);
        Assert.False(status.IsPending);
        Assert.Equal((EventState.Failed, 6, 4), (status.State, status.NumRequested, status.NumCompleted));
        var failure = Assert.Single(status.Failures);
        Assert.Equal(AppleErrorMeaning.NotEnoughLicenses, failure.Meaning);
        Assert.Equal(["SN-A", "SN-B"], failure.ErrorInfo!.SerialNumbers);
        Assert.Equal(new AssetKey("42"), Assert.Single(failure.ErrorInfo.Assets));
        Assert.Empty(failure.ErrorInfo.ClientUserIds);
    }

    [Fact]
    public async Task GetServiceConfig_LimitsLeftOut_CountAsDocumented()
    {
        apple.On("service/config", Json("""
            {"limits":{"maxAssets":3,"maxFuture":9},"urls":{"invitationEmail":"https://j.example/join?inviteCode=%25inviteCode%25&mt=8"}}
            """));
        await using var host = new AppleHost(apple);

        var config = await host.Client.GetServiceConfigAsync(Ct);

        Assert.Equal((3, 1000, 100, 15), (config.Limits.MaxAssets, config.Limits.MaxSerialNumbers, config.Limits.MaxUsers, config.Limits.MaxRequestPerSecond));
        Assert.Equal("https://j.example/join?inviteCode=abc&mt=8", config.InvitationLink("abc"));
        Assert.DoesNotContain("Authorization", Assert.Single(apple.To("service/config")).Headers.Keys);
    }

    [Fact]
    public void Json_AskedToWriteADate_WritesTheOffsetWithoutColon()
    {
        var json = JsonSerializer.Serialize(
            new ClientConfig { TokenExpirationDate = new DateTimeOffset(2031, 2, 3, 5, 5, 6, TimeSpan.FromHours(1)) }, AppleJson.Default.ClientConfig);

        Assert.Contains("2031-02-03T04:05:06", json, StringComparison.Ordinal);
        Assert.Contains("0000\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("00:00\"", json, StringComparison.Ordinal);
    }
}
