using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Tokens;
using VppManager.Core.Assignments;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Sync;

public sealed class TokenSyncTests(QuickServiceFixture service) : IClassFixture<QuickServiceFixture>
{
    private static int numbers;

    // The store of the fake is one for all tests: each has products of its own.
    private readonly string ios = NewNumber();
    private readonly string both = NewNumber();
    private readonly string book = NewNumber();

    [Fact, Trait("Rule", "S2")]
    public async Task Sync_AssetsOfEveryKind_BecomeAppsOfEachPlatformWithTheirNames()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(ios, 10, name: "Timesheets");
        organization.Location.AddAsset(both, 20, name: "Everywhere", platforms: ["iOS", "macOS"]);
        organization.Location.AddAsset(book, 30, name: "Handbook", productType: "Book");

        await organization.UploadTokenAsync();

        Assert.Equal("Timesheets", await NameAsync(organization, ios, AppKind.Ios));
        Assert.Equal("Everywhere", await NameAsync(organization, both, AppKind.Ios));
        Assert.Equal("Everywhere", await NameAsync(organization, both, AppKind.MacOs));
        Assert.Equal("Handbook", await NameAsync(organization, book, AppKind.Book));
        Assert.Equal(4, await service.ScalarAsync<long>("select count(*) from apps where tenant_id = $1", organization.Tenant));
        Assert.Equal(3, await service.ScalarAsync<long>("select count(*) from pools where tenant_id = $1", organization.Tenant));
    }

    [Fact, Trait("Rule", "S3")]
    public async Task SyncAskedForAgain_WhileOneRuns_JoinsIt()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();
        service.Apple.Faults.Next("assets", 1, Fault.Slow(TimeSpan.FromSeconds(2)), organization.Location.Uid);

        await organization.PostAsync($"{TokenWords.Tokens}/{token}/syncLicenses", null);
        await organization.PostAsync($"{TokenWords.Tokens}/{token}/syncLicenses", null);
        await Eventually.IsAsync(() => RunsAsync(token, "running"), count => count == 1);
        await organization.PostAsync($"{TokenWords.Tokens}/{token}/syncLicenses", null);
        await organization.SyncedAsync(token);

        Assert.Equal(2, await RunsAsync(token, "completed"));
        Assert.Equal(0, await RunsAsync(token, "running"));
    }

    [Fact, Trait("Rule", "S3")]
    public async Task SyncAskedFor_RightAfterOneEnded_ReadsAgain()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(ios, 10);
        var token = await organization.UploadTokenAsync();

        organization.Location.Buy(ios, 5);
        await organization.SyncAsync(token);

        Assert.Equal(15, await service.ScalarAsync<int>("select total from pools where tenant_id = $1", organization.Tenant));
    }

    [Fact, Trait("Rule", "S4")]
    public async Task Sync_FailsHalfWay_LeavesTheLastGoodDataAndSaysWhy()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(ios, 10);
        organization.Location.Assign(ios, ["SN1"]);
        var token = await organization.UploadTokenAsync();
        organization.Location.Buy(ios, 5);
        service.Apple.Faults.Next("assignments", 1, Fault.Error(9603, 500), organization.Location.Uid);

        await organization.SyncAsync(token);

        Assert.Equal("failed", (await organization.TokenAsync(token))["lastSyncStatus"]!.GetValue<string>());
        Assert.Contains("9603", await service.ScalarAsync<string>("select last_sync_error from tokens where id = $1", token), StringComparison.Ordinal);
        Assert.Equal(10, await service.ScalarAsync<int>("select total from pools where tenant_id = $1", organization.Tenant));
        Assert.Equal(1, await LicensesAsync(organization, "held"));
        Assert.Equal("valid", await organization.StateAsync(token));
    }

    [Fact, Trait("Rule", "S5")]
    public async Task Sync_LicencesNobodyHereGave_AreKeptAsUntracked()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(ios, 10);
        organization.Location.Assign(ios, ["SN1", "SN2"]);

        var token = await organization.UploadTokenAsync();

        var run = await organization.GetAsync($"/vpp/tokens/{token}/sync");
        Assert.Equal(2, run["untracked"]!.GetValue<int>());
        Assert.Equal(2, await service.ScalarAsync<int>("select taken from pools where tenant_id = $1", organization.Tenant));
        Assert.Equal(2, await service.ScalarAsync<long>("select count(*) from licenses where tenant_id = $1 and state = 'held' and not tracked", organization.Tenant));
    }

    [Fact, Trait("Rule", "S5")]
    public async Task Sync_LicenceThatAppleDoesNotKnow_IsCorrectedAndWrittenDown()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(ios, 10);
        organization.Location.Assign(ios, ["SN1", "SN2"]);
        var token = await organization.UploadTokenAsync();
        organization.Location.Unassign(ios, ["SN1"]);

        await organization.SyncAsync(token);

        Assert.Equal(1, (await organization.GetAsync($"/vpp/tokens/{token}/sync"))["corrected"]!.GetValue<int>());
        Assert.Equal(1, await LicensesAsync(organization, "held"));
        Assert.Equal("unknownToApple", await service.ScalarAsync<string>(
            "select reason from license_ledger where tenant_id = $1 and cause = 'sync' and to_state = 'released'", organization.Tenant));
    }

    [Fact, Trait("Rule", "S7")]
    public async Task Sync_WhatTheLocationBoughtSince_AppearsAsNewApp()
    {
        var organization = service.Organization();
        var token = await organization.UploadTokenAsync();

        organization.Location.AddAsset(ios, 3, name: "New");
        await organization.SyncAsync(token);

        Assert.Equal("New", await NameAsync(organization, ios, AppKind.Ios));
    }

    [Fact, Trait("Rule", "S8")]
    public async Task Sync_OfManyPages_TellsPagesAndLicencesReadOfHowMany()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(ios, 5_000);
        organization.Location.Assign(ios, [.. Enumerable.Range(0, 1_200).Select(n => $"SN{n}")]);

        var token = await organization.UploadTokenAsync();

        var run = await organization.GetAsync($"/vpp/tokens/{token}/sync");
        Assert.Equal("completed", run["outcome"]!.GetValue<string>());
        Assert.Equal(1_200, run["licensesRead"]!.GetValue<int>());
        Assert.Equal(1_200, run["licensesTotal"]!.GetValue<int>());
        Assert.Equal(run["pagesTotal"]!.GetValue<int>(), run["pagesRead"]!.GetValue<int>());
        Assert.True(run["pagesRead"]!.GetValue<int>() >= 5, run.ToJsonString());
    }

    [Fact, Trait("Rule", "T14")]
    public async Task Sync_AfterTheCountryChanged_ReadsTheOtherStore()
    {
        var organization = service.Organization("US");
        organization.Location.AddAsset(ios, 3);
        var token = await organization.UploadTokenAsync();

        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { countryOrRegion = "de" });
        await organization.SyncAsync(token);

        Assert.Contains("/de/", await service.ScalarAsync<string>("select app_store_url from apps where tenant_id = $1", organization.Tenant), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sync_StoreOutOfReach_CompletesAndTheAppIsNamedByItsNumber()
    {
        var organization = service.Organization();
        organization.Location.AddAsset(ios, 3);
        service.Apple.Faults.Next("lookup", 1, Fault.Answer(503));

        await organization.UploadTokenAsync();

        Assert.Equal($"App {ios}", await NameAsync(organization, ios, AppKind.Ios));
    }

    private static string NewNumber() => $"10001{Interlocked.Increment(ref numbers):00000}";

    private Task<string> NameAsync(Organization organization, string adamId, AppKind kind) => service.ScalarAsync<string>("""
        select a.display_name from apps a join pools p on p.tenant_id = a.tenant_id and p.id = a.pool_id
        where a.tenant_id = $1 and p.adam_id = $2 and a.kind = $3
        """, organization.Tenant, adamId, kind is AppKind.MacOs ? "macOs" : kind is AppKind.Book ? "book" : "ios");

    private Task<long> RunsAsync(Guid token, string outcome) =>
        service.ScalarAsync<long>("select count(*) from sync_runs where token_id = $1 and outcome = $2", token, outcome);

    private Task<long> LicensesAsync(Organization organization, string state) =>
        service.ScalarAsync<long>("select count(*) from licenses where tenant_id = $1 and state = $2", organization.Tenant, state);
}
