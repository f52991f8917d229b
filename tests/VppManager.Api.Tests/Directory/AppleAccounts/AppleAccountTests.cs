using System.Net;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;

namespace VppManager.Api.Tests.Directory.AppleAccounts;

/// <summary>Users as Apple knows them, from the registration to the end.</summary>
public sealed class AppleAccountTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Fact]
    [Trait("Rule", "L3"), Trait("Rule", "D7"), Trait("Rule", "L13")]
    public async Task Assign_UsersOfEveryKind_EachAccountOfADeviceHoldsALicense()
    {
        var organization = service.Organization();
        organization.Location.AddManagedAccounts("ude@corp.example", "bob@corp.example", "eve@corp.example");
        var (_, app, group) = await organization.WithUserAppAsync("8100001");
        var noDevice = await organization.JoinUserAsync(null, "pia", "pia@corp.example");
        var (kim, ude) = (await organization.JoinUserAsync(null, "kim"), await organization.JoinUserAsync(null, "ude", "ude@corp.example"));
        var (both, eve) = (await organization.JoinUserAsync(null, "bob", "bob@corp.example"), await organization.JoinUserAsync(null, "eve"));
        await organization.EnrolAsync("AA-KIM", kim);
        await organization.EnrolAsync("AA-UDE", ude, AppleAccountWords.UserEnrollment);
        await organization.EnrolAsync("AA-BOB1", both);
        await organization.EnrolAsync("AA-BOB2", both, "appleUserEnrollmentWithServiceAccount");
        await organization.EnrolAsync("AA-EVE", eve, AppleAccountWords.UserEnrollment);

        await organization.PostAsync("/vpp/directory/import", new
        {
            memberships = new[] { "pia", "kim", "ude", "bob", "eve" }.Select(name => new { group, user = $"{name}@example.com" }),
        });
        await organization.FiguresAsync(app, held: 5, failed: 1);

        Assert.Equal(["bob@corp.example", "ude@corp.example"], organization.Active().Where(one => one.Status == "Associated").Select(one => one.Account).Order());
        Assert.Equal(3, organization.Active().Count(one => one.Status == "Registered"));
        Assert.Equal([("managed", "associated"), ("personal", "registered")], (await organization.AccountsAsync(both)).Select(one => (one.Account, one.Status)).Order());
        Assert.Equal([("personal", "registered")], (await organization.AccountsAsync(noDevice)).Select(one => (one.Account, one.Status)));
        Assert.Equal("noManagedAppleAccount", Assert.Single(await organization.AccountsAsync(eve)).Reason);
        Assert.Equal("noManagedAppleAccount", (await organization.LicenseAsync(app, eve.ToString())).Reason);

        await organization.JoinUserAsync(null, "eve", "eve@corp.example");
        await organization.FiguresAsync(app, held: 6);
        Assert.All(organization.Active(), one => Assert.Null(one.Email));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L13"), Trait("Rule", "L3")]
    public async Task Invitation_UntilItIsAccepted_ListedWithItsAddressAndTheLicenseIsReserved()
    {
        var organization = service.Organization();
        var (token, app, group) = await organization.WithUserAppAsync("8100011");
        await organization.ImportUsersAsync(group, ["ann", "ben", "cid", "dee", "eli"]);
        await organization.FiguresAsync(app, held: 5);

        var first = await organization.GetAsync($"/vpp/tokens/{token}/invitations?top=3");
        var second = await organization.GetAsync($"/vpp/tokens/{token}/invitations?top=3&after={first["next"]}");
        var rows = first["value"]!.AsArray().Concat(second["value"]!.AsArray()).ToList();
        Assert.Null(second["next"]);
        Assert.Equal(["ann@example.com", "ben@example.com", "cid@example.com", "dee@example.com", "eli@example.com"], rows.Select(one => one!["userPrincipalName"]!.GetValue<string>()).Order());
        foreach (var row in rows)
        {
            var code = organization.Active().Single(one => one.ClientUserId == row!["clientUserId"]!.GetValue<string>()).InviteCode!;
            Assert.EndsWith($"inviteCode={code}&mt=8", row!["invitationUrl"]!.GetValue<string>(), StringComparison.Ordinal);
            Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from apple_users where tenant_id = $1 and protected_invite_code like '%' || $2 || '%'", organization.Tenant, code));
        }
        Assert.All(await organization.LicensesAsync(app), one => Assert.Equal(("held", "invitationNotAccepted"), (one.State, one.Reason)));

        var accepted = rows[0]!["userId"]!.GetValue<Guid>();
        organization.Location.AcceptInvitation(rows[0]!["clientUserId"]!.GetValue<string>(), "someone@icloud.example");
        await organization.SyncAsync(token);

        Assert.Equal(("associated", null), (await organization.AccountsAsync(accepted)).Select(one => (one.Status, one.InvitationUrl)).Single());
        Assert.Null((await organization.LicenseAsync(app, accepted.ToString())).Reason);
        Assert.Equal(4, (await organization.GetAsync($"/vpp/tokens/{token}/invitations"))["value"]!.AsArray().Count);
        Assert.Single(service.Apple.Journal.To("/users/create"), one => one.LocationUid == organization.Location.Uid);
        Assert.DoesNotContain(service.Apple.Journal.To("/mdm/v2/users"), one => one.LocationUid == organization.Location.Uid && one.Query.ContainsKey("clientUserId"));
    }

    [Fact]
    [Trait("Rule", "L3")]
    public async Task ManagedAccount_ChangedInTheDirectory_AppleIsToldAndTheLicenseStays()
    {
        var organization = service.Organization();
        organization.Location.AddManagedAccounts("old@corp.example", "new@corp.example");
        var (_, app, group) = await organization.WithUserAppAsync("8100021");
        await organization.EnrolAsync("AB-1", await organization.JoinUserAsync(group, "mia", "old@corp.example"), AppleAccountWords.UserEnrollment);
        await Eventually.IsAsync(() => Task.FromResult(organization.Active()), users => users.Any(one => one.Account == "old@corp.example"));
        await organization.FiguresAsync(app, held: 1);

        await organization.JoinUserAsync(null, "mia", "new@corp.example");
        await Eventually.IsAsync(() => Task.FromResult(organization.Active()), users => users.Any(one => one.Account == "new@corp.example"));

        await organization.FiguresAsync(app, held: 1);
        Assert.Single(service.Apple.Journal.To("/users/update"), one => one.LocationUid == organization.Location.Uid);
    }

    [Fact]
    [Trait("Rule", "L18"), Trait("Rule", "L11")]
    public async Task DeleteUser_WithAppsAndABook_RetiredAtAppleAndOnlyTheBookStays()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("8100032", 5, productType: "Book");
        var (token, app, group) = await organization.WithUserAppAsync("8100031", licenses: 1);
        var (gone, next) = (await organization.JoinUserAsync(group, "guy"), await organization.JoinUserAsync(group, "ned"));
        await organization.FiguresAsync(app, held: 1);
        var client = Assert.Single(organization.Active()).ClientUserId;
        organization.Location.Assign("8100032", clientUserIds: [client]);
        await organization.SyncAsync(token);

        await organization.DeleteAsync($"/v1.0/users/{gone}");
        await Eventually.IsAsync(() => organization.LicenseStateAsync(app, next), state => state == "held");

        Assert.Equal("Retired", organization.Location.AllUsers.Single(one => one.ClientUserId == client).Status);
        Assert.Equal("released", await organization.LicenseStateAsync(app, gone));
        Assert.Equal("held", await service.ScalarAsync<string>("select state from licenses where tenant_id = $1 and holder = $2 and state <> 'released'", organization.Tenant, client));
        Assert.DoesNotContain(service.Apple.Journal.To("/assets/disassociate"), one => one.LocationUid == organization.Location.Uid);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L13")]
    public async Task Retire_OfOneWhoIsEntitledStill_InvitedAnewUnderAnotherId()
    {
        var organization = service.Organization();
        var (_, app, group) = await organization.WithUserAppAsync("8100041", licenses: 1);
        var user = await organization.JoinUserAsync(group, "rita");
        await organization.FiguresAsync(app, held: 1);
        var before = Assert.Single(await organization.AccountsAsync(user));

        var answer = await organization.PostAsync($"/vpp/users/{user}/appleAccounts/retire", new { account = "personal" });
        Assert.Equal(1, answer["count"]!.GetValue<int>());
        var after = await Eventually.IsAsync(() => organization.AccountsAsync(user), all => all.Count == 2 && all.Any(one => one.Status == "registered") && all.Any(one => one.Status == "retired"));

        await organization.FiguresAsync(app, held: 1);
        var anew = after.Single(one => one.Status == "registered");
        Assert.NotEqual(before.ClientUserId, anew.ClientUserId);
        Assert.NotEqual(before.InvitationUrl, anew.InvitationUrl);
        Assert.Null(after.Single(one => one.Status == "retired").InvitationUrl);
        Assert.Equal([anew.ClientUserId], organization.Location.Assignments.Select(one => one.ClientUserId));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    public async Task Endpoints_UnknownUserTokenOrAccount_RefusedAndAnotherTenantSeesNothing()
    {
        var (organization, stranger) = (service.Organization(), service.Organization());
        var (token, app, group) = await organization.WithUserAppAsync("8100051");
        var user = await organization.JoinUserAsync(group, "sam");
        await organization.FiguresAsync(app, held: 1);
        var reader = service.Client(organization.Tenant, permissions: ["DeviceManagementApps.Read.All"]);

        Assert.Equal(HttpStatusCode.OK, await GetAsync(reader, $"/vpp/users/{user}/appleAccounts"));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(stranger.Client, $"/vpp/users/{user}/appleAccounts"));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(stranger.Client, $"/vpp/tokens/{token}/invitations"));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(stranger.Client, $"/vpp/users/{user}/appleAccounts/retire", new { }));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync(organization.Client, $"/vpp/users/{user}/appleAccounts/retire", new { account = "managed" }));
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(organization.Client, $"/vpp/users/{user}/appleAccounts/retire", new { account = "both" }));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(reader, $"/vpp/users/{user}/appleAccounts/retire", new { }));
        Assert.Equal("registered", Assert.Single(await organization.AccountsAsync(user)).Status);
    }

    private static async Task<HttpStatusCode> GetAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(client, path, body, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
