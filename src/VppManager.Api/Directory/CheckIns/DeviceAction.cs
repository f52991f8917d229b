using VppManager.Api.Apps.Installs;
using VppManager.Core.Apps;
using VppManager.Core.Assignments;

namespace VppManager.Api.Directory.CheckIns;

/// <summary>What a device is to do, with what Apple's command needs. It is told again, with the same id, until the device says that it is done.</summary>
/// <param name="ITunesStoreId">The app's number in the store; Apple's <c>iTunesStoreID</c>.</param>
/// <param name="PurchaseMethod">1: by a licence of ours.</param>
/// <param name="ManagementFlags">1 removes the app with the management, 4 keeps its data out of backups; together 5.</param>
/// <param name="ChangeManagementState">"Managed": a copy that the user has put there already comes under management, which devices of User Enrollment do not allow.</param>
/// <param name="MediaType">"Book": by Apple's <c>InstallMedia</c>.</param>
/// <param name="InvitationUrl">Where the user accepts the invitation; whoever has it can accept.</param>
/// <param name="ProgramId">Of an invitation: Apple's name of the program.</param>
internal sealed record DeviceAction(
    Guid Id, DeviceActionKind Kind, Guid? AppId = null, string? DisplayName = null, string? ITunesStoreId = null, string? BundleId = null, int? PurchaseMethod = null,
    LicenseType? LicenseType = null, int? ManagementFlags = null, AppAttributes? Attributes = null, string? ChangeManagementState = null,
    string? MediaType = null, string? InvitationUrl = null, string? ProgramId = null)
{
    /// <summary>Apple's name of the program that users are invited to.</summary>
    private const string Program = "com.apple.cloudvpp";

    /// <summary>By a licence of ours, not by a redemption code.</summary>
    private const int ByLicense = 1;

    private const string Managed = "Managed";
    private const string Book = "Book";

    public static DeviceAction Of(DeviceAppRow row, DeviceActionKind kind, Guid id) => (kind, row.Kind) switch
    {
        (DeviceActionKind.Remove, _) => new DeviceAction(id, kind, row.AppId, row.DisplayName, row.AdamId, row.BundleId),
        (_, AppKind.Book) => new DeviceAction(id, kind, row.AppId, row.DisplayName, row.AdamId, LicenseType: Core.Assignments.LicenseType.User, MediaType: Book),
        _ => new DeviceAction(
            id, kind, row.AppId, row.DisplayName, row.AdamId, row.BundleId, ByLicense,
            row.Facts.UsesUserLicense ? Core.Assignments.LicenseType.User : Core.Assignments.LicenseType.Device, row.Options.ManagementFlags,
            new AppAttributes(row.Options.IsRemovable, row.Options.VpnConfigurationId), row.Facts.IsUserEnrolled ? null : Managed),
    };

    public static DeviceAction Invite(Guid appleUser, string link) => new(appleUser, DeviceActionKind.Invite, InvitationUrl: link, ProgramId: Program);
}

/// <param name="Removable">Whether the user may delete the app.</param>
internal sealed record AppAttributes(bool Removable, Guid? VpnUuid);

/// <summary>The answer to a check-in.</summary>
internal sealed record CheckInAnswer(DateTimeOffset CheckedInDateTime, IReadOnlyList<DeviceAction> Actions);
