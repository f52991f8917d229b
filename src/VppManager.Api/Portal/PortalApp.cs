using VppManager.Api.Apps.Installs;
using VppManager.Core.Apps;
using VppManager.Core.Assignments;
using VppManager.Core.Licenses;
using VppManager.Core.Portal;

namespace VppManager.Api.Portal;

/// <summary>How far an app has come that a user asked for.</summary>
internal enum PortalState
{
    NotInstalled,

    /// <summary>Asked for; a licence is being looked for.</summary>
    Queued,

    /// <summary>No licence is left; the place in the queue is kept.</summary>
    WaitingForLicense,

    /// <summary>The licence is there, and the user has not yet accepted the invitation.</summary>
    WaitingForInvitation,

    /// <summary>Apple has confirmed the licence; the device is told at its next check-in.</summary>
    Licensed,

    /// <summary>The device has been told to install it.</summary>
    InstallHandedOut,
    Installed,
    Failed,
}

/// <summary>An app in the Company Portal, for one user on one device.</summary>
/// <param name="TokenName">The token it comes by: an app of two tokens is there twice (A4).</param>
/// <param name="Place">Which one in the queue for a licence; 1 is next.</param>
/// <param name="Prompts">What the user will be asked on the device (D6).</param>
/// <param name="Message">Why it failed, for a person.</param>
internal sealed record PortalApp(
    Guid AppId, string? DisplayName, string? Publisher, string? IconUrl, string? TokenName, PortalState State, long? Place, bool CanInstall, bool CanUpdate,
    bool IsRequired, LicenseType LicenseType, string? Version, string? LatestVersion, InstallPrompts Prompts, string? Reason, string? Message)
{
    /// <summary>Whether the portal shows the app at all: a device of User Enrollment sees no device-licensed ones (D5).</summary>
    public static bool IsShown(DeviceAppRow row) =>
        row is { IsOffered: true, Facts.IsApplicable: true } && !(row.Facts.IsUserEnrolled && !row.Facts.UsesUserLicense);

    public static PortalApp Of(DeviceAppRow row, PortalDevice device)
    {
        var (facts, decision) = (row.Facts, AppOnDevice.Decide(row.Facts));
        var (state, fault) = StateOf(row, decision);
        var license = facts.UsesUserLicense ? facts.UserLicense : facts.DeviceLicense;
        var type = facts.UsesUserLicense ? LicenseType.User : LicenseType.Device;
        return new PortalApp(
            row.AppId, row.DisplayName, row.Publisher, row.IconUrl, row.TokenName, state, row.Ahead + 1, state is PortalState.NotInstalled or PortalState.Failed,
            facts.IsInstalled && decision.HasUpdate && license.IsHeld && !facts.UsesUserLicense, row.Intent is EffectiveIntent.Required, type, facts.Version,
            row.LatestVersion, PromptRules.For(new PromptFacts(type, device.IsPersonal, device.IsSupervised, device.IsKiosk, facts.IsUserEnrolled)), fault?.Code,
            fault?.Message);
    }

    private static (PortalState, InstallFault?) StateOf(DeviceAppRow row, AppDecision decision)
    {
        var facts = row.Facts;
        if (facts.IsInstalled) return (PortalState.Installed, null);
        if (!facts.IsAsked && row.Intent is not EffectiveIntent.Required) return (PortalState.NotInstalled, null);
        if (decision.Fault is { } obstacle) return (PortalState.Failed, obstacle);
        if (facts.Before is DeviceAppState.Failed && !(row.AskedAt > row.ChangedAt)) return (PortalState.Failed, facts.FaultBefore);
        if (decision.Action is DeviceActionKind.Invite) return (PortalState.WaitingForInvitation, null);

        return (facts.UsesUserLicense ? facts.UserLicense.State : facts.DeviceLicense.State) switch
        {
            LicenseState.Waiting => (PortalState.WaitingForLicense, null),
            LicenseState.Failed => (PortalState.Failed, InstallFault.LicenseRefused),
            LicenseState.Held when row.Action is DeviceActionKind.Install => (PortalState.InstallHandedOut, null),
            LicenseState.Held => (PortalState.Licensed, null),
            _ => (PortalState.Queued, null),
        };
    }
}

/// <summary>What of the device decides about prompts.</summary>
internal sealed record PortalDevice(bool IsPersonal, bool IsSupervised, bool IsKiosk);

/// <param name="Value">The apps that the user may have on the device, by name.</param>
internal sealed record PortalApps(IReadOnlyList<PortalApp> Value);
