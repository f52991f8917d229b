using System.Net;
using System.Security.Cryptography;
using System.Text;
using VppManager.Api.Tests.Infrastructure;
using static VppManager.Api.Tests.Tokens.WebhookWords;

namespace VppManager.Api.Tests.Tokens;

/// <summary>Where Apple posts notifications: told to it with the claim, and closed to everybody else.</summary>
public sealed class WebhookTests(ListeningFixture service) : IClassFixture<ListeningFixture>
{
    private const string Count = "select count(*) from notifications where tenant_id = $1";

    [Fact]
    [Trait("Rule", "T8")]
    public async Task Upload_PublicAddressSet_AppleTriesTheAddressDuringTheClaim()
    {
        var organization = service.Organization();

        var token = await organization.UploadTokenAsync();

        var claim = Assert.Single(service.Claims(organization));
        var location = await service.ScalarAsync<Guid>("select id from locations where tenant_id = $1", organization.Tenant);
        Assert.EndsWith($"/apple/notifications/{organization.Tenant}/{location}", claim.Address(), StringComparison.Ordinal);
        Assert.Equal(organization.Tenant.ToString(), claim.GetProperty("mdmInfo").GetProperty("id").GetString());
        Assert.Equal(["ASSET_COUNT", "ASSET_MANAGEMENT", "USER_ASSOCIATED", "USER_MANAGEMENT"],
            claim.GetProperty("notificationTypes").EnumerateArray().Select(type => type.GetString()).Order());
        Assert.Equal(("TEST_NOTIFICATION", 200), organization.Location.Notifications.Deliveries.Select(one => (one.NotificationType, one.Status)).Single());
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(claim.Secret())),
            await service.ScalarAsync<byte[]>("select secret_hash from webhooks where tenant_id = $1", organization.Tenant));
        Assert.Equal("working", (await organization.ClaimAsync(token))["notifications"]!["state"]!.GetValue<string>());
        await organization.SyncAsync(token);
        Assert.Single(service.Claims(organization));
    }

    [Fact]
    public async Task Notify_WithoutTheSecretOfTheLocation_RefusedAndNothingStored()
    {
        var (organization, other) = (service.Organization(), service.Organization());
        await organization.UploadTokenAsync();
        await other.UploadTokenAsync();
        var (ours, theirs) = (service.LastClaim(organization), service.LastClaim(other));
        var body = Notification("ASSET_COUNT", organization.Location.Uid, new { adamId = "1", countDelta = 5 });

        Assert.Equal(HttpStatusCode.Unauthorized, await service.NotifyAsync(ours.Address(), null, body));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.NotifyAsync(ours.Address(), "forged", body));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.NotifyAsync(ours.Address(), theirs.Secret(), body));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.NotifyAsync(ours.Address(), organization.Location.Tokens[0].VpptokenFile, body));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.NotifyAsync($"http://x/apple/notifications/{organization.Tenant}/{Guid.NewGuid()}", ours.Secret(), body));
        Assert.Equal(0, await service.ScalarAsync<long>(Count, organization.Tenant));
    }

    [Theory]
    [InlineData("no json", HttpStatusCode.BadRequest)]
    [InlineData("""{"notificationType":"ASSET_COUNT","uId":"UID","notification":{}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"notificationId":"n","notificationType":"ASSET_COUNT","uId":"another","notification":{"adamId":"1","countDelta":1}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"notificationId":"n","notificationType":"ASSET_COUNT","uId":"UID"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"notificationId":"n\u0000","notificationType":"ASSET_COUNT","uId":"UID","notification":{"adamId":"1"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"notificationId":"\ud800","notificationType":"ASSET_COUNT","uId":"UID","notification":{"adamId":"1"}}""", HttpStatusCode.BadRequest)]
    [InlineData("long", HttpStatusCode.RequestEntityTooLarge)]
    public async Task Notify_NotANotification_Refused(string body, HttpStatusCode expected)
    {
        var organization = service.Organization();
        await organization.UploadTokenAsync();
        var claim = service.LastClaim(organization);
        body = body == "long" ? new string(' ', 300_000) : body.Replace("UID", organization.Location.Uid, StringComparison.Ordinal);

        Assert.Equal(expected, await service.NotifyAsync(claim.Address(), claim.Secret(), body));
        Assert.Equal(0, await service.ScalarAsync<long>(Count, organization.Tenant));
    }

    [Theory]
    [InlineData("""{"notificationId":"ID","notificationType":"UNLIMITED_ASSET","uId":"UID","notification":"anything","more":[1]}""")]
    [InlineData("""{"notificationId":"ID","notificationType":"SUBSCRIPTION_COUNT","uId":"UID","notification":{"parentAdamId":1,"counts":{}}}""")]
    [InlineData("""{"notificationId":"ID","notificationType":"ASSET_MANAGEMENT","uId":"UID","notification":{"eventId":"e","type":"NEW","result":"MAYBE","x":1,"assignments":[{"adamId":7,"y":{}}]}}""")]
    [InlineData("""{"notificationId":"ID","notificationType":"USER_MANAGEMENT","uId":"UID","notification":{"eventId":"e","users":[{"clientUserId":"u","status":"Odd"}]}}""")]
    public async Task Notify_WhatApplesNextYearBrings_TakenOnceByWhicheverInstance(string body)
    {
        var organization = service.Organization();
        await organization.UploadTokenAsync();
        var claim = service.LastClaim(organization);
        body = body.Replace("UID", organization.Location.Uid, StringComparison.Ordinal).Replace("ID", Guid.NewGuid().ToString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await service.NotifyAsync(claim.Address(), claim.Secret(), body, instance: 1));
        Assert.Equal(HttpStatusCode.OK, await service.NotifyAsync(claim.Address(), claim.Secret(), body, instance: 0));
        await Eventually.IsAsync(
            () => service.ScalarAsync<long>(Count + " and worked_off_at is not null and body is null", organization.Tenant), done => done == 1);
        Assert.Equal(1, await service.ScalarAsync<long>(Count, organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "T8")]
    public async Task Claim_WrittenAnewAtASync_TheSecretBeforeStillCountsAndTheOneBeforeThatDoesNot()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();
        await ChangedByAnotherAsync(organization, token);
        await ChangedByAnotherAsync(organization, token);

        var claims = service.Claims(organization).Where(claim => claim.TryGetProperty("mdmInfo", out _)).ToList();
        var body = Notification("SOMETHING", organization.Location.Uid, new { });
        Assert.Equal(3, claims.Select(claim => claim.Secret()).Distinct().Count());
        Assert.Equal(HttpStatusCode.OK, await service.NotifyAsync(claims[2].Address(), claims[2].Secret(), body));
        Assert.Equal(HttpStatusCode.OK, await service.NotifyAsync(claims[1].Address(), claims[1].Secret(), body));
        Assert.Equal(HttpStatusCode.Unauthorized, await service.NotifyAsync(claims[0].Address(), claims[0].Secret(), body));
    }

    [Fact]
    [Trait("Rule", "G7")]
    public async Task Claim_AppleDoesNotTakeTheAddress_ClaimedAndPolledAndTriedAgainAtTheNextSync()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("8100001", 5);
        service.Apple.Settings.Webhooks.AllowLoopbackHttp = false;
        var token = await organization.UploadTokenAsync();
        service.Apple.Settings.Webhooks.AllowLoopbackHttp = true;
        var refused = await organization.ClaimAsync(token);
        var (app, group) = (await organization.AppAsync("8100001"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, ["WH-1", "WH-2"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures.Held == 2);

        Assert.True(refused["isOurs"]!.GetValue<bool>());
        Assert.Equal("refused", refused["notifications"]!["state"]!.GetValue<string>());
        Assert.Contains("9712", refused["notifications"]!["cause"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(organization.Tenant.ToString(), organization.Location.MdmInfo?.Id);
        await organization.SyncAsync(token);
        Assert.Equal("working", (await organization.ClaimAsync(token))["notifications"]!["state"]!.GetValue<string>());
    }

    [Fact]
    [Trait("Rule", "T7"), Trait("Rule", "L22")]
    public async Task Claim_SecondTokenOfTheLocation_AddressAndSecretStayAndNotificationsStillSettle()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("8100011", 5);
        var first = await organization.UploadTokenAsync();
        var second = (await organization.CreateAsync(organization.Location.IssueToken().VpptokenFile)).Id();
        var (app, group) = (await organization.AppAsync("8100011"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, ["WD-1"]);

        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), figures => figures.Held == 1);

        Assert.Equal(("duplicateLocationId", "duplicateLocationId"), (await organization.StateAsync(first), await organization.StateAsync(second)));
        Assert.Single(service.Claims(organization));
        Assert.Empty(service.RequestsTo(organization, "/status"));
    }

    /// <summary>Another product subscribes to less; the next sync puts that right.</summary>
    private static async Task ChangedByAnotherAsync(Organization organization, Guid token)
    {
        organization.Location.Subscribe("ASSET_COUNT");
        await organization.SyncAsync(token);
    }
}
