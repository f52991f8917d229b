using VppManager.Core.Licenses;

namespace VppManager.Api.Licenses;

/// <summary>Who waits, at which number of the queue.</summary>
/// <param name="Number">1 is next.</param>
/// <param name="Since">When the holder became entitled.</param>
internal sealed record WaitingRow(
    Guid LicenseId, long Number, HolderKind HolderKind, string? SerialNumber, Guid? DeviceId, string? DeviceName, Guid? UserId, string? UserPrincipalName,
    string? Reason, DateTimeOffset Since);

/// <param name="Waiting">How many wait.</param>
/// <param name="Next">The <c>after</c> of the next page; null on the last.</param>
internal sealed record WaitingPage(long Waiting, IReadOnlyList<WaitingRow> Value, string? Next);

/// <summary>A licence as its holder sees it.</summary>
/// <param name="Number">Of a waiting one: its number in the queue; 1 is next.</param>
/// <param name="UsableUntil">Of a Mac app whose licence was taken back: until when it can be used (L21).</param>
internal sealed record HolderLicenseRow(
    Guid LicenseId, Guid AppId, string? DisplayName, string Platform, HolderKind HolderKind, LicenseState State, string? Reason, long? Number, bool Tracked,
    DateTimeOffset Since, DateTimeOffset ChangedAt, DateTimeOffset? RevokedAt, DateTimeOffset? UsableUntil);

internal sealed record HolderLicensePage(IReadOnlyList<HolderLicenseRow> Value, Guid? Next);
