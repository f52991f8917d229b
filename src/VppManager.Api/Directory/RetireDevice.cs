using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>
/// Takes a device out of management, by retiring or by deleting it. Its row stays, and the licences it holds (L16); it waits for no other.
/// </summary>
internal sealed class RetireDevice(VppContext context)
{
    public async Task<Outcome<Device>> ExecuteAsync(Caller caller, Guid id, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        if (await context.LockDeviceAsync(id, ct) is not { } device) return VppError.NotFound("device", id.ToString());

        var before = DeviceStanding.Of(device);
        device.ManagementState = DeviceWords.RetireIssued;
        await context.SaveChangesAsync(ct);
        await Marks.MembersAsync(context, before.TouchedBy(device), caller.Because("deviceRetired"), ct);
        await transaction.CommitAsync(ct);
        return device;
    }
}
