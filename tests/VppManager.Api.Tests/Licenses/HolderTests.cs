using VppManager.Api.Tests.Infrastructure;

namespace VppManager.Api.Tests.Licenses;

/// <summary>Who waits, who holds what, and what stays with devices that are gone.</summary>
[Collection(RulesCollection.Name)]
public sealed class HolderTests(ServiceFixture service)
{
    [Fact]
    [Trait("Rule", "L6"), Trait("Rule", "L23")]
    public async Task Waiting_PageByPage_NumbersGoOn_AndTheDeviceSeesItsOwn()
    {
        var (organization, app, _) = await service.WithAppAsync("7600001", 1);
        var group = await organization.GroupAsync();
        await organization.ImportDevicesAsync(group, Enumerable.Range(1, 6).Select(n => $"HO-A{n}"));
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "HO-A1");

        List<string> seen = [];
        string? after = null;
        do
        {
            var page = await organization.GetAsync($"/vpp/apps/{app}/waiting?top=2" + (after is null ? "" : $"&after={after}"));
            Assert.Equal(5, page["waiting"]!.GetValue<int>());
            seen.AddRange(page["value"]!.AsArray().Select(one => $"{one!["number"]} {one["serialNumber"]} {one["reason"]}"));
            after = page["next"]?.GetValue<string>();
        }
        while (after is not null);

