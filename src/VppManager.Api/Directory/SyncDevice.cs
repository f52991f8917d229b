using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Has the licences of a device looked at again.</summary>
internal sealed class SyncDevice(VppContext context, TimeProvider time)
{
    public async Task<Outcome<Done>> ExecuteAsync(Caller caller, Guid id, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        if (!await context.Devices.AnyAsync(device => device.Id == id, ct)) return VppError.NotFound("device", id.ToString());

        context.RemoteActions.Add(RemoteAction.On(id, "syncDevice", caller.Actor, time.GetUtcNow()));
        await context.SaveChangesAsync(ct);
        await Marks.MembersAsync(context, [id], caller.Because("deviceSync"), ct);
        await transaction.CommitAsync(ct);
        return default(Done);
    }
}
