using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal sealed class PatchGroup(VppContext context)
{
    /// <param name="members">Ids of directory objects to add, in the order in which they join.</param>
    public async Task<Outcome<Group>> ExecuteAsync(Caller caller, Guid id, GroupValues values, IReadOnlyList<Guid> members, CancellationToken ct)
    {
        if ((values.Fault() ?? GroupMembers.TooMany(members)) is { } fault) return fault;

        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await GroupMembers.KeepAsync(context, members, ct);
        if (await context.LockGroupAsync(id, ct) is not { } group) return VppError.NotFound("group", id.ToString());

        values.ApplyTo(group);
        await context.SaveChangesAsync(ct);
        if (await GroupMembers.AddAsync(context, id, members, caller.Because("groupMembers"), ct) is { } refusal) return refusal;

        await transaction.CommitAsync(ct);
        return group;
    }
}
