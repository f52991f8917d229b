using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Tokens;
using VppManager.FakeApple.Licenses;
using static VppManager.Api.Tests.Tokens.WebhookWords;

namespace VppManager.Api.Tests.Licenses;

/// <summary>What Apple tells unasked: early, late, twice, in any order, or never. Polling comes only after an hour here.</summary>
public sealed class NotificationTests(ListeningFixture service) : IClassFixture<ListeningFixture>
{
    public enum Delivery
    {
        InOrder,
        Twice,
        Reversed,
        BeforeTheAnswer,
    }

    [Theory]
    [Trait("Rule", "L4")]
    [InlineData(Delivery.InOrder)]
    [InlineData(Delivery.Twice)]
    [InlineData(Delivery.Reversed)]
    [InlineData(Delivery.BeforeTheAnswer)]
    public async Task Assign_NotificationsInAnyOrder_HeldAndTakenBackWithoutAsking(Delivery delivery)
    {
        var (organization, _) = await WithAssetAsync("8200001", 300);
        var serials = Serials("NA", 250);
        service.Apple.Settings.Webhooks.BeforeResponse = delivery is Delivery.BeforeTheAnswer;
        Spoil(organization, delivery);

        var app = await AssignAsync(organization, "8200001", serials);
        await organization.HeldAsync(app, 250);
        Spoil(organization, delivery);
        await organization.RevokeAsync(app, "revokeAllLicenses");
        await organization.HeldAsync(app, 0);
        service.Apple.Settings.Webhooks.BeforeResponse = false;

        Assert.Empty(service.RequestsTo(organization, "/status"));
        Assert.Empty(organization.Location.Assignments);
        Assert.Equal(2L, await service.ScalarAsync<long>("select count(*) from apple_requests where tenant_id = $1 and state = 'settled'", organization.Tenant));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "G7")]
    public async Task Assign_NotificationsLost_PollingPicksThemUpAndAsksSoonerUntilAppleTellsAgain()
    {
        var (organization, token) = await WithAssetAsync("8200011", 10);
        organization.Location.Notifications.LoseNext(1);
        var app = await AssignAsync(organization, "8200011", Serials("NB", 3));
        await Eventually.IsAsync(() => RequestsAsync(organization, "pending"), count => count == 1);

        await PollNowAsync(organization);
        await organization.HeldAsync(app, 3);
        Assert.Equal("silent", await HookAsync(organization, token));

        await organization.RevokeAsync(app, "revokeAllLicenses");
        await organization.HeldAsync(app, 0);
        await Eventually.IsAsync(() => HookAsync(organization, token), state => state == "working");
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L6")]
    public async Task Event_RefusedForGood_FailsWithApplesReasonAndTheNextIsServedWithoutAsking()
    {
        var (organization, _) = await WithAssetAsync("8200021", 1);
        organization.Location.FailEvents(1, 9707);

        var app = await AssignAsync(organization, "8200021", Serials("NC", 2));
        var figures = await organization.HeldAsync(app, 1);

        Assert.Equal((1, 0), (figures.Failed, figures.Waiting));
        Assert.Equal("apple:9707", (await organization.LicenseAsync(app, "NC0001")).Reason);
        Assert.Empty(service.RequestsTo(organization, "/status"));
        await service.AssertWholeAsync(organization);
    }

    [Theory]
    [Trait("Rule", "L4"), Trait("Rule", "S5")]
    [InlineData(ExhaustionPolicy.PerBatch, "8200031")]
    [InlineData(ExhaustionPolicy.PerTarget, "8200032")]
    [InlineData(ExhaustionPolicy.WholeEvent, "8200033")]
    public async Task Event_SeatsTakenByAnotherMeanwhile_TheRestWaitsInItsPlaces(ExhaustionPolicy policy, string adamId)
    {
        var (organization, _) = await WithAssetAsync(adamId, 10);
        service.Apple.Settings.Exhaustion = policy;
        organization.Location.Notifications.LoseNext(1);
        organization.Location.Assign(adamId, Serials("FOREIGN", 8));

        var app = await AssignAsync(organization, adamId, Serials("ND", 5));
        var figures = await organization.HeldAsync(app, 10);
        service.Apple.Settings.Exhaustion = ExhaustionPolicy.PerBatch;

        Assert.Equal((10, 3, 0), (figures.Total, figures.Waiting, figures.Failed));
        Assert.False(organization.Location.Asset(adamId).Counts.EverOversold);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L6"), Trait("Rule", "L5")]
    public async Task Bought_CountNotification_TheNextInLineAreServedWithoutASync()
    {
        var (organization, token) = await WithAssetAsync("8200041", 2);
        var app = await AssignAsync(organization, "8200041", Serials("NE", 6));
        await organization.HeldAsync(app, 2);
        await LongAfterTheSyncAsync(organization);
        organization.Location.Notifications.DoubleNext(1);

        organization.Location.Buy("8200041", 3);
        var figures = await organization.HeldAsync(app, 5);

        Assert.Equal((5, 1), (figures.Total, figures.Waiting));
        Assert.Equal(Serials("NE", 5), organization.SerialsAtApple("8200041"));
        Assert.Equal(1L, await SyncsAsync(token));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "S5")]
    public async Task Refunded_MoreThanIsFree_TheLocationIsLookedAtOnce()
    {
        var (organization, token) = await WithAssetAsync("8200051", 3);
        var app = await AssignAsync(organization, "8200051", Serials("NF", 3));
        await organization.HeldAsync(app, 3);
        await LongAfterTheSyncAsync(organization);

        organization.Location.Refund("8200051", 2);
        var figures = await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 1, Total: 1 });

        Assert.Equal(2, figures.Waiting);
        Assert.Equal(2L, await SyncsAsync(token));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "S5")]
    public async Task Given_ByAnotherProduct_FoundByALookAtTheLocation()
    {
        var (organization, token) = await WithAssetAsync("8200061", 10);
        var app = await organization.AppAsync("8200061");

        organization.Location.Assign("8200061", Serials("FOREIGN", 2));
        organization.Location.Assign("8200061", Serials("STRANGER", 2));

        await organization.HeldAsync(app, 4);
        Assert.All(await organization.LicensesAsync(app), one => Assert.False(one.Tracked));
        Assert.Equal(2L, await SyncsAsync(token));
    }

    [Fact]
    public async Task Notification_OfAnEarlierEvent_SettlesNothingOfALaterOne()
    {
        var (organization, _) = await WithAssetAsync("8200071", 10);
        var app = await AssignAsync(organization, "8200071", Serials("NG", 1));
        await organization.HeldAsync(app, 1);
        var first = await service.ScalarAsync<string>("select event_id from apple_requests where tenant_id = $1", organization.Tenant);
        organization.Location.HoldEvents(1);
        await organization.RevokeAsync(app, "revokeAllLicenses");
        await Eventually.IsAsync(() => RequestsAsync(organization, "pending"), count => count == 1);
        var claim = service.LastClaim(organization);

        await service.NotifyAsync(claim.Address(), claim.Secret(), Notification("ASSET_MANAGEMENT", organization.Location.Uid, new
        {
            eventId = first,
            type = "DISASSOCIATE",
            result = "SUCCESS",
            assignments = new[] { new { adamId = "8200071", pricingParam = "STDQ", serialNumber = "NG0001" } },
        }));
        await Eventually.IsAsync(
            () => service.ScalarAsync<long>("select count(*) from notifications where tenant_id = $1 and worked_off_at is null", organization.Tenant), left => left == 0);

        Assert.Equal(1, (await organization.LicensingAsync(app)).Releasing);
        organization.Location.ReleaseEvents();
        await organization.HeldAsync(app, 0);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L4")]
    public async Task Event_PartlyDoneAndPendingForTooLong_OnlyTheRestIsSentAgain()
    {
        var (organization, _) = await WithAssetAsync("8200091", 10);
        var app = await AssignAsync(organization, "8200091", Serials("NH", 2));
        await organization.HeldAsync(app, 2);
        organization.Location.HoldEvents(1);
        await organization.RevokeAsync(app, "revokeAllLicenses");
        await Eventually.IsAsync(() => RequestsAsync(organization, "pending"), count => count == 1);
        var claim = service.LastClaim(organization);
        var held = await service.ScalarAsync<string>("select event_id from apple_requests where tenant_id = $1 and state = 'pending'", organization.Tenant);

        await service.NotifyAsync(claim.Address(), claim.Secret(), Notification("ASSET_MANAGEMENT", organization.Location.Uid, new
        {
            eventId = held,
            type = "DISASSOCIATE",
            result = "SUCCESS",
            assignments = new[] { new { adamId = "8200091", serialNumber = "NH0001" } },
        }));
        await Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures.Releasing == 1);
        await service.ExecuteAsync("update apple_requests set accepted_at = accepted_at - interval '1 hour' where tenant_id = $1", organization.Tenant);
        await PollNowAsync(organization);
        await organization.HeldAsync(app, 0);

        var last = service.RequestsTo(organization, "/disassociate").Last().Body!.Value;
        Assert.Equal(["NH0002"], last.GetProperty("serialNumbers").EnumerateArray().Select(serial => serial.GetString()));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "G3")]
    public async Task Notification_ThatCannotBeWorkedOff_LosesWhatItSaidAndTheLocationIsLookedAt()
    {
        var (organization, token) = await WithAssetAsync("8200101", 10);

        await service.ExecuteAsync("""
            with broken as (
                insert into notifications (tenant_id, id, location_id, notification_id, type, received_at, body)
                select $1, gen_random_uuid(), id, 'broken', 'ASSET_MANAGEMENT', now(), 'somebody@example.com' from locations where tenant_id = $1 returning id)
            insert into work (lane, tenant_id, key, run_at, attempts) select 'notification', $1, id, now(), 10 from broken
            """, organization.Tenant);

        await Eventually.IsAsync(() => service.ScalarAsync<long>(
            "select count(*) from notifications where tenant_id = $1 and notification_id = 'broken' and worked_off_at is not null and body is null", organization.Tenant), ended => ended == 1);
        await Eventually.IsAsync(() => SyncsAsync(token), syncs => syncs == 2);
        Assert.Equal(0L, await service.ScalarAsync<long>("select count(*) from work where tenant_id = $1 and lane = 'notification'", organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "L13")]
    public async Task Users_RegisteredAndAssociated_KnownFromTheNotifications()
    {
        var (organization, _) = await WithAssetAsync("8200081", 5);
        var (app, group) = (await organization.AppAsync("8200081"), await organization.GroupAsync());
        await organization.ImportUsersAsync(group, ["ada"]);
        await organization.AssignAsync(app, group, useDeviceLicensing: false);
        await organization.HeldAsync(app, 1);
        var user = Assert.Single(organization.Location.AllUsers);

        organization.Location.AcceptInvitation(user.ClientUserId, "ada@icloud.example");
        await Eventually.IsAsync(() => service.ScalarAsync<string>(
            "select status || ':' || coalesce(id_hash, '') from apple_users where tenant_id = $1", organization.Tenant),
            text => text == "associated:" + organization.Location.AllUsers[0].IdHash);
    }

    private static void Spoil(Organization organization, Delivery delivery)
    {
        if (delivery is Delivery.Twice) organization.Location.Notifications.DoubleNext(3);
        if (delivery is Delivery.Reversed) organization.Location.Notifications.ReverseNext(3);
    }

    private static IEnumerable<string> Serials(string prefix, int count) => Enumerable.Range(1, count).Select(n => $"{prefix}{n:D4}");

    private Task<long> RequestsAsync(Organization organization, string state) =>
        service.ScalarAsync<long>("select count(*) from apple_requests where tenant_id = $1 and state = $2", organization.Tenant, state);

    private Task<long> SyncsAsync(Guid token) => service.ScalarAsync<long>("select count(*) from sync_runs where token_id = $1", token);

    /// <summary>The hour is over.</summary>
    private Task<int> PollNowAsync(Organization organization) =>
        service.ExecuteAsync("update work set run_at = now() where tenant_id = $1 and lane = 'request'", organization.Tenant);

    private Task<int> LongAfterTheSyncAsync(Organization organization) =>
        service.ExecuteAsync("update locations set synced_at = synced_at - interval '1 hour' where tenant_id = $1", organization.Tenant);

    private static async Task<string> HookAsync(Organization organization, Guid token) =>
        (await organization.ClaimAsync(token))["notifications"]!["state"]!.GetValue<string>();

    private async Task<(Organization Organization, Guid Token)> WithAssetAsync(string adamId, int licenses)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, licenses);
        return (organization, await organization.UploadTokenAsync());
    }

    private static async Task<Guid> AssignAsync(Organization organization, string adamId, IEnumerable<string> serials)
    {
        var (app, group) = (await organization.AppAsync(adamId), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, serials);
        await organization.AssignAsync(app, group);
        return app;
    }
}
