using VppManager.Core.Assignments;

namespace VppManager.Api.Assignments;

/// <summary>An app targeted at a group, all users or all devices.</summary>
internal sealed class Assignment
{
    public Guid Id { get; init; }
    public Guid AppId { get; init; }
    public TargetKind Target { get; init; }
    public bool Excluded { get; init; }
    public Guid? GroupId { get; init; }
    public Intent Intent { get; init; }
    public LicenseType LicenseType { get; set; }

    /// <summary>The settings as the client sent them, to be returned whole.</summary>
    public string? Settings { get; set; }

    public string? FilterId { get; set; }
    public string FilterType { get; set; } = "none";

    /// <summary>When it was made, among all arrivals of the service (L5).</summary>
    public long Seq { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ModifiedAt { get; set; }
}
