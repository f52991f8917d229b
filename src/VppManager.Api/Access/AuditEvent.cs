namespace VppManager.Api.Access;

/// <summary>A change made by a person or an application (G6). Only ever added to.</summary>
internal sealed class AuditEvent
{
    public Guid Id { get; init; }
    public DateTimeOffset At { get; init; }
    public required string Activity { get; init; }
    public required string ResourceType { get; init; }
    public Guid? ResourceId { get; init; }
    public string? ActorId { get; init; }
    public string? ActorName { get; init; }
    public bool ActorIsApplication { get; init; }
    public string[] ActorPermissions { get; init; } = [];
    public string[] ActorScopeTags { get; init; } = [];
    public string? Address { get; init; }
    public Guid CorrelationId { get; init; }

    /// <summary>Properties before and after, secrets as "changed".</summary>
    public string? Changes { get; init; }

    /// <summary>Those of the token or app that was changed; null where there are none, for everyone to see.</summary>
    public string[]? ScopeTags { get; init; }
}
