using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal sealed class RemoveMember(VppContext context)
{
    /// <param name="member">Named as in <see cref="AddMember"/>.</param>
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
        if (members.Count == 0) return null;
        var found = await GroupMembers.FindAsync(context, members, ct);
        if (found.Count < members.Count) return NotThere(members.Except(found.Select(one => one.Key)).First());

        var ids = found.ConvertAll(one => one.Id);
        var removed = await context.GroupMembers.Where(row => row.GroupId == group && ids.Contains(row.MemberId)).Select(row => row.MemberId).ToListAsync(ct);
        if (found.Find(one => !removed.Contains(one.Id)) is { } stranger) return NotThere(stranger.Key);

        await context.GroupMembers.Where(row => row.GroupId == group && ids.Contains(row.MemberId)).ExecuteDeleteAsync(ct);
        await GroupMembers.MarkAsync(context, group, found, caller.Because("groupMembers"), ct);
        return null;
    }

    private static VppError NotThere(Guid member) => VppError.NotFound("member", member.ToString());
}
