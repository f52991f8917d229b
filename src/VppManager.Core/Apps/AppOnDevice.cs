using VppManager.Core.Assignments;
using VppManager.Core.Licenses;

namespace VppManager.Core.Apps;

/// <summary>What comes of the facts.</summary>
/// <param name="State">How it stands; null: nothing to say but what its licence lets expect.</param>
/// <param name="Action">What the device is told to do.</param>
/// <param name="Fault">Why it is not installed.</param>
/// <param name="IsGone">The user has taken it off the device: what they asked for once does not stand any more (L17).</param>
/// <param name="NeedsPlace">It uses one of the five places of the user's licence (L2).</param>
/// <param name="HasUpdate">A newer version is in the store.</param>
public sealed record AppDecision(
    DeviceAppState? State = null, DeviceActionKind? Action = null, InstallFault? Fault = null, bool IsGone = false, bool NeedsPlace = false, bool HasUpdate = false);

/// <summary>What is to be done about an app on a device (D1 to D4, L13, L14, L17, L19, L20).</summary>
public static class AppOnDevice
{
    /// <summary>Decides from the facts alone.</summary>
    /// <param name="facts">The facts.</param>
    /// <returns>The state, and what the device is to do.</returns>
    public static AppDecision Decide(AppFacts facts)
    {
        var isUnwanted = facts.Intent is EffectiveIntent.Uninstall or EffectiveIntent.None;

        // What the device names may be its own platform's app of the same asset.
        if (!facts.IsApplicable) return isUnwanted ? new AppDecision() : new AppDecision(DeviceAppState.NotApplicable);
        if (isUnwanted) return Unwanted(facts);
        if (facts.IsInstalled) return Present(facts);

        var isGone = facts is { Before: DeviceAppState.Installed, Report: not null };
        if (facts.Intent is EffectiveIntent.Required) return Missing(facts);
        if (isGone || (facts.Before is DeviceAppState.Removed && !facts.IsAsked)) return new AppDecision(DeviceAppState.Removed, IsGone: isGone);
        return facts.IsAsked ? Missing(facts) : new AppDecision();
    }

    private static AppDecision Unwanted(AppFacts facts)
    {
        var goes = facts.Intent is EffectiveIntent.Uninstall || facts.IsRemovedWhenUnassigned;
        if (facts.IsInstalled)
        {
            var remove = goes && facts.CanBeRemoved && facts.IsManaged;
            return new AppDecision(DeviceAppState.Installed, remove ? DeviceActionKind.Remove : null, NeedsPlace: IsOnUserLicense(facts), HasUpdate: HasUpdate(facts));
        }

        var wasThere = facts.Before is DeviceAppState.Installed or DeviceAppState.Removed;
        return facts.Intent is EffectiveIntent.Uninstall && wasThere ? new AppDecision(DeviceAppState.Removed) : new AppDecision();
    }

    private static AppDecision Present(AppFacts facts)
    {
        var hasUpdate = HasUpdate(facts);
        var license = facts.UsesUserLicense ? facts.UserLicense : facts.DeviceLicense;
        var pushed = facts.IsUpdatedByItself && (!facts.UsesUserLicense || facts.AreUserLicensesUpdated);
        var asked = facts.IsUpdateAsked && !facts.UsesUserLicense;
        var update = hasUpdate && license.IsHeld && facts.IsManaged && (pushed || asked);
        var action = IsTakenOver(facts) ? DeviceActionKind.Install : update ? DeviceActionKind.Update : (DeviceActionKind?)null;
        return new AppDecision(
            DeviceAppState.Installed, action, facts.Report?.Fault, NeedsPlace: IsOnUserLicense(facts), HasUpdate: hasUpdate);
    }

    /// <summary>A copy that the user had already comes under management; devices of User Enrollment do not allow it.</summary>
    private static bool IsTakenOver(AppFacts facts) =>
        facts is { IsManaged: false, IsUserEnrolled: false } && (facts.Intent is EffectiveIntent.Required || facts.IsAsked)
        && License(facts).IsHeld && (facts.IsAssociated || !facts.UsesUserLicense);

    private static AppDecision Missing(AppFacts facts)
    {
        if (Obstacle(facts) is { } obstacle) return new AppDecision(DeviceAppState.Failed, Fault: obstacle);

        var license = facts.UsesUserLicense ? facts.UserLicense : facts.DeviceLicense;
        if (!license.IsHeld) return new AppDecision();
        if (facts.UsesUserLicense && !facts.IsAssociated) return new AppDecision(Action: DeviceActionKind.Invite);
        if (facts is { Intent: EffectiveIntent.Available, Report.Fault: null, HasFailedSinceAsked: true }) return new AppDecision(DeviceAppState.Failed, Fault: facts.FaultBefore);
        if (facts is { Intent: EffectiveIntent.Available, Report.Fault: { } refused }) return new AppDecision(DeviceAppState.Failed, Fault: refused);

        var state = facts.Report?.Fault is null ? DeviceAppState.Pending : DeviceAppState.Failed;
        return new AppDecision(state, DeviceActionKind.Install, facts.Report?.Fault, NeedsPlace: facts.UsesUserLicense);
    }

    /// <summary>What no licence can help.</summary>
    private static InstallFault? Obstacle(AppFacts facts) => facts switch
    {
        { UsesUserLicense: false, IsUserEnrolled: true, DeviceLicense.IsHeld: false } => InstallFault.UserEnrollmentNeedsUserLicense,
        { UsesUserLicense: true, HasUser: false } => InstallFault.DeviceHasNoUser,
        { UsesUserLicense: true, IsAppStoreBlocked: true } => InstallFault.AppStoreBlocked,
        _ when License(facts) is { IsRevoked: true, State: not (LicenseState.Held or LicenseState.Assigning) } => InstallFault.LicenseRevoked,
        _ => null,
    };

    /// <summary>Why there is no licence, in the words that installs have for it.</summary>
    /// <param name="facts">The facts.</param>
    /// <returns>Null while one is held or on its way.</returns>
    public static InstallFault? LicenseFault(AppFacts facts) => License(facts).State switch
    {
        LicenseState.Waiting => InstallFault.NoLicensesLeft,
        LicenseState.Failed => InstallFault.LicenseRefused,
        _ => null,
    };

    private static LicenseFacts License(AppFacts facts) => facts.UsesUserLicense ? facts.UserLicense : facts.DeviceLicense;

    private static bool IsOnUserLicense(AppFacts facts) => !facts.DeviceLicense.IsHeld && facts.UserLicense.IsHeld;

    private static bool HasUpdate(AppFacts facts) => AppVersions.IsOlder(facts.Version, facts.LatestVersion);
}
