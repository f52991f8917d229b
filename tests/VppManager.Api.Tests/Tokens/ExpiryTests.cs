using System.Net;
using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tokens;
using VppManager.FakeApple.Tokens;

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

        living.Become(atApple);
        await organization.SyncAsync(token);

        Assert.Equal((state, cause), await StandingAsync(organization, token));
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
        Assert.Empty((await organization.GetAsync("/vpp/tokens/warnings")).AsArray());

        foreach (var (days, threshold, level) in ((int, int, string)[])[(45, 60, "notice"), (20, 30, "notice"), (10, 14, "warning"), (5, 7, "warning"), (1, 1, "critical"), (0, 0, "critical")])
        {
            await EndsAsync(token, (days * Day) - TimeSpan.FromMinutes(1));
            await watch.LookAsync(TestContext.Current.CancellationToken);

            var warning = Assert.Single((await organization.GetAsync("/vpp/tokens/warnings")).AsArray())!;
            Assert.Equal((token, threshold, level), (warning["tokenId"]!.GetValue<Guid>(), warning["threshold"]!.GetValue<int>(), warning["level"]!.GetValue<string>()));
            Assert.Equal(threshold, await service.ScalarAsync<int>("select expiry_warned from tokens where id = $1", token));
        }

        Assert.Equal("expired", await service.ScalarAsync<string>("select state from tokens where id = $1", token));
        using var scraper = service.Hosts[0].CreateClient();
        scraper.DefaultRequestHeaders.Authorization = new("Bearer", QuickServiceFixture.MetricsToken);
        Assert.Contains(token.ToString(), await scraper.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        scraper.DefaultRequestHeaders.Authorization = new("Bearer", service.Token(organization.Tenant));
        Assert.Equal(HttpStatusCode.Unauthorized, (await scraper.GetAsync("/metrics", TestContext.Current.CancellationToken)).StatusCode);
        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { token = organization.Location.IssueToken().VpptokenFile });
        Assert.Empty((await organization.GetAsync("/vpp/tokens/warnings")).AsArray());
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

    private Task<int> EndsAsync(Guid token, TimeSpan left) => service.ExecuteAsync("update tokens set expires_at = now() + $2 where id = $1", token, left);

    private static async Task<(string State, string? Cause)> StandingAsync(Organization organization, Guid token)
    {
        var view = await organization.GetAsync($"/vpp/tokens/{token}");
        Assert.Equal(view["state"]!.GetValue<string>(), await organization.StateAsync(token));
        return (view["state"]!.GetValue<string>(), view["stateCause"]?.GetValue<string>());
    }
}
