using Microsoft.Extensions.DependencyInjection;
using VppManager.Api.Licenses;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Api.Tests.Tokens;
using VppManager.Apple;
using VppManager.FakeApple.Licenses;
using VppManager.FakeApple.Tokens;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Licenses;

/// <summary>A pending event is sent again after a second.</summary>
public sealed class ImpatientFixture(PostgresFixture postgres) : ServiceFixture(postgres)
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string> { ["Licensing:SendAgainAfter"] = "00:00:01" };
}

/// <summary>What stops licensing halfway: another owner, a dead token, an event that never ends, a release that Apple refuses.</summary>
public sealed class InterruptedTests(ImpatientFixture service) : IClassFixture<ImpatientFixture>
{
    [Fact]
    [Trait("Rule", "T8")]
    public async Task TakenOver_SeenInTheAnswerToARequest_NothingIsSentUntilControlIsTakenAgain()
    {
        var (organization, token, group) = await WithDevicesAsync("8300001", 10, "TO-1", "TO-2");
        organization.Location.AddAsset("8300002", 10);
        await organization.SyncAsync(token);
        var (first, second) = (await organization.AppAsync("8300001"), await organization.AppAsync("8300002"));
        organization.Location.TakeOver("another-mdm", "Another MDM");
        var before = Sent(organization);

        await organization.AssignAsync(first, group);
        await Eventually.IsAsync(() => organization.StateAsync(token), state => state == "assignedToExternalMDM");
        await organization.AssignAsync(second, group);
        await Eventually.IsAsync(() => RequestsAsync(organization, "queued"), count => count == 1);
        await PutOffAsync(organization, 2);

        // The request, and the question whether it is true.
        Assert.Equal(before + 2, Sent(organization));
        Assert.Equal(1L, await service.ScalarAsync<long>(
            "select count(*) from apple_requests where tenant_id = $1 and state = 'pending' and event_id is not null", organization.Tenant));
        var claim = await organization.GetAsync($"/vpp/tokens/{token}/claim");
        Assert.Equal("managedElsewhere: Another MDM", claim["cause"]!.GetValue<string>());
        Assert.False((await organization.TokenAsync(token))["claimTokenManagementFromExternalMdm"]!.GetValue<bool>());

        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { claimTokenManagementFromExternalMdm = true });
        await organization.HeldAsync(first, 2);
        await organization.HeldAsync(second, 2);
        Assert.Equal(organization.Tenant.ToString(), organization.Location.MdmInfo?.Id);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "T8")]
    public async Task TakenOver_SeenInTheEndOfAnEvent_TheEndIsRecordedAndNothingSentAfterIt()
    {
        var (organization, token, group) = await WithDevicesAsync("8300011", 10, "TP-1", "TP-2");
        organization.Location.HoldEvents(100);
        var app = await organization.AppAsync("8300011");
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => RequestsAsync(organization, "pending"), count => count == 1);
        await Eventually.IsAsync(() => PollAtAsync(organization, "now() + interval '1 hour'"), moved => moved == 1);
        organization.Location.ReleaseEvents();
        await Eventually.IsAsync(() => Task.FromResult(organization.Location.Assignments.Count), count => count == 2);

        organization.Location.TakeOver("another-mdm", "Another MDM");
        await PollAtAsync(organization, "now()");
        await organization.HeldAsync(app, 2);
        Assert.Equal("assignedToExternalMDM", await organization.StateAsync(token));
        var sent = Sent(organization);
        organization.Location.HoldEvents(0);
        await organization.RevokeAsync(app, "revokeAllLicenses");
        await Eventually.IsAsync(() => RequestsAsync(organization, "queued"), count => count > 0);
        await PutOffAsync(organization, 1);

        Assert.Equal(sent, Sent(organization));
        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { claimTokenManagementFromExternalMdm = true });
        await organization.HeldAsync(app, 0);
        await Eventually.IsAsync(() => Task.FromResult(organization.Location.Assignments.Count), count => count == 0);
        await service.AssertWholeAsync(organization);
    }

    [Theory]
    [Trait("Rule", "T10"), Trait("Rule", "T9")]
    [InlineData(TokenState.Expired, "expired")]
    [InlineData(TokenState.Invalid, "invalid")]
    [InlineData(TokenState.Revoked, "invalid")]
    public async Task TokenDies_InTheMidstOfAnEvent_NothingIsLostAndRenewalGoesOn(TokenState fate, string state)
    {
        var adamId = $"83000{20 + (int)fate}";
        var (organization, token, group) = await WithDevicesAsync(adamId, 2, "TD-1", "TD-2", "TD-3");
        organization.Location.HoldEvents(100);
        var app = await organization.AppAsync(adamId);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => RequestsAsync(organization, "pending"), count => count == 1);

        organization.Location.Tokens[0].Become(fate);
        await Eventually.IsAsync(() => organization.StateAsync(token), seen => seen == state);
        var standing = await organization.LicensingAsync(app);
        Assert.Equal((2, 1, 0), (standing.Assigning, standing.Waiting, standing.Failed));

        organization.Location.ReleaseEvents();
        await organization.PatchAsync($"{TokenWords.Tokens}/{token}", new { token = organization.Location.IssueToken().VpptokenFile });
        Assert.Equal(1, (await organization.HeldAsync(app, 2)).Waiting);
        Assert.Equal(["TD-1", "TD-2"], organization.SerialsAtApple(adamId));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L4")]
    public async Task Event_PendingForTooLong_SentAgainWhichDoesNoHarm()
    {
        var (organization, _, group) = await WithDevicesAsync("8300031", 2, "PE-1", "PE-2", "PE-3");
        organization.Location.HoldEvents(1);
        var app = await organization.AppAsync("8300031");

        await organization.AssignAsync(app, group);
        var figures = await organization.HeldAsync(app, 2);
        organization.Location.ReleaseEvents();
        await Eventually.IsAsync(() => Task.FromResult(organization.Location.Asset("8300031").Counts.Assigned), count => count == 2);

        Assert.Equal(1, figures.Waiting);
        Assert.Equal(2, service.RequestsTo(organization, "/associate").Count());
        Assert.Equal(1L, await service.ScalarAsync<long>("select count(*) from apple_requests where tenant_id = $1", organization.Tenant));
        Assert.False(organization.Location.Asset("8300031").Counts.EverOversold);
        await service.AssertWholeAsync(organization);
    }

    [Theory]
    [Trait("Rule", "L21"), Trait("Rule", "S6")]
    [InlineData(9602, "8300041", 0)]
    [InlineData(9706, "8300042", 1)]
    public async Task Release_RefusedByApple_HeldWithTheReasonAndTriedAgainAtTheNextSyncUnlessItNeverCanBe(int error, string adamId, int heldInTheEnd)
    {
        var (organization, token, group) = await WithDevicesAsync(adamId, 2, "RR-1");
        var app = await organization.AppAsync(adamId);
        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, 1);
        organization.Location.FailEvents(1, error);

        await organization.RevokeAsync(app, "revokeAllLicenses");
        await Eventually.IsAsync(() => organization.LicenseAsync(app, "RR-1"), one => one is { State: "held", Reason: not null });
        Assert.Equal($"apple:{error}", (await organization.LicenseAsync(app, "RR-1")).Reason);

        await organization.SyncAsync(token);
        await organization.HeldAsync(app, heldInTheEnd);
        Assert.Equal(heldInTheEnd, organization.Location.Assignments.Count);
        await service.AssertWholeAsync(organization);
    }

    [Theory]
    [Trait("Rule", "L4"), Trait("Rule", "S5")]
    [InlineData(ExhaustionPolicy.PerBatch, "8300051")]
    [InlineData(ExhaustionPolicy.PerTarget, "8300052")]
    [InlineData(ExhaustionPolicy.WholeEvent, "8300053")]
    public async Task Users_SeatsTakenByAnotherMeanwhile_TheRestWaits(ExhaustionPolicy policy, string adamId)
    {
        service.Apple.Settings.Exhaustion = policy;
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, 4);
        await organization.UploadTokenAsync();
        organization.Location.Assign(adamId, ["FOREIGN-1", "FOREIGN-2", "FOREIGN-3"]);
        var (app, group) = (await organization.AppAsync(adamId), await organization.GroupAsync());
        await organization.ImportUsersAsync(group, ["ada", "bea", "cleo"]);

        await organization.AssignAsync(app, group, useDeviceLicensing: false);
        var figures = await organization.HeldAsync(app, 4);

        Assert.Equal((4, 2, 0), (figures.Total, figures.Waiting, figures.Failed));
        Assert.Single(organization.Location.Assignments, one => one.ClientUserId is not null);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    [Trait("Rule", "L4"), Trait("Rule", "S5")]
    public async Task Event_SeatsTakenByAnotherAtALocationThatNeverStandsStill_TheRestWaits()
    {
        var (organization, _, group) = await WithDevicesAsync("8300061", 10, "RE-1", "RE-2", "RE-3", "RE-4", "RE-5");
        var settings = service.Apple.Settings;
        var size = settings.PageSize;
        (settings.Exhaustion, settings.RestlessVersions, settings.PageSize) = (ExhaustionPolicy.PerTarget, true, 2);
        organization.Location.Assign("8300061", Enumerable.Range(1, 8).Select(n => $"FOREIGN-{n}"));
        var app = await organization.AppAsync("8300061");

        await organization.AssignAsync(app, group);
        var figures = await organization.HeldAsync(app, 10);
        (settings.Exhaustion, settings.RestlessVersions, settings.PageSize) = (ExhaustionPolicy.PerBatch, false, size);

        Assert.Equal((10, 3, 8), (figures.Total, figures.Waiting, figures.Untracked));
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    public async Task Limits_LoweredByApple_AreReadAgainAndTheRequestIsSplitByThem()
    {
        var (organization, _, group) = await WithDevicesAsync("8300071", 10, "LI-1", "LI-2", "LI-3", "LI-4", "LI-5");
        var app = await organization.AppAsync("8300071");
        service.Apple.Settings.Limits.MaxSerialNumbers = 2;

        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, 5);
        service.Apple.Settings.Limits.MaxSerialNumbers = 1000;
        service.Hosts[0].Services.GetRequiredService<ServiceConfigCache>().Expire();

        var requests = service.RequestsTo(organization, "/associate").ToList();
        Assert.Equal((9702, 5), (requests[0].ErrorNumber, Serials(requests[0])));
        Assert.Equal([1, 2, 2], requests.Skip(1).Select(Serials).Order());
        Assert.All(requests.Skip(1), one => Assert.Null(one.ErrorNumber));
    }

    [Fact]
    public async Task Limits_ThatApplePublishesAreTooMuch_HalvesAreSentAndNeverTheSameAtOnce()
    {
        var (organization, _, group) = await WithDevicesAsync("8300081", 10, "LH-1", "LH-2", "LH-3", "LH-4", "LH-5");
        var app = await organization.AppAsync("8300081");
        service.Apple.Faults.Next("/associate", 8, Fault.Error(9702, 400), organization.Location.Uid);

        await organization.AssignAsync(app, group);
        await organization.HeldAsync(app, 5);

        var sizes = service.RequestsTo(organization, "/associate").Select(Serials).ToList();
        Assert.Equal(5, sizes[0]);
        Assert.All(sizes.Skip(1), size => Assert.InRange(size, 1, 2));
        Assert.InRange(sizes.Count, 9, 16);
        await service.AssertWholeAsync(organization);
    }

    [Fact]
    public async Task Lease_OfWorkThatComesForward_IsProlongedAndLostOnlyToWhoeverTookItOver()
    {
        var queue = service.Hosts[0].Services.GetRequiredService<WorkQueue>();
        var (lane, minute) = ("lease of a test", TimeSpan.FromMinutes(1));
        await service.ExecuteAsync("insert into work (lane, tenant_id, key, run_at) values ($1, gen_random_uuid(), gen_random_uuid(), now())", lane);
        var item = (await queue.ClaimAsync(lane, minute, Ct))!;
        using var lease = queue.LeaseOf(item);
        var first = item.LeasedUntil;

        await queue.KeepAsync(item, minute, Ct);
        Assert.Equal(first, item.LeasedUntil);
        await queue.KeepAsync(item, 10 * minute, Ct);
        Assert.True(item.LeasedUntil > first + minute);
        Assert.Equal(item.LeasedUntil, await service.ScalarAsync<DateTime>("select leased_until from work where lane = $1", lane));
        Assert.False(lease.IsCancellationRequested);

        await service.ExecuteAsync("update work set leased_until = now() + interval '1 day' where lane = $1", lane);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queue.KeepAsync(item, 100 * minute, lease.Token));
        await service.ExecuteAsync("delete from work where lane = $1", lane);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static int Serials(JournalEntry request) => request.Body!.Value.GetProperty("serialNumbers").GetArrayLength();

    private int Sent(Organization organization) => service.Apple.Journal.Count(one => one.LocationUid == organization.Location.Uid);

    private Task<long> RequestsAsync(Organization organization, string state) =>
        service.ScalarAsync<long>("select count(*) from apple_requests where tenant_id = $1 and state = $2", organization.Tenant, state);

    /// <summary>Moves the next question about the pending event, unless it is being asked just now.</summary>
    private Task<int> PollAtAsync(Organization organization, string when) =>
        service.ExecuteAsync($"update work set run_at = {when} where tenant_id = $1 and lane = 'request' and leased_until is null", organization.Tenant);

    /// <summary>Waits until so many requests were looked at and put off: the lanes have had their chance to send.</summary>
    private Task<long> PutOffAsync(Organization organization, int count) => Eventually.IsAsync(() => service.ScalarAsync<long>("""
        select count(*) from work w join apple_requests r on r.tenant_id = w.tenant_id and r.id = w.key
        where w.tenant_id = $1 and w.lane = 'request' and w.leased_until is null and w.run_at > coalesce(r.accepted_at, r.created_at) + interval '500 milliseconds'
        """, organization.Tenant), putOff => putOff >= count);

    private async Task<(Organization Organization, Guid Token, Guid Group)> WithDevicesAsync(string adamId, int licenses, params string[] serials)
    {
        var organization = service.Organization();
        organization.Location.AddAsset(adamId, licenses);
        var token = await organization.UploadTokenAsync();
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, serials);
        return (organization, token, group);
    }
}
