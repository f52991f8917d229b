using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Directory;

internal sealed class CreateGroup(VppContext context, TimeProvider time)
{
    /// <param name="members">Ids of directory objects, in the order in which they join.</param>
    public async Task<Outcome<Group>> ExecuteAsync(Caller caller, GroupValues values, IReadOnlyList<Guid> members, CancellationToken ct)
    {
        if (values.DisplayName is not { IsSet: true, Value: { } name }) return ValueRules.Missing("displayName");
        if ((values.Fault() ?? GroupMembers.TooMany(members)) is { } fault) return fault;

        var group = new Group { Id = Guid.CreateVersion7(), DisplayName = name, CreatedAt = time.GetUtcNow() };
        values.ApplyTo(group);

        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await GroupMembers.KeepAsync(context, members, ct);
        context.Groups.Add(group);
        await context.SaveChangesAsync(ct);
        if (await GroupMembers.AddAsync(context, group.Id, members, caller.Because("groupMembers"), ct) is { } refusal) return refusal;

        await transaction.CommitAsync(ct);
        return group;
    }
}
