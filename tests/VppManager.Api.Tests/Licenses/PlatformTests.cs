using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;

namespace VppManager.Api.Tests.Licenses;

/// <summary>What does not run on a device takes no licence for it.</summary>
[Collection(RulesCollection.Name)]
[Trait("Rule", "L14")]
public sealed class PlatformTests(ServiceFixture service)
{
    [Fact]
    public async Task DeviceLicensed_AnAppOfEachKind_GoesToTheDevicesThatRunItAlone()
    {
        var (organization, app, token) = await service.WithAppAsync("7200001", 9);
        organization.Location.AddAsset("7200002", 9, platforms: ["macOS"]);
        await organization.SyncAsync(token);
        var mac = await organization.AppAsync("7200002", AppKind.MacOs);
        (string Serial, string System, string Model)[] known =
            [("PL-PHONE", "iOS", "iPhone16,1"), ("PL-PAD", "iPadOS", "iPad14,1"), ("PL-OLDPAD", "iOS", "iPad5,1"), ("PL-MAC", "macOS", "Mac14,2")];
        var devices = new List<Guid>();
        foreach (var (serial, system, model) in known) devices.Add((await organization.EnrolAsync(serial, null, system, model))["id"]!.GetValue<Guid>());
        var group = await organization.GroupOfAsync([.. devices]);

        await organization.AssignAllAsync(app, (group, "required", true));
        await organization.AssignAllAsync(mac, (group, "required", true));
        await service.HoldersAsync(organization, app, "PL-OLDPAD", "PL-PAD", "PL-PHONE");
        await service.HoldersAsync(organization, mac, "PL-MAC");

        await service.ExecuteAsync("update apps set iphone = false where tenant_id = $1 and id = $2", organization.Tenant, app);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "PL-OLDPAD", "PL-PAD");

        await service.ExecuteAsync("update apps set iphone = true, ipad = false where tenant_id = $1 and id = $2", organization.Tenant, app);
        await organization.AssignAllAsync(app, (group, "required", true));
        await service.HoldersAsync(organization, app, "PL-OLDPAD", "PL-PAD", "PL-PHONE");
    }

    [Fact]
    public async Task UserLicensed_ADeviceThatRunsIt_OrNoneYet_Licensed_OnlyOthers_Not()
    {
        var (organization, app, _) = await service.WithAppAsync("7200011", 9);
        var (none, mac, both) = (await organization.UserAsync("none"), await organization.UserAsync("mac"), await organization.UserAsync("both"));
        await organization.EnrolAsync("PL-M1", mac, "macOS");
        await organization.EnrolAsync("PL-M2", both, "macOS");
        await organization.EnrolAsync("PL-M3", both, "iPadOS");
        var group = await organization.GroupOfAsync(none, mac, both);

        await organization.AssignAllAsync(app, (group, "required", false));
        await service.HoldersAsync(organization, app, "both", "none");

        await organization.EnrolAsync("PL-M4", mac, "iOS");
        await service.HoldersAsync(organization, app, "both", "mac", "none");
    }
}
