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
        if (await ChangeAsync(caller, group, [member], ct) is { } refusal) return refusal;

        await transaction.CommitAsync(ct);
        return default(Done);
    }

    /// <summary>The change itself, from within a transaction.</summary>
    /// <returns>Why not, or null.</returns>
    public async Task<VppError?> ChangeAsync(Caller caller, Guid group, IReadOnlyList<Guid> members, CancellationToken ct)
    {
        await GroupMembers.KeepAsync(context, members, ct);
        return await context.Groups.AnyAsync(known => known.Id == group, ct)
            ? await GroupMembers.AddAsync(context, group, members, caller.Because("groupMembers"), ct)
            : VppError.NotFound("group", group.ToString());
    }
}
