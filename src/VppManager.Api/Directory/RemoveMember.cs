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
        if (await GroupMembers.FindAsync(context, [member], ct) is not [var found]) return NotThere(member);

        var removed = await context.GroupMembers.Where(row => row.GroupId == group && row.MemberId == found.Id).ExecuteDeleteAsync(ct);
        if (removed == 0) return NotThere(member);

        await GroupMembers.MarkAsync(context, group, [found], caller.Because("groupMembers"), ct);
        await transaction.CommitAsync(ct);
        return default(Done);
    }

    private static VppError NotThere(Guid member) => VppError.NotFound("member", member.ToString());
}
