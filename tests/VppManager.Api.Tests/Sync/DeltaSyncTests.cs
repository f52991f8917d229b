using System.Text.Json.Nodes;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Sync;

/// <summary>Between two full reads a sync reads what has changed, and still ends with Apple's counts.</summary>
public sealed class DeltaSyncTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private static int numbers;
    private readonly string app = $"10002{Interlocked.Increment(ref numbers):00000}";
    private readonly string other = $"10003{Interlocked.Increment(ref numbers):00000}";

    [Fact]
    [Trait("Rule", "S5"), Trait("Rule", "S6"), Trait("Rule", "S8")]
    public async Task Delta_NewLicencesAtApple_AreFoundWithoutReadingTheOthers()
    {
        var organization = WithForeign(30);
        var token = await organization.UploadTokenAsync();
        organization.Location.Assign(app, ["NEW1", "NEW2"]);

        var run = await organization.SyncChangesAsync(token);

        Assert.Equal(("delta", "completed", 2, 2, 2), (Text(run, "kind"), Text(run, "outcome"), Number(run, "licensesRead"), Number(run, "licensesTotal"), Number(run, "untracked")));
        var figures = await FiguresAsync(organization, app);
        Assert.Equal((32, 32, 0), (figures.Held, figures.Untracked, figures.AppleDifference));
    }

    [Fact]
    [Trait("Rule", "S5"), Trait("Rule", "S6")]
    public async Task Delta_LicencesTakenAwayAtApple_AreFoundByTheCountAndOnlyThatAppIsReadAgain()
    {
        var organization = WithForeign(30);
        var token = await organization.UploadTokenAsync();
        organization.Location.Unassign(app, ["FOREIGN001", "FOREIGN002"]);
        organization.Location.Assign(app, ["NEW1"]);
        service.Apple.Journal.Clear();

        var run = await organization.SyncChangesAsync(token);

        Assert.Equal(("delta", 2, 1), (Text(run, "kind"), Number(run, "corrected"), Number(run, "untracked")));
        Assert.Equal(29, (await FiguresAsync(organization, app)).Held);
        var reads = service.Apple.Journal.To("/assignments").Where(entry => entry.LocationUid == organization.Location.Uid).ToList();
        Assert.Contains(reads, read => read.Query.ContainsKey("sinceVersionId"));
        Assert.All(reads, read => Assert.True(read.Query.ContainsKey("sinceVersionId") || read.Query.GetValueOrDefault("adamId") == app, string.Join(',', read.Query)));
        Assert.Equal("unknownToApple", await service.ScalarAsync<string>(
            "select min(reason) from license_ledger where tenant_id = $1 and cause = 'sync' and to_state = 'released'", organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "S6")]
    public async Task Delta_VersionTooOldForApple_EverythingIsRead()
    {
        var organization = WithForeign(5);
        var token = await organization.UploadTokenAsync();
        organization.Location.Unassign(app, ["FOREIGN001"]);
        organization.Location.ForgetVersions();

        var run = await organization.SyncChangesAsync(token);

        Assert.Equal(("full", "completed", 4, 1), (Text(run, "kind"), Text(run, "outcome"), Number(run, "licensesRead"), Number(run, "corrected")));
    }

    [Theory]
    [Trait("Rule", "S4"), Trait("Rule", "S6")]
    [InlineData("/assignments", 7)]
    [InlineData("/users", 3)]
    public async Task Delta_VersionTooOldAfterItsFirstPage_EverythingIsReadFromItsBeginning(string path, int licensesRead)
    {
        var organization = WithForeign(4);
        organization.Location.AddUsers("theirs-1", "theirs-2", "theirs-3");
        var token = await organization.UploadTokenAsync();
        organization.Location.Assign(app, ["NEW1", "NEW2", "NEW3"]);
        organization.Location.AddUsers("theirs-4", "theirs-5", "theirs-6");
        var size = service.Apple.Settings.PageSize;
        service.Apple.Settings.PageSize = 2;
        service.Apple.Faults.Next(path, 1, Fault.Slow(TimeSpan.Zero), organization.Location.Uid);
        service.Apple.Faults.Next(path, 1, Fault.Error(9721, 400), organization.Location.Uid);

        var run = await organization.SyncChangesAsync(token);
        service.Apple.Settings.PageSize = size;

        Assert.Equal(("completed", licensesRead, 0), (Text(run, "outcome"), Number(run, "licensesRead"), Number(run, "corrected")));
        Assert.Equal((7, 0), await FiguresAsync(organization, app) is var figures ? (figures.Held, figures.AppleDifference) : default);
        Assert.Equal(6, await service.ScalarAsync<long>("select count(*) from apple_users where tenant_id = $1 and status = 'registered'", organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "S6")]
    public async Task Delta_MoreAppsDifferThanAreReadOneByOne_EverythingIsRead()
    {
        var organization = service.Organization();
        var apps = Enumerable.Range(0, 21).Select(n => $"{app}{n:00}").ToList();
        foreach (var one in apps)
        {
            organization.Location.AddAsset(one, 5);
            organization.Location.Assign(one, ["SN1", "SN2"]);
        }
        var token = await organization.UploadTokenAsync();
        foreach (var one in apps) organization.Location.Unassign(one, ["SN1"]);

        var run = await organization.SyncChangesAsync(token);

        Assert.Equal(("full", 21), (Text(run, "kind"), Number(run, "corrected")));
        Assert.Equal(21, await service.ScalarAsync<long>("select count(*) from licenses where tenant_id = $1 and state = 'held'", organization.Tenant));
    }

    [Fact]
    [Trait("Rule", "S5")]
    public async Task Delta_AskedByHandAsFull_ReadsEverything()
    {
        var organization = WithForeign(3);
        var token = await organization.UploadTokenAsync();

        await organization.SyncAsync(token);
        await organization.SyncChangesAsync(token);

        var runs = (await organization.GetAsync($"/vpp/tokens/{token}/syncs")).AsArray();
        Assert.Equal(["delta", "full", "full"], runs.Select(run => Text(run!, "kind")));
        Assert.All(runs, run => Assert.Equal(Number(run!, "pagesTotal"), Number(run!, "pagesRead")));
    }

    [Fact]
    [Trait("Rule", "S2"), Trait("Rule", "S5")]
    public async Task Sync_UsersOfOthers_AreKeptWithTheirStatusAndFollowed()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(app, 5);
        organization.Location.AddUsers("theirs-1", "theirs-2");
        organization.Location.Assign(app, clientUserIds: ["theirs-1"]);
        var token = await organization.UploadTokenAsync();
        Assert.Equal("registered", await StatusAsync(organization));

        organization.Location.AcceptInvitation("theirs-1", "somebody@example.com");
        await organization.SyncChangesAsync(token);

        Assert.Equal("associated", await StatusAsync(organization));
        Assert.Equal(2, await service.ScalarAsync<long>("select count(*) from apple_users where tenant_id = $1 and user_id is null", organization.Tenant));

        async Task<string> StatusAsync(Organization of)
        {
            var licenses = await of.GetAsync($"/vpp/apps/{await of.AppAsync(app)}/licenses");
            return Text(Assert.Single(licenses["value"]!.AsArray())!, "accountStatus");
        }
    }

    [Fact]
    [Trait("Rule", "S4"), Trait("Rule", "S6")]
    public async Task Sync_VersionMovesOnEveryPage_StillEndsWithApplesCounts()
    {
        service.Apple.Settings.PageSize = 10;
        service.Apple.Settings.RestlessVersions = true;
        var organization = WithForeign(35);
        var token = await organization.UploadTokenAsync();
        organization.Location.Unassign(app, ["FOREIGN001"]);

        await organization.SyncAsync(token);
        service.Apple.Settings.RestlessVersions = false;

        var run = await organization.GetAsync($"/vpp/tokens/{token}/sync");
        var figures = await FiguresAsync(organization, app);
        Assert.Equal(("completed", 1), (Text(run, "outcome"), Number(run, "corrected")));
        Assert.Equal((34, 0), (figures.Held, figures.AppleDifference));
    }

    [Theory]
    [Trait("Rule", "S6")]
    [InlineData(2)]
    [InlineData(-1)]
    public async Task Sync_AppleCountsOtherwiseThanItLists_TheDifferenceIsShownUntilItIsGone(int miscounted)
    {
        var organization = WithForeign(3);
        organization.Location.Asset(app).Miscounted = miscounted;
        var token = await organization.UploadTokenAsync();
        Assert.Equal((3, miscounted), await FiguresAsync(organization, app) is var figures ? (figures.Held, figures.AppleDifference) : default);

        organization.Location.Asset(app).Miscounted = 0;
        await organization.SyncAsync(token);
        Assert.Equal((3, 0), await FiguresAsync(organization, app) is var right ? (right.Held, right.AppleDifference) : default);
    }

    [Fact]
    [Trait("Rule", "S7")]
    public async Task Sync_AppGoneFromTheToken_StaysWithZeroLicencesWhileAssignedAndComesBack()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(app, 5);
        organization.Location.AddAsset(other, 5);
        organization.Location.Assign(other, ["FOREIGN1"]);
        organization.Location.AddAsset($"{app}7", 5);
        var token = await organization.UploadTokenAsync();
        var (id, unheld) = (await organization.AppAsync(app), await organization.AppAsync($"{app}7"));
        await organization.AssignAsync(unheld, await organization.GroupAsync("Nobody"));
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, [$"{app}-1", $"{app}-2"]);
        await organization.AssignAsync(id, group);
        await Eventually.IsAsync(() => organization.LicensingAsync(id), one => one is { Settled: true, Held: 2 });

        organization.Location.RemoveAsset(app);
        organization.Location.RemoveAsset(other);
        organization.Location.RemoveAsset($"{app}7");
        await organization.SyncAsync(token);
        Assert.Equal(0, (await organization.LicensingAsync(unheld)).Total);
        var gone = await Eventually.IsAsync(() => organization.LicensingAsync(id), one => one is { Settled: true, Waiting: 2 });

        Assert.Equal((0, 0), (gone.Total, gone.Held));
        Assert.Equal(0, await service.ScalarAsync<long>(
            "select count(*) from apps a join pools p on p.tenant_id = a.tenant_id and p.id = a.pool_id where a.tenant_id = $1 and p.adam_id = $2", organization.Tenant, other));

        organization.Location.AddAsset(app, 1);
        organization.Location.AddAsset(other, 5);
        await organization.SyncChangesAsync(token);
        var back = await Eventually.IsAsync(() => organization.LicensingAsync(id), one => one is { Settled: true, Held: 1 });
        Assert.Equal((1, 1), (back.Total, back.Waiting));
        Assert.NotEqual(Guid.Empty, await organization.AppAsync(other));
    }

    [Fact]
    [Trait("Rule", "S2"), Trait("Rule", "L6")]
    public async Task Sync_BookInBothQualitiesAndAppsWithoutLimit_AreCountedWithoutOverflow()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(other, 3, productType: "Book");
        organization.Location.AddAsset(other, 4, productType: "Book", pricingParam: "PLUS");
        organization.Location.AddUsers("reader");
        organization.Location.Assign(other, clientUserIds: ["reader"], pricingParam: "PLUS");
        for (var n = 0; n < 3; n++) organization.Location.AddAsset($"{app}{n}", 0, unlimited: true);
        await organization.UploadTokenAsync();
        var id = await organization.AppAsync($"{app}0");
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, [$"{app}-1", $"{app}-2"]);
        await organization.AssignAsync(id, group);

        var figures = await Eventually.IsAsync(() => organization.LicensingAsync(id), one => one is { Settled: true, Held: 2 });

        Assert.Equal((int.MaxValue, 0, 0), (figures.Total, figures.Waiting, figures.Failed));
        Assert.Equal([(3, 0), (4, 1)], await QualitiesAsync(organization));
        await organization.GetAsync("/beta/deviceAppManagement/mobileApps");
    }

    private async Task<List<(int Total, int Taken)>> QualitiesAsync(Organization organization)
    {
        var totals = await service.ColumnAsync<int>("select total from pools where tenant_id = $1 and adam_id = $2 order by total", organization.Tenant, other);
        var taken = await service.ColumnAsync<int>("select taken from pools where tenant_id = $1 and adam_id = $2 order by total", organization.Tenant, other);
        return [.. totals.Zip(taken)];
    }

    private Organization WithForeign(int count)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(app, 100);
        organization.Location.AddAsset(other, 100);
        organization.Location.Assign(app, Enumerable.Range(1, count).Select(n => $"FOREIGN{n:D3}"));
        return organization;
    }

    private static async Task<LicensingFigures> FiguresAsync(Organization organization, string adamId) =>
        await organization.LicensingAsync(await organization.AppAsync(adamId, AppKind.Ios));

    private static string Text(JsonNode node, string property) => node[property]!.GetValue<string>();

    private static int Number(JsonNode node, string property) => node[property]!.GetValue<int>();
}
