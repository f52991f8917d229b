using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Licenses;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Directory.AppleAccounts;

/// <summary>What Apple refuses of users, and what is done about it.</summary>
public sealed class AppleAccountErrorTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    [Theory]
    [InlineData(false, "8200001")]
    [InlineData(true, "8200003")]
    public async Task Assign_AppleForgotTheUser_RegisteredAnewAndNothingFails(bool later, string adamId)
    {
        var organization = service.Organization();
        var (token, app, group) = await organization.WithUserAppAsync(adamId);
        await organization.ImportUsersAsync(group, ["ada", "bea"]);
        await organization.FiguresAsync(app, held: 2);
        var forgotten = organization.Active()[0].ClientUserId;
        organization.Location.RetireUsers(forgotten);
        service.Apple.Settings.UnknownUsersFailLater = later;

        var other = $"{adamId}9";
        organization.Location.AddAsset(other, 2);
        await organization.SyncAsync(token);
        await organization.FiguresAsync(app, held: 2);
        await organization.AssignAsync(await organization.AppAsync(other), group, useDeviceLicensing: false);
        await organization.FiguresAsync(await organization.AppAsync(other), held: 2);

        service.Apple.Settings.UnknownUsersFailLater = false;
        Assert.Contains(organization.Active(), one => one.ClientUserId == forgotten);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    public async Task Create_AnswerLostAndSentAgain_WhoExistsAlreadyIsRegistered()
    {
        var organization = service.Organization();
        service.Apple.Faults.Next("/users/create", 1, Fault.Dropped(), organization.Location.Uid);
        var (token, app, group) = await organization.WithUserAppAsync("8200011");
        await organization.ImportUsersAsync(group, ["ada", "bea"]);

        await organization.FiguresAsync(app, held: 2);

        Assert.Equal(2, organization.Active().Count);
        Assert.All((await organization.GetAsync($"/vpp/tokens/{token}/invitations"))["value"]!.AsArray(), one => Assert.NotNull(one!["invitationUrl"]));
    }

    [Fact]
    public async Task Create_AppleSaysWronglyThatTheUserExists_RegisteredInTheEnd()
    {
        var organization = service.Organization();
        organization.Location.FailEvents(1, 9716);
        var (_, app, group) = await organization.WithUserAppAsync("8200013");
        await organization.ImportUsersAsync(group, ["ada"]);

        await organization.FiguresAsync(app, held: 1);

        Assert.Single(organization.Active());
    }

    [Fact]
    [Trait("Rule", "L3")]
    public async Task Create_AccountUnknownToApple_FailsAloneUntilTriedAgain()
    {
        var organization = service.Organization();
        organization.Location.AddManagedAccounts("known@corp.example");
        var (_, app, group) = await organization.WithUserAppAsync("8200021");
        var (good, bad) = (await organization.JoinUserAsync(null, "good", "known@corp.example"), await organization.JoinUserAsync(null, "bad", "unknown@corp.example"));
        await organization.EnrolAsync("AD-1", good, AppleAccountWords.UserEnrollment);
        await organization.EnrolAsync("AD-2", bad, AppleAccountWords.UserEnrollment);
        await organization.JoinAsync(group, good);
        await organization.JoinAsync(group, bad);

        await organization.FiguresAsync(app, held: 1, failed: 1);
        Assert.Equal(("failed", "apple:9635"), (await organization.AccountsAsync(bad)).Select(one => (one.Status, one.Reason)).Single());
        Assert.Equal("apple:9635", (await organization.LicenseAsync(app, bad.ToString())).Reason);

        organization.Location.AddManagedAccounts("unknown@corp.example");
        await organization.PostAsync($"/vpp/users/{bad}/appleAccounts/tryAgain", null);
        await organization.FiguresAsync(app, held: 2);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L3")]
    public async Task Create_AccountOfAnotherUser_FailsUntilTheDirectoryNamesAnother()
    {
        var organization = service.Organization();
        organization.Location.AddManagedAccounts("one@corp.example", "two@corp.example");
        var (_, app, group) = await organization.WithUserAppAsync("8200031");
        await organization.EnrolAsync("AE-1", await organization.JoinUserAsync(null, "first", "one@corp.example"), AppleAccountWords.UserEnrollment);
        var second = await organization.JoinUserAsync(null, "second", "one@corp.example");
        await organization.EnrolAsync("AE-2", second, AppleAccountWords.UserEnrollment);
        await organization.PostAsync("/vpp/directory/import", new
        {
            memberships = new[] { "first", "second" }.Select(name => new { group, user = $"{name}@example.com" }),
        });

        await organization.FiguresAsync(app, held: 1, failed: 1);
        var refused = (await organization.LicensesAsync(app)).Single(one => one.State == "failed");
        Assert.Equal("apple:9641", refused.Reason);

        await organization.JoinUserAsync(null, Guid.Parse(refused.Holder) == second ? "second" : "first", "two@corp.example");
        await organization.FiguresAsync(app, held: 2);
        Assert.Equal(["one@corp.example", "two@corp.example"], organization.Active().Select(one => one.Account).Order());
    }

    [Fact]
    [Trait("Rule", "L18")]
    public async Task DeleteUser_WhileAnUpdateIsUnderWayThatAppleRefuses_RetiredAllTheSame()
    {
        var organization = service.Organization();
        organization.Location.AddManagedAccounts("held@corp.example");
        var (_, app, group) = await organization.WithUserAppAsync("8200061");
        var user = await organization.JoinUserAsync(group, "held", "held@corp.example");
        await organization.EnrolAsync("AH-1", user, AppleAccountWords.UserEnrollment);
        await organization.FiguresAsync(app, held: 1);
        organization.Location.HoldEvents(1);
        await organization.JoinUserAsync(null, "held", "unknown@corp.example");
        await Eventually.IsAsync(() => service.ScalarAsync<long>(
            "select count(*) from apple_requests where tenant_id = $1 and kind = 'updateUsers' and state = 'pending'", organization.Tenant), sent => sent == 1);

        await organization.DeleteAsync($"/v1.0/users/{user}");
        organization.Location.ReleaseEvents();

        await Eventually.IsAsync(() => Task.FromResult(organization.Active()), users => users.Count == 0);
        await organization.FiguresAsync(app, held: 0);
    }

    [Fact]
    [Trait("Rule", "L18")]
    public async Task DeleteUser_WhoComesBackWithTheSameAccount_TheFormerOneIsRetiredFirst()
    {
        var organization = service.Organization();
        organization.Location.AddManagedAccounts("same@corp.example");
        var (_, app, group) = await organization.WithUserAppAsync("8200041");
        var former = await organization.JoinUserAsync(group, "same", "same@corp.example");
        var device = await organization.EnrolAsync("AF-1", former, AppleAccountWords.UserEnrollment);
        await Eventually.IsAsync(() => Task.FromResult(organization.Active()), users => users.Any(one => one.Account == "same@corp.example"));
        await organization.FiguresAsync(app, held: 1);

        await organization.DeleteAsync($"/v1.0/users/{former}");
        var again = await organization.JoinUserAsync(null, "same", "same@corp.example");
        await organization.PatchAsync($"/vpp/devices/{device}", new { userId = again });
        await organization.JoinAsync(group, again);
        await Eventually.IsAsync(() => organization.AccountsAsync(again), all => all.Any(one => one is { Account: "managed", Status: "associated" }));

        await organization.FiguresAsync(app, held: 1);
        Assert.Equal("same@corp.example", Assert.Single(organization.Active()).Account);
        Assert.Equal("retired", Assert.Single(await organization.AccountsAsync(former), one => one.Account == "managed").Status);
    }

    [Fact]
    [Trait("Rule", "L18")]
    public async Task Create_AccountOfAUserWhomWeTookForRetired_RetiredOnceMoreAndThenGiven()
    {
        var organization = service.Organization();
        organization.Location.AddManagedAccounts("kept@corp.example");
        var (_, app, group) = await organization.WithUserAppAsync("8200045");
        var former = await organization.JoinUserAsync(null, "former", "kept@corp.example");
        var device = await organization.EnrolAsync("AH-1", former, AppleAccountWords.UserEnrollment);
        await organization.JoinAsync(group, former);
        await organization.FiguresAsync(app, held: 1);
        service.Apple.Faults.Next("/users/retire", 1, Fault.Error(9609, 400), organization.Location.Uid);
        await organization.DeleteAsync($"/v1.0/users/{former}");
        await Eventually.IsAsync(() => organization.AccountsAsync(former), all => all.All(one => one.Status == "retired"));
        Assert.Single(organization.Active());

        var next = await organization.JoinUserAsync(null, "next", "kept@corp.example");
        await organization.PatchAsync($"/vpp/devices/{device}", new { userId = next });
        await organization.JoinAsync(group, next);
        await Eventually.IsAsync(() => organization.AccountsAsync(next), all => all.Any(one => one is { Account: "managed", Status: "associated" }));

        await organization.FiguresAsync(app, held: 1);
        Assert.Equal("kept@corp.example", Assert.Single(organization.Active()).Account);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "T9")]
    public async Task Write_TokenMayOnlyRead_TokenSaysSoAndWhatWaitsIsSentOnceItMay()
    {
        var organization = service.Organization();
        var (token, app, group) = await organization.WithUserAppAsync("8200051");
        organization.Location.Tokens[0].MakeReadOnly();
        await organization.ImportUsersAsync(group, ["ada"]);

        await Eventually.IsAsync(() => service.ColumnAsync<string>("select coalesce(state_cause, '') from tokens where tenant_id = $1", organization.Tenant), causes => causes is ["readOnly"]);
        Assert.Equal("valid", (await organization.GetAsync($"/beta/deviceAppManagement/vppTokens/{token}"))["state"]!.GetValue<string>());
        Assert.Equal(1, (await organization.LicensingAsync(app)).Assigning);

        organization.Location.Tokens[0].MakeValid();
        await organization.SyncAsync(token);
        await organization.FiguresAsync(app, held: 1);
        Assert.Equal([""], await service.ColumnAsync<string>("select coalesce(state_cause, '') from tokens where tenant_id = $1", organization.Tenant));
    }

    [Fact]
    public async Task Create_MoreThanAppleTakesNow_SplitAndSentAgain()
    {
        var organization = service.Organization();
        service.Apple.Faults.Next("/users/create", 1, Fault.Error(9714, 400), organization.Location.Uid);
        var (_, app, group) = await organization.WithUserAppAsync("8200061");

        await organization.ImportUsersAsync(group, ["ada", "bea", "cleo", "dora", "edna"]);
        await organization.FiguresAsync(app, held: 5);

        var sizes = service.Apple.Journal.To("/users/create").Where(one => one.LocationUid == organization.Location.Uid)
            .Select(one => one.Body!.Value.GetProperty("users").GetArrayLength()).ToList();
        Assert.Equal(5, sizes[0]);
        Assert.Equal([1, 2, 2], sizes.Skip(1).Order());
        Assert.Equal(5, organization.Active().Count);
    }

    [Fact]
    [Trait("Rule", "S2")]
    public async Task Sync_StatusThatNobodyKnowsYet_LeavesTheUserAsTheyAre()
    {
        var organization = service.Organization();
        var (token, app, group) = await organization.WithUserAppAsync("8200071");
        await organization.ImportUsersAsync(group, ["ada"]);
        await organization.FiguresAsync(app, held: 1);
        var ada = Assert.Single(organization.Active()).ClientUserId;
        service.Apple.Faults.Next("/users", 1, Fault.Page(200, $$"""
            {"users":[{"clientUserId":"{{ada}}","status":"Suspended"}],"currentPageIndex":0,"totalPages":1,"versionId":"later","uId":"{{organization.Location.Uid}}"}
            """), organization.Location.Uid);

        await organization.SyncAsync(token);

        Assert.Equal("completed", (await organization.GetAsync($"/vpp/tokens/{token}/sync"))["outcome"]!.GetValue<string>());
        Assert.Equal("registered", await service.ScalarAsync<string>("select status from apple_users where tenant_id = $1 and client_user_id = $2", organization.Tenant, ada));
        Assert.DoesNotContain(service.Apple.Faults.Planned, one => one.LocationUid == organization.Location.Uid);
    }
}
