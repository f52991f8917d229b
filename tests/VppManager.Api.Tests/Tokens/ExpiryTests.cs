using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tokens;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Tokens;

/// <summary>Tokens that end, that Apple takes back, and that are renewed while licences are on their way.</summary>
public sealed class ExpiryTests(QuickServiceFixture service) : IClassFixture<QuickServiceFixture>
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact, Trait("Rule", "T9")]
    public async Task Token_WhoseTimeIsUp_IsExpiredAtOnceAndNeitherSyncsNorLicenses()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1400000001", 5);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("1400000001"), await organization.GroupAsync());
        await EndsAsync(token, TimeSpan.FromSeconds(-1));

        var listed = await organization.GetAsync($"{TokenWords.Tokens}?$filter=state eq 'expired'");
        await organization.ImportDevicesAsync(group, ["EX-1"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => service.ScalarAsync<long>("""
            select count(*) from work w join apple_requests r on r.tenant_id = w.tenant_id and r.id = w.key
            where w.tenant_id = $1 and w.lane = 'request' and w.run_at > r.created_at
            """, organization.Tenant), putOff => putOff == 1);
        using var sync = await organization.Client.PostAsync($"{TokenWords.Tokens}/{token}/syncLicenses", null, TestContext.Current.CancellationToken);

        Assert.Single(listed["value"]!.AsArray());
        Assert.Equal(("expired", "expired"), await StandingAsync(organization, token));
        Assert.Equal(HttpStatusCode.Conflict, sync.StatusCode);
        Assert.Empty(organization.Location.Assignments);

        // Renewed: what was queued meanwhile goes out by itself.
        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { token = organization.Location.IssueToken().VpptokenFile });
        await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 1 });
        Assert.Equal("valid", await organization.StateAsync(token));
    }

    [Theory, Trait("Rule", "T9")]
    [InlineData(TokenState.Revoked, "invalid", "revokedByApple")]
    [InlineData(TokenState.Invalid, "invalid", "rejectedByApple")]
    [InlineData(TokenState.Expired, "expired", "expired")]
    public async Task Token_RefusedByApple_ShowsWhyAndWhatToDo(TokenState atApple, string state, string cause)
    {
        var organization = service.Organization();
        var living = organization.Location.IssueToken();
        var token = await organization.UploadTokenAsync(living);

        var unpaced = await PacedByTokenAsync();
        living.Become(atApple);
        await organization.SyncAsync(token);

        Assert.Equal((state, cause), await StandingAsync(organization, token));
        // The question whether it is true was one of the location's requests, too.
        Assert.Equal(unpaced, await PacedByTokenAsync());
        Assert.NotNull((await organization.GetAsync($"/vpp/tokens/{token}"))["advice"]);
    }

    [Fact, Trait("Rule", "T9")]
    public async Task Token_ThatMayOnlyRead_StaysValidAndSaysSo()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1400000002", 5);
        var living = organization.Location.IssueToken();
        var token = await organization.UploadTokenAsync(living);
        var (app, group) = (await organization.AppAsync("1400000002"), await organization.GroupAsync());
        living.MakeReadOnly();

        await organization.ImportDevicesAsync(group, ["EX-2"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => StandingAsync(organization, token), one => one == ("valid", "readOnly"));

        living.MakeValid();
        await organization.SyncAsync(token);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 1 });
    }

    [Fact, Trait("Rule", "T9")]
    public async Task Token_WhoseAccountIsToSignInAnew_IsInvalidAndSaysSo()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();
        service.Apple.Faults.Next("client/config", 2, Fault.Error(9601, 401), organization.Location.Uid);

        await organization.SyncAsync(token);

        Assert.Equal(("invalid", "loginRequired"), await StandingAsync(organization, token));
    }

    [Fact, Trait("Rule", "T9")]
    public async Task Location_UnderApplesOwnManagement_IsReadAndNotWritten()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1400000005", 5);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("1400000005"), await organization.GroupAsync());
        organization.Location.ManagedByApple = true;
        await organization.ImportDevicesAsync(group, ["EX-6"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => StandingAsync(organization, token), one => one == ("valid", "readOnly"));

        organization.Location.AddAsset("1400000006", 5);
        await organization.SyncAsync(token);
        Assert.NotEqual(Guid.Empty, await organization.AppAsync("1400000006"));
        Assert.Empty(organization.Location.Assignments);

        organization.Location.ManagedByApple = false;
        await organization.SyncAsync(token);
        await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 1 });
    }

    [Fact, Trait("Rule", "T10"), Trait("Rule", "T4")]
    public async Task Renewal_AppleOutOfReach_IsCheckedAgainByItselfAndLicensingGoesOn()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1400000007", 5);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("1400000007"), await organization.GroupAsync());
        service.Apple.Faults.Next("client/config", 1000, Fault.Answer(503), organization.Location.Uid);
        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { token = organization.Location.IssueToken(revokeOlder: true).VpptokenFile });
        Assert.Equal(("unknown", "appleOutOfReach"), await StandingAsync(organization, token));
        await organization.ImportDevicesAsync(group, ["EX-7"]);
        await organization.AssignAsync(app, group);

        service.Apple.Faults.Clear(organization.Location.Uid);

        await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 1 });
        Assert.Equal("valid", await organization.StateAsync(token));
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from work where tenant_id = $1 and lane = 'look'", organization.Tenant), left => left == 0);
    }

    [Fact, Trait("Rule", "T4")]
    public async Task Token_ThatAppleCouldNotBeAskedAbout_IsCheckedAgainByItself()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1400000008", 5);
        service.Apple.Faults.Next("client/config", 1, Fault.Answer(503), organization.Location.Uid);

        var token = await organization.CreateAsync(organization.Location.IssueToken().VpptokenFile);
        Assert.Equal("unknown", token.State());
        await Eventually.IsAsync(() => organization.StateAsync(token.Id()), state => state == "valid");
        await organization.SyncedAsync(token.Id());

        Assert.NotEqual(Guid.Empty, await organization.AppAsync("1400000008"));
    }

    [Fact, Trait("Rule", "T10")]
    public async Task Renewal_WhileARequestIsPending_GoesOnWithTheNewFileAndNothingIsSentTwice()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("1400000003", 5);
        var token = await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync("1400000003"), await organization.GroupAsync());
        organization.Location.HoldEvents(1);
        await organization.ImportDevicesAsync(group, ["EX-3", "EX-4"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => service.ScalarAsync<long>("select count(*) from apple_requests where tenant_id = $1 and state = 'pending'", organization.Tenant),
            pending => pending == 1);

        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { token = organization.Location.IssueToken(revokeOlder: true).VpptokenFile });
        organization.Location.ReleaseEvents();
        await Eventually.IsAsync(() => organization.LicensingAsync(app), one => one is { Settled: true, Held: 2 });

        Assert.Single(service.Apple.Journal.Entries, one => one.LocationUid == organization.Location.Uid && one.Path.EndsWith("/associate", StringComparison.Ordinal));
    }

    [Fact, Trait("Rule", "T15")]
    public async Task Token_ThatEndsSoon_IsWarnedOfOncePerThreshold()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();
        var watch = service.Hosts[0].Services.GetRequiredService<ExpiryWatch>();
        using var another = ActivatorUtilities.CreateInstance<ExpiryWatch>(service.Hosts[0].Services);
        Assert.Empty((await organization.GetAsync("/vpp/tokens/warnings")).AsArray());

        foreach (var (days, threshold, level) in ((int, int, string)[])[(45, 60, "notice"), (20, 30, "notice"), (10, 14, "warning"), (5, 7, "warning"), (1, 1, "critical"), (0, 0, "critical")])
        {
            await EndsAsync(token, (days * Day) - TimeSpan.FromMinutes(1));
            await Task.WhenAll(watch.LookAsync(TestContext.Current.CancellationToken), another.LookAsync(TestContext.Current.CancellationToken));
            await watch.LookAsync(TestContext.Current.CancellationToken);

            var warning = Assert.Single((await organization.GetAsync("/vpp/tokens/warnings")).AsArray())!;
            Assert.Equal((token, threshold, level), (warning["tokenId"]!.GetValue<Guid>(), warning["threshold"]!.GetValue<int>(), warning["level"]!.GetValue<string>()));
            Assert.Equal(threshold, await service.ScalarAsync<int>("select expiry_warned from tokens where id = $1", token));
        }

        Assert.Equal("expired", await service.ScalarAsync<string>("select state from tokens where id = $1", token));
        var lines = service.Hosts[0].Log.Lines.Where(line => line.Contains(token.ToString(), StringComparison.Ordinal)).ToList();
        Assert.All((int[])[60, 30, 14, 7, 1], days => Assert.Single(lines, line => line.Contains($"warning of {days} days", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.Contains("has ended at", StringComparison.Ordinal));
        using var scraper = service.Hosts[0].CreateClient();
        scraper.DefaultRequestHeaders.Authorization = new("Bearer", QuickServiceFixture.MetricsToken);
        Assert.Contains(token.ToString(), await scraper.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        scraper.DefaultRequestHeaders.Authorization = new("Bearer", service.Token(organization.Tenant));
        Assert.Equal(HttpStatusCode.Unauthorized, (await scraper.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode);
        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { token = organization.Location.IssueToken().VpptokenFile });
        Assert.Empty((await organization.GetAsync("/vpp/tokens/warnings")).AsArray());
    }

    [Fact, Trait("Rule", "T15")]
    public async Task Watch_DatabaseGone_LooksAgainAndTheServiceStays()
    {
        var services = service.Hosts[0].Services;
        var gone = NpgsqlDataSource.Create(service.ConnectionString);
        await gone.DisposeAsync();
        using var watch = ActivatorUtilities.CreateInstance<ExpiryWatch>(services, gone, Options.Create(new TokenOptions { WatchEvery = TimeSpan.FromMilliseconds(20) }));

        await watch.StartAsync(TestContext.Current.CancellationToken);
        await Eventually.IsAsync(() => Task.FromResult(service.Hosts[0].Log.Lines.Count(line => line.Contains("could not be looked for", StringComparison.Ordinal))), looks => looks >= 2);

        Assert.False(watch.ExecuteTask!.IsCompleted);
        await watch.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact, Trait("Rule", "T9")]
    public async Task Expiry_FileAndAppleDiffer_TheEarlierHolds()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();
        await EndsAsync(token, 90 * Day);

        await organization.SyncAsync(token);

        Assert.InRange((await organization.GetAsync($"/vpp/tokens/{token}"))["daysLeft"]!.GetValue<int>(), 88, 90);
    }

    /// <summary>When a request last went out that was paced by a token instead of its location.</summary>
    private Task<string> PacedByTokenAsync() => service.ScalarAsync<string>("select coalesce(max(next_at)::text, '') from request_pace where key like 'sha256-%'");

    private Task<int> EndsAsync(Guid token, TimeSpan left) => service.ExecuteAsync("update tokens set expires_at = now() + $2 where id = $1", token, left);

    private static async Task<(string State, string? Cause)> StandingAsync(Organization organization, Guid token)
    {
        var view = await organization.GetAsync($"/vpp/tokens/{token}");
        Assert.Equal(view["state"]!.GetValue<string>(), await organization.StateAsync(token));
        return (view["state"]!.GetValue<string>(), view["stateCause"]?.GetValue<string>());
    }
}