        Assert.Equal(Enumerable.Range(1, 5).Select(n => $"{n} HO-A{n + 1} noLicensesLeft"), seen);
        var device = await service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = 'HO-A4'", organization.Tenant);
        var own = Assert.Single((await organization.GetAsync($"/vpp/devices/{device}/licenses"))["value"]!.AsArray())!;
        Assert.Equal(("waiting", 3, app), (own["state"]!.GetValue<string>(), own["number"]!.GetValue<int>(), own["appId"]!.GetValue<Guid>()));
        var entered = Assert.Single(await organization.LedgerAsync(own["licenseId"]!.GetValue<Guid>()));
        Assert.Equal("waiting", entered.ToState);
        Assert.Equal(await service.ScalarAsync<DateTime>("select at from license_ledger where tenant_id = $1 and license_id = $2", organization.Tenant, own["licenseId"]!.GetValue<Guid>()),
            own["since"]!.GetValue<DateTimeOffset>().UtcDateTime);
        var third = (await organization.GetAsync($"/vpp/apps/{app}/waiting"))["value"]![2]!;
        Assert.Equal((own["since"]!.GetValue<DateTimeOffset>(), device), (third["since"]!.GetValue<DateTimeOffset>(), third["deviceId"]!.GetValue<Guid>()));
    }

    [Fact]
    [Trait("Rule", "L3")]
    public async Task OfAUser_TheLicencesOfTheirAccounts()
    {
        var (organization, app, _) = await service.WithAppAsync("7600011", 3);
        var ann = await organization.UserAsync("ann");
        await organization.AssignAllAsync(app, (await organization.GroupOfAsync(ann), "required", false));
        await service.HoldersAsync(organization, app, "ann");

        var own = Assert.Single((await organization.GetAsync($"/vpp/users/{ann}/licenses"))["value"]!.AsArray())!;
        Assert.Equal(("held", "user"), (own["state"]!.GetValue<string>(), own["holderKind"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("7600031", "HO-C1", false)]
    [InlineData("7600041", "HO-D1", true)]
    [Trait("Rule", "L16"), Trait("Rule", "L18"), Trait("Rule", "L21"), Trait("Rule", "L24")]
    public async Task Found_AtAppleBeforeItsDeviceIsKnown_BelongsToTheDeviceThatComes(string adamId, string serial, bool isImported)
    {
        var (organization, app, token) = await service.WithAppAsync(adamId, 4);
        organization.Location.Assign(adamId, [serial, $"{serial}-OTHER"]);
        await organization.SyncAsync(token);
        var group = await organization.GroupAsync();
        if (isImported) await organization.ImportDevicesAsync(group, [serial]);
        var device = isImported
            ? await service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = $2", organization.Tenant, serial)
            : await organization.DeviceAsync(serial);

        var own = Assert.Single((await organization.GetAsync($"/vpp/devices/{device}/licenses"))["value"]!.AsArray())!;
        Assert.Equal(("held", false), (own["state"]!.GetValue<string>(), own["tracked"]!.GetValue<bool>()));

        if (!isImported) await organization.JoinAsync(group, device);
        await organization.AssignAllAsync(app, (group, "required", true));
        await Eventually.IsAsync(async () => (await organization.GetAsync($"/vpp/devices/{device}/licenses"))["value"]![0]!["tracked"]!.GetValue<bool>(), isOurs => isOurs);
        await organization.LeaveAsync(group, device);
        await service.HoldersAsync(organization, app, $"{serial}-OTHER");
    }

    [Fact]
    [Trait("Rule", "L16"), Trait("Rule", "L24"), Trait("Rule", "A9")]
    public async Task Orphaned_KeptByRetiredDevices_ListedFiltered_AndReclaimedByFilterThenByIds()
    {
        var (organization, app, token) = await service.WithAppAsync("7600021", 4);
        var group = await organization.GroupAsync();
        string[] serials = ["HO-B1", "HO-B2", "HO-B3", "HO-B4"];
        await organization.ImportDevicesAsync(group, serials);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, serials);
        foreach (var serial in serials.Take(3))
        {
            var device = await service.ScalarAsync<Guid>("select id from devices where tenant_id = $1 and serial_number = $2", organization.Tenant, serial);
            await organization.PostAsync($"/beta/deviceManagement/managedDevices/{device}/retire", null);
        }

        await service.HoldersAsync(organization, app, serials);
        await service.ExecuteAsync("update remote_actions set started_at = started_at - interval '40 days' where tenant_id = $1 and device_id = (select id from devices where tenant_id = $1 and serial_number = 'HO-B1')", organization.Tenant);
        Assert.Equal(["HO-B1", "HO-B2", "HO-B3"], await OrphansAsync(organization, ""));
        Assert.Equal(["HO-B1"], await OrphansAsync(organization, "?days=30"));
        Assert.Equal(["HO-B2"], await OrphansAsync(organization, $"?appId={app}&tokenId={token}&serialNumber=HO-B2"));
        Assert.Empty(await OrphansAsync(organization, $"?appId={Guid.NewGuid()}"));

        var said = await organization.PostAsync("/vpp/licenses/orphaned/preview", new { filter = new { days = 30 } });
        Assert.Equal((1, 1), (said["seatsFreed"]!.GetValue<int>(), said["requests"]!["total"]!.GetValue<int>()));
        var done = await organization.PostAsync("/vpp/licenses/orphaned/reclaim", new { filter = new { days = 30 } });
        Assert.Equal(1, done["licenses"]!.GetValue<int>());
        Assert.Equal((app, 1), (Assert.Single(done["apps"]!.AsArray())!["appId"]!.GetValue<Guid>(), done["apps"]![0]!["licenses"]!.GetValue<int>()));
        await service.HoldersAsync(organization, app, "HO-B2", "HO-B3", "HO-B4");
        Assert.Equal(0, (await organization.PostAsync("/vpp/licenses/orphaned/reclaim", new { filter = new { days = 30 } }))["licenses"]!.GetValue<int>());

        var id = (await organization.GetAsync("/vpp/licenses/orphaned?serialNumber=HO-B3"))["value"]![0]!["licenseId"]!.GetValue<Guid>();
        await organization.PostAsync("/vpp/licenses/orphaned/reclaim", new { ids = new[] { id } });
        await service.HoldersAsync(organization, app, "HO-B2", "HO-B4");
        await organization.DeviceAsync("HO-B3");
        await service.HoldersAsync(organization, app, "HO-B2", "HO-B3", "HO-B4");
        await service.AssertWholeAsync(organization);
    }

    private static async Task<string[]> OrphansAsync(Organization organization, string query) =>
        [.. (await organization.GetAsync("/vpp/licenses/orphaned" + query))["value"]!.AsArray().Select(one => one!["serialNumber"]!.GetValue<string>()).Order()];
}
