using VppManager.Core.Assignments;
using VppManager.Core.Licenses;

namespace VppManager.Core.Apps;

/// <summary>What a device said of an app at a check-in.</summary>
/// <param name="IsInstalled">Whether it is on the device.</param>
/// <param name="IsManaged">Whether it is there by management; null when the device did not say.</param>
/// <param name="Version">The version that is there.</param>
/// <param name="Fault">What went wrong with the latest thing it was told to do.</param>
public sealed record AppReport(bool IsInstalled, bool? IsManaged = null, string? Version = null, InstallFault? Fault = null);

/// <summary>How a licence stands that the app could use.</summary>
/// <param name="State">Its state; null when there is none.</param>
/// <param name="IsRevoked">Whether it was taken back by an administrator.</param>
/// <param name="IsWanted">Whether the assignments want it now.</param>
public sealed record LicenseFacts(LicenseState? State = null, bool IsRevoked = false, bool IsWanted = true)
{
    /// <summary>Whether Apple has confirmed it (D2).</summary>
    public bool IsHeld => State is LicenseState.Held;
}

/// <summary>All that decides about one app on one device.</summary>
public sealed record AppFacts
{
    /// <summary>What the assignments want of it.</summary>
    public EffectiveIntent Intent { get; init; }

    /// <summary>Whom the assignment that won licenses it to.</summary>
    public LicenseType LicenseType { get; init; }

    /// <summary>Whether the user asked for it in the Company Portal, and has not deleted it since.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Whether it runs on such a device (L14).</summary>
    public bool IsApplicable { get; init; } = true;

    /// <summary>Whether it may be taken off such a device (L19, L20).</summary>
    public bool CanBeRemoved { get; init; } = true;

    /// <summary>Whether it is removed when no assignment names it any more (L20).</summary>
    public bool IsRemovedWhenUnassigned { get; init; } = true;

    /// <summary>Whether the device has a user.</summary>
    public bool HasUser { get; init; } = true;

    /// <summary>Whether the device came by Apple's User Enrollment (L10, D7).</summary>
    public bool IsUserEnrolled { get; init; }

    /// <summary>Whether the device's policy blocks the App Store (L13).</summary>
    public bool IsAppStoreBlocked { get; init; }

    /// <summary>The licence of the device.</summary>
    public LicenseFacts DeviceLicense { get; init; } = new();

    /// <summary>The licence of the account that the device's user has on it.</summary>
    public LicenseFacts UserLicense { get; init; } = new();

    /// <summary>Whether that account is known to Apple: the invitation accepted, or a managed account (L13).</summary>
    public bool IsAssociated { get; init; }

    /// <summary>How it stood before; null when nothing was known.</summary>
    public DeviceAppState? Before { get; init; }

    /// <summary>Why it failed before.</summary>
    public InstallFault? FaultBefore { get; init; }

    /// <summary>Whether what was there before was there by management.</summary>
    public bool WasManaged { get; init; } = true;

    /// <summary>The version that was there before.</summary>
    public string? VersionBefore { get; init; }

    /// <summary>What the device says now; null when it said nothing of any app.</summary>
    public AppReport? Report { get; init; }

    /// <summary>The version in the store.</summary>
    public string? LatestVersion { get; init; }

    /// <summary>Whether newer versions are pushed: the token's setting, unless the assignment says otherwise (D4).</summary>
    public bool IsUpdatedByItself { get; init; }

    /// <summary>Whether that goes for user licences, too.</summary>
    public bool AreUserLicensesUpdated { get; init; }

    /// <summary>Whether the user pressed Update in the portal.</summary>
    public bool IsUpdateAsked { get; init; }

    /// <summary>Whether the installation failed after the user asked for it: then it is not tried again by itself.</summary>
    public bool HasFailedSinceAsked { get; init; }

    /// <summary>Whether it is on the device, as far as is known.</summary>
    public bool IsInstalled => Report?.IsInstalled ?? Before is DeviceAppState.Installed;

    /// <summary>The version on the device, as far as is known.</summary>
    public string? Version => Report is { IsInstalled: true, Version: { } now } ? now : IsInstalled ? VersionBefore : null;

    /// <summary>Whether it is there by management, as far as is known.</summary>
    public bool IsManaged => Report is { IsInstalled: true, IsManaged: { } now } ? now : WasManaged;

    /// <summary>A device that has a licence of its own uses it, whatever the assignment says (L9).</summary>
    public bool UsesUserLicense => LicenseType is LicenseType.User && !DeviceLicense.IsHeld;
}
