using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal sealed class AddMember(VppContext context)
{
    /// <param name="member">The id of a user or a group; of a device its object id, its device id in the directory, or its id here.</param>
    public async Task<Outcome<Done>> ExecuteAsync(Caller caller, Guid group, Guid member, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await GroupMembers.KeepAsync(context, [member], ct);
        if (!await context.Groups.AnyAsync(known => known.Id == group, ct)) return VppError.NotFound("group", group.ToString());
        if (await GroupMembers.AddAsync(context, group, [member], caller.Because("groupMembers"), ct) is { } refusal) return refusal;

        await transaction.CommitAsync(ct);
        return default(Done);
    }
}
