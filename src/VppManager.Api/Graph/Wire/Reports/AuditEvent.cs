namespace VppManager.Api.Graph.Wire;

internal sealed class AuditEvent : Entity
{
    public string? Activity { get; set; }

    public DateTimeOffset ActivityDateTime { get; set; }

    public string? ActivityOperationType { get; set; }

    public string? ActivityResult { get; set; }

    public string? ActivityType { get; set; }

    public AuditActor? Actor { get; set; }

    public string? Category { get; set; }

    public string? ComponentName { get; set; }

    public Guid CorrelationId { get; set; }

    public string? DisplayName { get; set; }

    public List<AuditResource> Resources { get; set; } = [];
}

internal sealed class AuditActor
{
    public string? ApplicationDisplayName { get; set; }

    public string? ApplicationId { get; set; }

    public string? AuditActorType { get; set; }

    public string? IpAddress { get; set; }

    [Beta] public string? RemoteTenantId { get; set; }

    [Beta] public string? RemoteUserId { get; set; }

    public string? ServicePrincipalName { get; set; }

    [Beta] public string? Type { get; set; }

    public string? UserId { get; set; }

    public List<string> UserPermissions { get; set; } = [];

    public string? UserPrincipalName { get; set; }

    [Beta] public List<RoleScopeTagInfo> UserRoleScopeTags { get; set; } = [];
}

[Beta]
internal sealed class RoleScopeTagInfo
{
    public string? DisplayName { get; set; }

    public string? RoleScopeTagId { get; set; }
}

internal sealed class AuditResource
{
    public string? AuditResourceType { get; set; }

    public string? DisplayName { get; set; }

    public List<AuditProperty> ModifiedProperties { get; set; } = [];

    public string? ResourceId { get; set; }
}

internal sealed class AuditProperty
{
    public string? DisplayName { get; set; }

    public string? NewValue { get; set; }

    public string? OldValue { get; set; }
}
