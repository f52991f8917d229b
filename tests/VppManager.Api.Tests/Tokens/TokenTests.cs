using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Tokens;

/// <summary>Tokens from upload to deletion, with what Apple says of them.</summary>
public sealed class TokenTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Tokens = "/beta/deviceAppManagement/vppTokens";

    [Fact]
    [Trait("Rule", "T1")]
    public async Task Create_EverythingGiven_EverythingIsKept()
    {
        var organization = service.Organization();
        foreach (var name in (string[])["North", "South"]) await organization.PostAsync("/beta/deviceManagement/roleScopeTags", new { displayName = name });

        var created = await organization.PostAsync(Tokens, new
        {
            token = organization.Location.IssueToken(orgName: "Example Ltd").VpptokenFile,
            displayName = "School",
            appleId = "content@example.com",
            countryOrRegion = "de",
            vppTokenAccountType = "education",
            automaticallyUpdateApps = true,
            claimTokenManagementFromExternalMdm = true,
            dataSharingConsentGranted = true,
            roleScopeTagIds = (string[])["1", "2"],
        });
        var read = await organization.GetAsync($"{Tokens}/{created["id"]}");

        Assert.Equal(
            ("School", "content@example.com", "de", "education", "Example Ltd", "Headquarters", "valid"),
            (Text(read, "displayName"), Text(read, "appleId"), Text(read, "countryOrRegion"), Text(read, "vppTokenAccountType"),
                Text(read, "organizationName"), Text(read, "locationName"), Text(read, "state")));
        Assert.All((string[])["automaticallyUpdateApps", "claimTokenManagementFromExternalMdm", "dataSharingConsentGranted"], name => Assert.True(read[name]!.GetValue<bool>()));
        Assert.Equal(["1", "2"], read["roleScopeTagIds"]!.AsArray().Select(tag => tag!.GetValue<string>()));
    }

    [Fact]
    [Trait("Rule", "T16")]
    public async Task Secret_OfAToken_IsEncryptedAtRestAndInNoAnswer()
    {
        var (organization, file) = (service.Organization(), (string?)null);
        var token = organization.Location.IssueToken();
        file = token.VpptokenFile;
        var created = await CreateAsync(organization, token);
        var answers = new List<string> { created.ToJsonString() };
        foreach (var version in (string[])["beta", "v1.0"])
            foreach (var query in (string[])["", $"/{created["id"]}", "?$select=id,token", $"/{created["id"]}?$select=token"])
                answers.Add((await organization.GetAsync($"/{version}/deviceAppManagement/vppTokens{query}")).ToJsonString());
        answers.Add((await organization.PatchAsync($"{Tokens}/{created["id"]}", new { token = organization.Location.IssueToken().VpptokenFile })).ToJsonString());

        Assert.All(answers, answer => Assert.DoesNotContain(token.Secret, answer, StringComparison.Ordinal));
        Assert.All(answers, answer => Assert.DoesNotContain(file, answer, StringComparison.Ordinal));
        var stored = await service.ScalarAsync<string>("select to_jsonb(t)::text from tokens t where tenant_id = $1", organization.Tenant);
        Assert.Contains("CfDJ8", stored, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Secret, stored, StringComparison.Ordinal);
        Assert.DoesNotContain(file, stored, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Rule", "T9"), Trait("Rule", "T4")]
    [InlineData(TokenState.Expired, "expired")]
    [InlineData(TokenState.Revoked, "invalid")]
    [InlineData(TokenState.Invalid, "invalid")]
    public async Task Token_RejectedByApple_ShowsItsStateAtCreationAndAtTheNextSync(TokenState atApple, string state)
    {
        var (organization, later) = (service.Organization(), service.Organization());
        var dead = organization.Location.IssueToken();
        dead.Become(atApple);
        var living = later.Location.IssueToken();
        var token = await later.UploadTokenAsync(living);

        living.Become(atApple);
        await later.SyncAsync(token);

        Assert.Equal(state, Text(await CreateAsync(organization, dead), "state"));
        var read = await later.GetAsync($"{Tokens}/{token}");
        Assert.Equal((state, "failed"), (Text(read, "state"), Text(read, "lastSyncStatus")));
    }

    [Fact]
    [Trait("Rule", "T4")]
    public async Task Create_AppleOutOfReach_StoredAsUnknownAndValidAfterALaterSync()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("7000001", 3);
        service.Apple.Faults.Next("/client/config", 1000, Fault.Error(9644), organization.Location.Uid);

        var created = await CreateAsync(organization);
        service.Apple.Faults.Clear();
        Assert.Equal("unknown", Text(created, "state"));
        var id = created["id"]!.GetValue<Guid>();
        await Eventually.IsAsync(async () =>
        {
            await organization.SyncAsync(id);
            return Text(await organization.GetAsync($"{Tokens}/{id}"), "state");
        }, state => state == "valid");

        Assert.NotEqual(Guid.Empty, await organization.AppAsync("7000001"));
    }

    [Fact]
    [Trait("Rule", "T5")]
    public async Task Create_The3001st_RefusedAndTheLimitIsNamed()
    {
        var organization = service.Organization();
        await CreateAsync(organization);
        await service.ExecuteAsync("""
            insert into tokens select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'location_id', null))).*
            from tokens t, generate_series(1, 2999) where t.tenant_id = $1
            """, organization.Tenant);

        var (status, message) = await RefusedAsync(organization, HttpMethod.Post, Tokens, Body(organization.Location.IssueToken()));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("3000", message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Rule", "T6"), Trait("Rule", "G5")]
    public async Task Create_LocationOfAnotherTenant_RefusedWithoutNamingIt()
    {
        var (owner, other) = (service.Organization(), service.Organization());
        await CreateAsync(owner);

        var (status, message) = await RefusedAsync(other, HttpMethod.Post, Tokens, Body(owner.Location.IssueToken()));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.DoesNotContain(owner.Tenant.ToString(), message, StringComparison.Ordinal);
        Assert.DoesNotContain(owner.Location.Uid, message, StringComparison.Ordinal);
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from tokens where tenant_id = $1", other.Tenant));
    }

    [Fact]
    [Trait("Rule", "T7")]
    public async Task SameLocationTwice_NeitherSyncs_UntilOneIsDeletedAndTheOtherSyncs()
    {
        var organization = service.Organization();
        var first = await organization.UploadTokenAsync();
        var second = (await CreateAsync(organization))["id"]!.GetValue<Guid>();
        var states = (await organization.GetAsync(Tokens))["value"]!.AsArray().Select(one => Text(one!, "state"));
        Assert.Equal(["duplicateLocationId", "duplicateLocationId"], states);
        Assert.Equal(HttpStatusCode.Conflict, (await RefusedAsync(organization, HttpMethod.Post, $"{Tokens}/{first}/syncLicenses", null)).Status);

        await organization.DeleteAsync($"{Tokens}/{first}");
        await Eventually.IsAsync(() => organization.GetAsync($"{Tokens}/{second}"), one => Text(one, "lastSyncStatus") == "completed");

        Assert.Equal("valid", Text(await organization.GetAsync($"{Tokens}/{second}"), "state"));
    }

    [Fact]
    [Trait("Rule", "T10")]
    public async Task Renew_FileOfTheSameLocation_AppsAndLicencesKeepTheirIds()
    {
        var (organization, other) = (service.Organization(), service.Organization());
        organization.Location.AddAsset("7000011", 3);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("7000011"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, ["TK-A1"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 1 });

        var renewed = await organization.PatchAsync($"{Tokens}/{token}", new { token = organization.Location.IssueToken(revokeOlder: true).VpptokenFile });
        var foreign = await RefusedAsync(organization, HttpMethod.Patch, $"{Tokens}/{token}", new { token = other.Location.IssueToken().VpptokenFile });
        await organization.SyncedAsync(token);

        Assert.Equal((token, "valid"), (renewed["id"]!.GetValue<Guid>(), Text(renewed, "state")));
        Assert.Equal(HttpStatusCode.Conflict, foreign.Status);
        Assert.Equal(app, await organization.AppAsync("7000011"));
        Assert.Equal(1, (await organization.LicensingAsync(app)).Held);
    }

    [Fact]
    [Trait("Rule", "T12")]
    public async Task Delete_WithLicencesHeld_AppsGoAndTheLicencesStayAtApple()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("7000021", 3);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("7000021"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, ["TK-B1", "TK-B2"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 2 });

        await organization.DeleteAsync($"{Tokens}/{token}");

        Assert.Equal(["TK-B1", "TK-B2"], organization.Location.Assignments.Select(one => one.SerialNumber).Order());
        Assert.Empty((await organization.GetAsync("/beta/deviceAppManagement/mobileApps"))["value"]!.AsArray());
        Assert.Equal(0, await service.ScalarAsync<long>("select count(*) from assignments where tenant_id = $1", organization.Tenant));
    }

    private static async Task<JsonNode> CreateAsync(Organization organization, FakeToken? token = null) =>
        await organization.PostAsync(Tokens, Body(token ?? organization.Location.IssueToken()));

    private static object Body(FakeToken token) => new { token = token.VpptokenFile, dataSharingConsentGranted = true };

    private static async Task<(HttpStatusCode Status, string Message)> RefusedAsync(Organization organization, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await organization.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static string? Text(JsonNode node, string property) => node[property]?.GetValue<string>();
}
