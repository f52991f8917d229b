using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>
/// Takes a device out of management, by retiring or by deleting it. Its row stays, and the licences it holds (L16); it waits for no other.
/// </summary>
internal sealed class RetireDevice(VppContext context, TimeProvider time)
{
    public Task<Outcome<Device>> ExecuteAsync(Caller caller, Guid id, CancellationToken ct) =>
        ExecuteAsync(caller, id, DeviceWords.RetireIssued, "retire", ct);

    /// <summary>The same, and the device erases all that is on it.</summary>
    public Task<Outcome<Device>> WipeAsync(Caller caller, Guid id, CancellationToken ct) =>
        ExecuteAsync(caller, id, DeviceWords.WipeIssued, "wipe", ct);

    private async Task<Outcome<Device>> ExecuteAsync(Caller caller, Guid id, string state, string action, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        if (await context.LockDeviceAsync(id, ct) is not { } device) return VppError.NotFound("device", id.ToString());

        var before = DeviceStanding.Of(device);
        device.ManagementState = state;
        context.RemoteActions.Add(RemoteAction.On(id, action, caller.Actor, time.GetUtcNow()));
        await context.SaveChangesAsync(ct);
        await context.LicenseDevices.Where(place => place.DeviceId == id).ExecuteDeleteAsync(ct);
        await Marks.MembersAsync(context, before.TouchedBy(device), caller.Because(action == "wipe" ? "deviceWiped" : "deviceRetired"), ct);
        await transaction.CommitAsync(ct);
        return device;
    }
}
