using VppManager.Api.Directory;

namespace VppManager.Api.Tests.Directory;

public sealed class DeviceTests(DirectoryFixture fixture) : IClassFixture<DirectoryFixture>
{
    private readonly DirectoryOfTenant directory = fixture.Tenant();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Trait("Rule", "L24")]
    public async Task EnrolDevice_SerialNumberIsKnown_KeepsItsIdAndIsManagedAgain()
    {
        var device = await directory.DeviceAsync("C02A");
        await RetireAsync(device.Id);
        await directory.ForgetMarksAsync();

        var again = await directory.EnrolAsync(new DeviceValues { SerialNumber = "C02A", OsVersion = "26.1" });

        Assert.False(again.Value!.IsNew);
        Assert.Equal((device.Id, "managed", "iPadOS", "26.1"),
            (again.Value.Device.Id, again.Value.Device.ManagementState, again.Value.Device.OperatingSystem, again.Value.Device.OsVersion));
        Assert.Equal([device.Id], await directory.MarkedMembersAsync());
    }

    [Fact]
    [Trait("Rule", "L24")]
    public async Task EnrolDevice_SameDeviceManyTimesAtOnce_IsOneDevice()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => directory.EnrolAsync(new DeviceValues { SerialNumber = "C02A" })));

        Assert.Single(outcomes, outcome => outcome.Value!.IsNew);
        Assert.Single(outcomes.Select(outcome => outcome.Value!.Device.Id).Distinct());
    }

    [Fact]
    public async Task EnrolDevice_UserIsUnknown_EnrolsNothing()
    {
        var outcome = await directory.EnrolAsync(new DeviceValues { SerialNumber = "C02A", UserPrincipalName = "nobody@example.com" });

        Assert.Contains("'userPrincipalName'", outcome.Error?.Message, StringComparison.Ordinal);
        Assert.Empty(await directory.ColumnAsync<Guid>("select id from devices where tenant_id = $1"));
    }

    [Fact]
    [Trait("Rule", "A7")]
    public async Task PatchDevice_UserChanges_MarksTheDeviceAndBothUsers()
    {
        var before = await directory.UserAsync("before@example.com");
        var after = await directory.UserAsync("after@example.com");
        var device = await directory.DeviceAsync("C02A", before);
        await directory.ForgetMarksAsync();

        var patched = await PatchAsync(device.Id, new DeviceValues { UserPrincipalName = "after@example.com" });

        Assert.Equal(after, patched.Value?.UserId);
        Assert.Equal([device.Id, before, after], await directory.MarkedMembersAsync());
    }

    [Fact]
    public async Task PatchDevice_OnlyTheNameChanges_MarksNobody()
    {
        var device = await directory.DeviceAsync("C02A");
        await directory.ForgetMarksAsync();

        var patched = await PatchAsync(device.Id, new DeviceValues { DeviceName = "Reception" });

        Assert.Equal("Reception", patched.Value?.DeviceName);
        Assert.Empty(await directory.MarkedMembersAsync());
    }

    [Fact]
    public async Task PatchDevice_AnotherSerialNumber_IsRefused()
    {
        var device = await directory.DeviceAsync("C02A");

        var patched = await PatchAsync(device.Id, new DeviceValues { SerialNumber = "C02B" });

        Assert.Equal("invalidValue", patched.Error?.Code);
    }

    [Fact]
    [Trait("Rule", "L16")]
    public async Task RetireDevice_IsManaged_StaysInTheTableAndIsMarkedOnce()
    {
        var device = await directory.DeviceAsync("C02A");
        await directory.ForgetMarksAsync();

        await RetireAsync(device.Id);
        await RetireAsync(device.Id);

        Assert.Equal(["retireIssued"], await directory.ColumnAsync<string>("select management_state from devices where tenant_id = $1 and id = $2", device.Id));
        Assert.Equal([device.Id], await directory.MarkedMembersAsync());
    }

    [Fact]
    public async Task SyncDevice_IsKnown_IsMarked()
    {
        var device = await directory.DeviceAsync("C02A");
        await directory.ForgetMarksAsync();

        var synced = await directory.DoAsync(context => new SyncDevice(context, TimeProvider.System).ExecuteAsync(directory.Caller, device.Id, Ct));

        Assert.True(synced.IsOk);
        Assert.Equal([device.Id], await directory.MarkedMembersAsync());
    }

    private Task<Core.Outcome<Device>> PatchAsync(Guid device, DeviceValues values) =>
        directory.DoAsync(context => new PatchDevice(context).ExecuteAsync(directory.Caller, device, values, Ct));

    private async Task RetireAsync(Guid device) =>
        Assert.True((await directory.DoAsync(context => new RetireDevice(context, TimeProvider.System).ExecuteAsync(directory.Caller, device, Ct))).IsOk);
}
