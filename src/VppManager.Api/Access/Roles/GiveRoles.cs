using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Core;

namespace VppManager.Api.Access.Roles;

/// <summary>Who has which role, and with which scope tags (G1, G2).</summary>
internal sealed class GiveRoles(VppContext context, TenantStandings standings, TimeProvider time)
{
    public async Task<Outcome<AssignedRole>> CreateAsync(Caller caller, AssignedRoleValues values, CancellationToken ct)
    {
        if (values.RoleDefinitionId is not { } role) return ValueRules.Missing("roleDefinition@odata.bind");
        if (values.Fault() is { } fault) return fault;

        var now = time.GetUtcNow();
        var assignment = new AssignedRole { Id = Guid.CreateVersion7(now), RoleDefinitionId = role, CreatedAt = now };
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await TakeTurnsAsync(context, ct);
        context.Add(assignment);
        return await SaveAsync(caller, transaction, assignment, values, ct);
    }

    public async Task<Outcome<AssignedRole>> PatchAsync(Caller caller, Guid id, AssignedRoleValues values, CancellationToken ct)
    {
        if (values.Fault() is { } fault) return fault;

        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await TakeTurnsAsync(context, ct);
        if (await context.AssignedRoles.FirstOrDefaultAsync(one => one.Id == id, ct) is not { } assignment)
            return VppError.NotFound("role assignment", id.ToString());

        return ScopeTagRules.Fault(assignment.RoleScopeTagIds) ?? await SaveAsync(caller, transaction, assignment, values, ct);
    }

    public async Task<Outcome<Done>> DeleteAsync(Caller caller, Guid id, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        if (await context.AssignedRoles.FirstOrDefaultAsync(one => one.Id == id, ct) is not { } assignment)
            return VppError.NotFound("role assignment", id.ToString());
        if (ScopeTagRules.Fault(assignment.RoleScopeTagIds) is { } fault) return fault;

        context.AssignedRoles.Remove(assignment);
        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        standings.Forget(caller.TenantId);
        return default(Done);
    }

    /// <summary>Roles, scope tags and their use are changed one at a time.</summary>
    public static Task TakeTurnsAsync(VppContext context, CancellationToken ct) =>
        context.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({$"roles {context.Tenant}"}, 0))", ct);

    private async Task<Outcome<AssignedRole>> SaveAsync(
        Caller caller, IDbContextTransaction transaction, AssignedRole assignment, AssignedRoleValues values, CancellationToken ct)
    {
        values.ApplyTo(assignment);
        assignment.ModifiedAt = time.GetUtcNow();
        if (await FaultAsync(assignment, ct) is { } fault) return fault;

        await context.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        standings.Forget(caller.TenantId);
        return assignment;
    }

    private async Task<VppError?> FaultAsync(AssignedRole assignment, CancellationToken ct)
    {
        if (!await EditRoles.IsKnownAsync(context, assignment.RoleDefinitionId, ct))
            return VppError.NotFound("role definition", assignment.RoleDefinitionId.ToString());

        return ScopeTagRules.Fault(assignment.RoleScopeTagIds) ?? await ScopeTagRules.UnknownAsync(context, assignment.RoleScopeTagIds, ct);
    }
}
