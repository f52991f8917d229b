namespace VppManager.Api.Graph.Wire;

/// <summary>Dependencies and supersedence. Apps from Apple have none.</summary>
[Beta]
internal sealed class MobileAppRelationship : Entity
{
    public string? TargetDisplayName { get; set; }

    public string? TargetDisplayVersion { get; set; }

    public string? TargetId { get; set; }

    public string? TargetPublisher { get; set; }

    public MobileAppRelationshipType TargetType { get; set; }
}

[Beta]
internal enum MobileAppRelationshipType
{
    Child,
    Parent,
}
