using VppManager.Core.Assignments;

namespace VppManager.Api.Assignments;

/// <summary>
/// An assignment that was taken away while the later rules apply: whoever it named keeps the licence they have, until an Uninstall asks for it back (L20).
/// </summary>
internal sealed class FormerAssignment
{
    public Guid Id { get; init; }
    public Guid AppId { get; init; }
    public TargetKind Target { get; init; }
    public Guid? GroupId { get; init; }
    public LicenseType LicenseType { get; init; }
    public DateTimeOffset RemovedAt { get; init; }
}
