using System.Net;
using VppManager.Api.Tests.Infrastructure;
using VppManager.FakeApple.Transport;

namespace VppManager.Api.Tests.Tokens;

/// <summary>A location belongs to one device management at a time; Apple says to which.</summary>
[Trait("Rule", "T8")]
public sealed class TakeControlTests(ServiceFixture service) : IClassFixture<ServiceFixture>
{
    private const string Tokens = "/beta/deviceAppManagement/vppTokens";

    [Fact]
    public async Task Create_LocationOfAnotherMdm_NothingIsWrittenUntilControlIsTaken()
    {
        var organization = service.Organization();
        organization.Location.TakeOver("another-mdm", "Another MDM");
        var created = await organization.PostAsync(Tokens, new { token = organization.Location.IssueToken().VpptokenFile, dataSharingConsentGranted = true });
        using var sync = await organization.Client.PostAsync($"{Tokens}/{created["id"]}/syncLicenses", null, TestContext.Current.CancellationToken);

        Assert.Equal("assignedToExternalMDM", created["state"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.Conflict, sync.StatusCode);
        Assert.Equal("another-mdm", organization.Location.MdmInfo?.Id);
        Assert.Equal(0, service.Apple.Journal.Count(one => one.LocationUid == organization.Location.Uid && one.Method == "POST"));

        await organization.PatchAsync($"{Tokens}/{created["id"]}", new { claimTokenManagementFromExternalMdm = true });
        var token = await organization.SyncedAsync(created["id"]!.GetValue<Guid>());

        Assert.Equal(("valid", "completed"), (token["state"]!.GetValue<string>(), token["lastSyncStatus"]!.GetValue<string>()));
        Assert.Equal(organization.Tenant.ToString(), organization.Location.MdmInfo?.Id);
    }

    [Fact]
    public async Task TakenOver_SeenAtASync_NoLicenceTrafficAnyMore()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("7100001", 5);
        var token = await organization.UploadTokenAsync();
        Assert.Equal(organization.Tenant.ToString(), organization.Location.MdmInfo?.Id);
        organization.Location.TakeOver("another-mdm", "Another MDM");

        await organization.SyncAsync(token);
        var (app, group) = (await organization.AppAsync("7100001"), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, ["TC-1"]);
        await organization.AssignAsync(app, group);
        await Eventually.IsAsync(() => service.ScalarAsync<long>("""
            select count(*) from work w join apple_requests r on r.tenant_id = w.tenant_id and r.id = w.key
            where w.tenant_id = $1 and w.lane = 'request' and w.run_at > r.created_at
            """, organization.Tenant), putOff => putOff == 1);

        Assert.Equal("assignedToExternalMDM", (await organization.GetAsync($"{Tokens}/{token}"))["state"]!.GetValue<string>());
        Assert.Equal(0, service.Apple.Journal.Count(one => one.LocationUid == organization.Location.Uid && one.Path.EndsWith("/associate", StringComparison.Ordinal)));
        Assert.Empty(organization.Location.Assignments);
        Assert.Equal("another-mdm", organization.Location.MdmInfo?.Id);
    }

    [Fact]
    public async Task TakenOver_WhileASyncReads_NothingIsReadAfterThatAnswerAndNothingIsMerged()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("7100002", 5);
        organization.Location.Assign("7100002", ["TS-1", "TS-2"]);
        var token = await organization.UploadTokenAsync();
        organization.Location.Unassign("7100002", ["TS-1"]);
        service.Apple.Faults.Next("/assets", 1, Fault.Slow(TimeSpan.Zero), organization.Location.Uid);
        service.Apple.Faults.Next("/assets", 1, Fault.Slow(TimeSpan.FromSeconds(1)), organization.Location.Uid);

        // The app whose count does not add up is read by itself: its counts come last.
        await organization.PostAsync($"/vpp/tokens/{token}/sync?kind=delta", null);
        await Eventually.IsAsync(() => Task.FromResult(service.Apple.Faults.Planned), planned => planned.All(one => one.LocationUid != organization.Location.Uid));
        organization.Location.TakeOver("another-mdm", "Another MDM");
        await organization.SyncedAsync(token);

        var paths = service.Apple.Journal.Entries.Where(one => one.LocationUid == organization.Location.Uid).Select(one => one.Path).ToList();
        var after = paths.Skip(paths.FindLastIndex(path => path.EndsWith("/assets", StringComparison.Ordinal)) + 1).ToList();
        Assert.NotEmpty(after);
        Assert.All(after, path => Assert.EndsWith("/client/config", path, StringComparison.Ordinal));
        Assert.Equal("assignedToExternalMDM", await organization.StateAsync(token));
        Assert.Equal(2, await service.ScalarAsync<int>("select taken from pools where tenant_id = $1", organization.Tenant));
    }
}
