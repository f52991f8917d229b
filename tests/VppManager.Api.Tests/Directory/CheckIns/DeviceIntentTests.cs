using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;

namespace VppManager.Api.Tests.Directory.CheckIns;

[Collection(DevicesCollection.Name)]
public sealed class DeviceIntentTests(ServiceFixture service)
{
    [Fact]
    [Trait("Rule", "A6")]
    public async Task Assignments_EveryCellOfTheTable_TheDeviceSeesWhatTheRuleSays()
    {
        var organization = service.Organization();
        var cells = Enumerable.Range(1, 31).ToDictionary(bits => $"{7100000 + bits}", bits => new Addressing((bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0, (bits & 8) > 0, (bits & 16) > 0));
        foreach (var adamId in cells.Keys) organization.Location.AddAsset(adamId, 1);
        await organization.UploadTokenAsync();
        var user = await organization.UserAsync("ann");
        var device = await organization.DeviceAsync("DI-1", user);
        var groups = new List<Guid>();
        foreach (var name in (string[])["R", "A", "U", "r", "u"])
        {
            // The members are in a group within the group.
            var (outer, inner) = (await organization.GroupAsync(name), await organization.GroupAsync($"{name} inner"));
            await organization.JoinAsync(outer, inner);
            await organization.JoinAsync(inner, name is "r" or "u" ? device : user);
            groups.Add(outer);
        }
        foreach (var (adamId, cell) in cells)
        {
            var wanted = new List<Dictionary<string, object?>>();
            if (cell.UserRequired) wanted.Add(Organization.Assignment(groups[0]));
            if (cell.UserAvailable) wanted.Add(Organization.Assignment(groups[1], "available"));
            if (cell.UserUninstall) wanted.Add(Organization.Assignment(groups[2], "uninstall"));
            if (cell.DeviceRequired) wanted.Add(Organization.Assignment(groups[3]));
            if (cell.DeviceUninstall) wanted.Add(Organization.Assignment(groups[4], "uninstall"));
            await organization.ReplaceAssignmentsAsync(await organization.AppAsync(adamId), [.. wanted]);
        }

        await AssertAllAsync(organization, device, cells, isAsked: false);
        await service.ExecuteAsync("""
            insert into portal_installs (tenant_id, app_id, device_id, user_id, asked_at) select $1, id, $2, $3, now() from apps where tenant_id = $1
            """, organization.Tenant, device, user);
        await AssertAllAsync(organization, device, cells, isAsked: true);
    }

    private static async Task AssertAllAsync(Organization organization, Guid device, Dictionary<string, Addressing> cells, bool isAsked)
    {
        var seen = (await organization.GetAsync($"/vpp/devices/{device}/apps"))["value"]!.AsArray()
            .ToDictionary(one => one!["adamId"]!.GetValue<string>(), one => (one!["intent"]!.GetValue<string>(), one["isOffered"]!.GetValue<bool>()));
        var ruled = cells.ToDictionary(cell => cell.Key, cell => IntentRules.Resolve(cell.Value, isAsked) is var made ? (made.Intent.ToString().ToLowerInvariant(), made.IsOffered) : default);
        Assert.Equal(ruled.OrderBy(one => one.Key), seen.OrderBy(one => one.Key));
    }

    [Fact]
    [Trait("Rule", "A1"), Trait("Rule", "A6")]
    public async Task Exclusions_OfUsersAndOfDevices_EachLeavesOutItsOwn()
    {
        var organization = service.Organization();
        foreach (var adamId in (string[])["7110001", "7110002", "7110003"]) organization.Location.AddAsset(adamId, 1);
        await organization.UploadTokenAsync();
        var user = await organization.UserAsync("ann");
        var device = await organization.DeviceAsync("DI-2", user);
        var (people, machines, leftOut) = (await organization.GroupAsync("people"), await organization.GroupAsync("machines"), await organization.GroupAsync("left out"));
        await organization.JoinAsync(people, user);
        await organization.JoinAsync(machines, device);
        await organization.JoinAsync(leftOut, user);

        await organization.ReplaceAssignmentsAsync(await organization.AppAsync("7110001"), Organization.Assignment(people), CheckInWords.Excluding(leftOut));
        await organization.ReplaceAssignmentsAsync(await organization.AppAsync("7110002"), Organization.Assignment(machines), CheckInWords.Excluding(leftOut));
        await organization.ReplaceAssignmentsAsync(await organization.AppAsync("7110003"), Organization.Assignment(people, "available"), CheckInWords.Excluding(machines, "available"));

        var seen = (await organization.GetAsync($"/vpp/devices/{device}/apps"))["value"]!.AsArray();
        Assert.Equal([("7110002", "required"), ("7110003", "available")],
            seen.Select(one => (one!["adamId"]!.GetValue<string>(), one["intent"]!.GetValue<string>())).Order());
    }
}
