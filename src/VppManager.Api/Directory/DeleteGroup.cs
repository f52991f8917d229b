using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>Memberships and the assignments to the group go with it; its members stay.</summary>
internal sealed class DeleteGroup(VppContext context)
{
    public async Task<Outcome<Done>> ExecuteAsync(Caller caller, Guid id, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await context.KeepAloneAsync(ct);
        if (!await context.Groups.AnyAsync(group => group.Id == id, ct)) return VppError.NotFound("group", id.ToString());

        // While the ways from the group to the pools still stand.
        await Marks.GroupsAsync(context, [id], caller.Because("groupDeleted"), ct);
        await context.Assignments.Where(assignment => assignment.GroupId == id).ExecuteDeleteAsync(ct);
        await context.FormerAssignments.Where(former => former.GroupId == id).ExecuteDeleteAsync(ct);
        await context.GroupMembers.Where(member => member.MemberId == id).ExecuteDeleteAsync(ct);
        await context.Groups.Where(group => group.Id == id).ExecuteDeleteAsync(ct);

        await transaction.CommitAsync(ct);
        return default(Done);
    }
}
