namespace VppManager.Api.Graph.Wire;

internal abstract class MobileApp : Entity
{
    public List<MobileAppAssignment> Assignments { get; set; } = [];
    public List<MobileAppCategory> Categories { get; set; } = [];
    public DateTimeOffset CreatedDateTime { get; set; }
    [Beta] public int DependentAppCount { get; set; }
    public string? Description { get; set; }
    public string? Developer { get; set; }
    public string? DisplayName { get; set; }
    public string? InformationUrl { get; set; }
    [Beta] public bool IsAssigned { get; set; }
    public bool IsFeatured { get; set; }
    [NoColumn, Needs(nameof(HasIcon))] public MimeContent? LargeIcon { get; set; }
    public DateTimeOffset LastModifiedDateTime { get; set; }
    public string? Notes { get; set; }
    public string? Owner { get; set; }
    public string? PrivacyInformationUrl { get; set; }
    public string? Publisher { get; set; }
    public MobileAppPublishingState PublishingState { get; set; }
    [Beta, NoColumn, AlwaysEmpty] public List<MobileAppRelationship> Relationships { get; set; } = [];

    [Beta] public List<string> RoleScopeTagIds { get; set; } = [];
    [Beta] public int SupersededAppCount { get; set; }
    [Beta] public int SupersedingAppCount { get; set; }
    [Beta] public int UploadState { get; set; }

    /// <summary>Not Graph's: whether there is an icon to read.</summary>
    internal bool HasIcon { get; set; }
}

internal enum MobileAppPublishingState
{
    NotPublished,
    Processing,
    Published,
}
