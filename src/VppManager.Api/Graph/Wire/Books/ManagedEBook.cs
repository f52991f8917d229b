namespace VppManager.Api.Graph.Wire;

internal abstract class ManagedEBook : Entity
{
    public List<ManagedEBookAssignment> Assignments { get; set; } = [];

    [Beta, NoColumn, AlwaysEmpty] public List<ManagedEBookCategory> Categories { get; set; } = [];

    public DateTimeOffset CreatedDateTime { get; set; }

    public string? Description { get; set; }

    public List<DeviceInstallState> DeviceStates { get; set; } = [];

    public string DisplayName { get; set; } = "";

    public string? InformationUrl { get; set; }

    [NoColumn] public EBookInstallSummary? InstallSummary { get; set; }

    [NoColumn, Needs(nameof(HasCover))] public MimeContent? LargeCover { get; set; }

    public DateTimeOffset LastModifiedDateTime { get; set; }

    public string? PrivacyInformationUrl { get; set; }

    public DateTimeOffset PublishedDateTime { get; set; }

    public string? Publisher { get; set; }

    [NoColumn] public List<UserInstallStateSummary> UserStateSummary { get; set; } = [];

    /// <summary>Not Graph's: whether there is a cover to read.</summary>
    internal bool HasCover { get; set; }
}

internal sealed class IosVppEBook : ManagedEBook
{
    public string? AppleId { get; set; }

    public List<string> Genres { get; set; } = [];

    public string? Language { get; set; }

    [Beta] public List<string> RoleScopeTagIds { get; set; } = [];

    public string? Seller { get; set; }

    public int TotalLicenseCount { get; set; }

    public int UsedLicenseCount { get; set; }

    public string? VppOrganizationName { get; set; }

    public Guid VppTokenId { get; set; }
}

/// <summary>Books have categories of their own; nothing here makes one.</summary>
[Beta]
internal sealed class ManagedEBookCategory : Entity
{
    public string? DisplayName { get; set; }

    public DateTimeOffset LastModifiedDateTime { get; set; }
}
