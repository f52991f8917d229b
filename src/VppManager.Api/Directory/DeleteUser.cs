using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Directory.AppleAccounts;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Memberships go with the user; devices stay, without a user. At Apple the user is retired (L18).</summary>
internal sealed class DeleteUser(VppContext context, TimeProvider time)
{
    public async Task<Outcome<Done>> ExecuteAsync(Caller caller, Guid id, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await context.KeepAloneAsync(ct);
        if (await context.Users.Where(user => user.Id == id).ExecuteDeleteAsync(ct) == 0) return VppError.NotFound("user", id.ToString());

        var devices = await context.Devices.Where(device => device.UserId == id).Select(device => device.Id).ToListAsync(ct);
        await context.GroupMembers.Where(member => member.MemberId == id).ExecuteDeleteAsync(ct);
        await context.Devices.Where(device => device.UserId == id).ExecuteUpdateAsync(set => set.SetProperty(device => device.UserId, (Guid?)null), ct);

        await RetireAppleAccounts.AskAsync(context, id, new AppleAccountScope(), time.GetUtcNow(), ct);

        // Afterwards nobody could tell which devices were the user's.
        await Marks.MembersAsync(context, [id, .. devices], caller.Because("userDeleted"), ct);
        await transaction.CommitAsync(ct);
        return default(Done);
    }
}
