namespace VppManager.Api.Access.Roles;

/// <summary>What somebody may do: Intune's roleDefinition, made by the tenant. Those that every tenant has are in the view.</summary>
internal sealed class Role
{
    public Guid Id { get; init; }
    public required string DisplayName { get; set; }
    public string? Description { get; set; }
    public string[] Allowed { get; set; } = [];
    public string[] NotAllowed { get; set; } = [];
    public string[] RoleScopeTagIds { get; set; } = ["0"];
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ModifiedAt { get; set; }
}

/// <summary>Who may do it: Intune's roleAssignment. Administrators are named by groups of the directory that the caller's token lists.</summary>
internal sealed class AssignedRole
{
    public Guid Id { get; init; }
    public Guid RoleDefinitionId { get; set; }
    public string? DisplayName { get; set; }
    public string? Description { get; set; }
    public Guid[] Members { get; set; } = [];
    public string[] ResourceScopes { get; set; } = [];
    public string ScopeType { get; set; } = "resourceScope";

    /// <summary>None: with everything there is.</summary>
    public string[] RoleScopeTagIds { get; set; } = [];

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ModifiedAt { get; set; }
}

/// <summary>A mark on tokens, apps and role assignments that says which belong together. The one numbered 0 every tenant has.</summary>
internal sealed class ScopeTag
{
    public const string Default = "0";

    public int Number { get; init; }
    public required string DisplayName { get; set; }
    public string? Description { get; set; }

    /// <summary>Graph's groupAssignmentTargets, as given: whose devices carry the tag.</summary>
    public string Assignments { get; set; } = "[]";
}
