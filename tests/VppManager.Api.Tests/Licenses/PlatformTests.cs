using VppManager.Api.Tests.Directory.CheckIns;
using VppManager.Api.Tests.Infrastructure;
using VppManager.Core.Assignments;
using VppManager.FakeApple.Apps;

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

    [Theory]
    [Trait("Rule", "L15")]
    [InlineData("7200031", false, false)]
    [InlineData("7200032", true, false)]
    [InlineData("7200033", false, true)]
    public async Task Licensed_BoughtOrCustomOrUnlimitedFree_OneForEachDevice(string adamId, bool isCustom, bool isUnlimited)
    {
        var organization = service.Organization();
        service.Apple.Store.Put(new StoreItem(adamId) { Name = "Ours", IsCustom = isCustom });
        var asset = organization.Location.AddAsset(adamId, 2, unlimited: isUnlimited);
        await organization.UploadTokenAsync();
        var (app, group) = (await organization.AppAsync(adamId), await organization.GroupAsync());
        await organization.ImportDevicesAsync(group, Enumerable.Range(1, 3).Select(n => $"PL-{adamId}-{n}"));

        await organization.AssignAsync(app, group);

        var given = isUnlimited ? 3 : 2;
        await service.HoldersAsync(organization, app, [.. Enumerable.Range(1, given).Select(n => $"PL-{adamId}-{n}")]);
        Assert.Equal((given, 3 - given), ((int)asset.Counts.Assigned, (await organization.LicensingAsync(app)).Waiting));
    }

    [Fact]
    [Trait("Rule", "A1")]
    public async Task Excluded_FromTheAppOfOnePlatform_TheOtherAppOfTheAssetStays()
    {
        var organization = service.Organization();
        organization.Location.AddAsset("7200021", 9, platforms: ["macOS", "iOS"]);
        await organization.UploadTokenAsync();
        var (ios, mac) = (await organization.AppAsync("7200021"), await organization.AppAsync("7200021", AppKind.MacOs));
        var (pad, book) = (await organization.DeviceAsync("PL-PAD2"), await organization.DeviceAsync("PL-MAC2", operatingSystem: "macOS"));
        var (everything, without) = (await organization.GroupOfAsync(pad, book), await organization.GroupOfAsync(pad, book));

        await organization.AssignAllAsync(mac, (everything, "required", true));
        await organization.ReplaceAssignmentsAsync(ios, Organization.Assignment(everything), CheckInWords.Excluding(without));

        await service.HoldersAsync(organization, ios, "PL-MAC2");
        Assert.Equal(mac, (await organization.CheckInAsync(book)).Only("install")["appId"]!.GetValue<Guid>());
    }
}
