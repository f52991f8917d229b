using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Core;

namespace VppManager.Api.Access.Roles;

/// <summary>Roles that the tenant makes for itself (G1). Those that every tenant has stay as they are.</summary>
internal sealed class EditRoles(VppContext context, TenantStandings standings, TimeProvider time)
{
    public async Task<Outcome<Role>> CreateAsync(Caller caller, RoleValues values, CancellationToken ct)
    {
        if (values.DisplayName is not { IsSet: true, Value: { } name }) return ValueRules.Missing("displayName");
        if (values.Fault() is { } fault) return fault;

        context.Tenant = caller.TenantId;
        var now = time.GetUtcNow();
        var role = new Role { Id = Guid.CreateVersion7(now), DisplayName = name, CreatedAt = now, ModifiedAt = now };
        values.ApplyTo(role);
        if (await RefusedAsync(role, ct) is { } refused) return refused;

        context.Roles.Add(role);
        await context.SaveChangesAsync(ct);
        return role;
    }

    public async Task<Outcome<Role>> PatchAsync(Caller caller, Guid id, RoleValues values, CancellationToken ct)
    {
        if (values.Fault() is { } fault) return fault;

        context.Tenant = caller.TenantId;
        if (await context.Roles.FirstOrDefaultAsync(one => one.Id == id, ct) is not { } role) return await WhyNotAsync(id, ct);

        values.ApplyTo(role);
        role.ModifiedAt = time.GetUtcNow();
        if (await RefusedAsync(role, ct) is { } refused) return refused;

        await context.SaveChangesAsync(ct);
        standings.Forget(caller.TenantId);
        return role;
    }

    public async Task<Outcome<Done>> DeleteAsync(Caller caller, Guid id, CancellationToken ct)
    {
        await using var transaction = await context.BeginAsync(caller.TenantId, ct);
        await GiveRoles.TakeTurnsAsync(context, ct);
        if (await context.AssignedRoles.AnyAsync(one => one.RoleDefinitionId == id, ct)) return VppError.RoleIsAssigned;
        if (await context.Roles.Where(one => one.Id == id).ExecuteDeleteAsync(ct) == 0) return await WhyNotAsync(id, ct);

        await transaction.CommitAsync(ct);
        return default(Done);
    }

    /// <summary>Whether the tenant has the role, made by itself or built in.</summary>
    public static Task<bool> IsKnownAsync(VppContext context, Guid id, CancellationToken ct) => context.Database
        .SqlQuery<bool>($"select exists (select from graph_role_definitions where tenant_id = {context.Tenant} and id = {id}) as \"Value\"")
        .SingleAsync(ct);

    private async Task<VppError> WhyNotAsync(Guid id, CancellationToken ct) =>
        await IsKnownAsync(context, id, ct) ? VppError.BuiltInRole : VppError.NotFound("role definition", id.ToString());

    // Actions of Intune that mean nothing here are kept, as clients send back what they have exported.
    private async Task<VppError?> RefusedAsync(Role role, CancellationToken ct)
    {
        var odd = role.Allowed.Concat(role.NotAllowed).FirstOrDefault(action =>
            action.Length > ValueRules.Name || !action.StartsWith("Microsoft.Intune", StringComparison.OrdinalIgnoreCase));
        if (odd is not null) return VppError.InvalidValue("rolePermissions", $"'{odd}' is no resource action.");

        if (await ScopeTagRules.UnknownAsync(context, role.RoleScopeTagIds, ct) is { } tag) return tag;

        var taken = await context.Roles.AnyAsync(other => other.Id != role.Id && other.DisplayName == role.DisplayName, ct);
        return taken ? VppError.AlreadyExists("role definition", role.DisplayName) : null;
    }
}
