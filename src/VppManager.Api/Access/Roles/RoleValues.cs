using System.Collections.Frozen;
using VppManager.Api.Directory;
using VppManager.Core;

namespace VppManager.Api.Access.Roles;

/// <summary>What to change of a role. What is left out stays.</summary>
internal sealed record RoleValues
{
    public Change<string> DisplayName { get; init; }
    public Change<string> Description { get; init; }
    public Change<IReadOnlyList<string>> Allowed { get; init; }
    public Change<IReadOnlyList<string>> NotAllowed { get; init; }
    public Change<IReadOnlyList<string>> RoleScopeTagIds { get; init; }

    public VppError? Fault() =>
        ValueRules.NotBlank(ValueRules.Name, "displayName", DisplayName) ?? ValueRules.AtMost(ValueRules.Text, "description", Description);

    public void ApplyTo(Role role)
    {
        role.DisplayName = DisplayName.Or(role.DisplayName) ?? role.DisplayName;
        role.Description = Description.Or(role.Description);
        role.Allowed = [.. (Allowed.Or(role.Allowed) ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];
        role.NotAllowed = [.. (NotAllowed.Or(role.NotAllowed) ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];
        role.RoleScopeTagIds = RoleScopeTagIds.Value is { Count: > 0 } tags ? [.. tags] : role.RoleScopeTagIds;
    }
}

/// <summary>What to change of the assignment of a role.</summary>
internal sealed record AssignedRoleValues
{
    private static readonly FrozenSet<string> ScopeTypes =
        new[] { "resourceScope", "allDevices", "allLicensedUsers", "allDevicesAndLicensedUsers" }.ToFrozenSet(StringComparer.Ordinal);

    public Guid? RoleDefinitionId { get; init; }
    public Change<string> DisplayName { get; init; }
    public Change<string> Description { get; init; }
    public Change<IReadOnlyList<string>> Members { get; init; }
    public Change<IReadOnlyList<string>> ResourceScopes { get; init; }
    public Change<string> ScopeType { get; init; }
    public Change<IReadOnlyList<string>> RoleScopeTagIds { get; init; }

    public VppError? Fault() =>
        ValueRules.NotBlank(ValueRules.Name, "displayName", DisplayName) ?? ValueRules.AtMost(ValueRules.Text, "description", Description)
        ?? ValueRules.OneOf(ScopeTypes, "scopeType", ScopeType)
        ?? (Members.Value?.All(member => Guid.TryParse(member, out _)) is false ? VppError.InvalidValue("members", "they must be ids of groups.") : null);

    public void ApplyTo(AssignedRole assignment)
    {
        assignment.RoleDefinitionId = RoleDefinitionId ?? assignment.RoleDefinitionId;
        assignment.DisplayName = DisplayName.Or(assignment.DisplayName);
        assignment.Description = Description.Or(assignment.Description);
        assignment.Members = Members.IsSet ? [.. (Members.Value ?? []).Select(Guid.Parse).Distinct()] : assignment.Members;
        assignment.ResourceScopes = [.. ResourceScopes.Or(assignment.ResourceScopes) ?? []];
        assignment.ScopeType = ScopeType.Or(assignment.ScopeType) ?? assignment.ScopeType;
        assignment.RoleScopeTagIds = [.. RoleScopeTagIds.Or(assignment.RoleScopeTagIds) ?? []];
    }
}
