using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal sealed class PatchDevice(VppContext context)
{
    public async Task<Outcome<Device>> ExecuteAsync(Caller caller, Guid id, DeviceValues values, CancellationToken ct)
    {
        if (values.Fault() is { } fault) return fault;

        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await context.KeepAllAsync(ct);
        if (await context.LockDeviceAsync(id, ct) is not { } device) return VppError.NotFound("device", id.ToString());
        if (values.SerialNumber.Or(device.SerialNumber) != device.SerialNumber) return SerialNumberStays;

        var before = DeviceStanding.Of(device);
        var user = await UserOfDevice.FindAsync(context, values, device.UserId, ct);
        if (user.Error is { } unknown) return unknown;

        values.ApplyTo(device, user.Value);
        await context.SaveChangesAsync(ct);
        await Marks.MembersAsync(context, before.TouchedBy(device), caller.Because("deviceChanged"), ct);
        await transaction.CommitAsync(ct);
        return device;
    }

    private static VppError SerialNumberStays => VppError.InvalidValue("serialNumber", "it cannot change.");
}
