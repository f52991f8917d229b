using VppManager.Core.Apps;
using VppManager.Core.Assignments;
using VppManager.Core.Licenses;

namespace VppManager.Api.Apps.Installs;

/// <summary>How an app stands on a device, for people.</summary>
internal enum InstallState
{
    NotInstalled,
    Pending,
    Installed,
    Failed,
    NotApplicable,
    Removed,
}

/// <summary>An app on a device: what is wanted of it, how it stands, and why.</summary>
/// <param name="TokenName">The token it comes by: an app of two tokens is there twice (A4). Null, as its id, where the caller's scope tags do not reach the token.</param>
/// <param name="Intent">What all assignments together want (A6).</param>
/// <param name="IsOffered">Whether the Company Portal shows it on this device.</param>
/// <param name="IsAsked">Whether the user asked for it there.</param>
/// <param name="LicenseState">Of the licence that it uses or would use.</param>
/// <param name="Ahead">How many wait for a licence in front; null unless waiting and asked for.</param>
/// <param name="Reason">A code of the closed list; null while nothing is wrong.</param>
/// <param name="ErrorCode">Intune's number for it.</param>
/// <param name="DeviceErrorCode">The device's own number.</param>
/// <param name="Message">For a person: why it failed, or that a newer version is there.</param>
internal sealed record DeviceAppView(
    Guid DeviceId, Guid AppId, string? DisplayName, AppKind Kind, string AdamId, string? BundleId, Guid? TokenId, string? TokenName, EffectiveIntent Intent,
    bool IsOffered, bool IsAsked, LicenseType? LicenseType, Guid? AssignmentId, LicenseState? LicenseState, long? Ahead, InstallState State, string? Reason,
    int? ErrorCode, int? DeviceErrorCode, string? DeviceErrorText, string? Message, string? Version, string? LatestVersion, bool HasUpdate,
    DeviceActionKind? Action, DateTimeOffset? ChangedDateTime)
{
    public static DeviceAppView Of(DeviceAppRow row)
    {
        var (facts, decision) = (row.Facts, AppOnDevice.Decide(row.Facts));
        var fault = facts.Before is DeviceAppState.Failed && decision.State is DeviceAppState.Pending or DeviceAppState.Failed ? facts.FaultBefore ?? decision.Fault : decision.Fault;
        var awaited = facts.Intent is EffectiveIntent.Required || (facts.Intent is EffectiveIntent.Available && facts.IsAsked);
        fault ??= awaited && decision.State is null ? AppOnDevice.LicenseFault(facts) : null;
        var state = fault is not null && !facts.IsInstalled ? InstallState.Failed : StateOf(decision.State, awaited);
        return new DeviceAppView(
            row.DeviceId, row.AppId, row.DisplayName, row.Kind, row.AdamId, row.BundleId, row.TokenId, row.TokenName, row.Intent, row.IsOffered, facts.IsAsked,
            row.LicenseType, row.AssignmentId, facts.UsesUserLicense ? facts.UserLicense.State : facts.DeviceLicense.State, row.Ahead, state, fault?.Code,
            fault?.Number, row.DeviceError, row.DeviceErrorText, fault?.Message ?? UpdateMessage(facts, decision), facts.Version, row.LatestVersion,
            decision.HasUpdate, decision.Action, row.ChangedAt);
    }

    private static InstallState StateOf(DeviceAppState? state, bool awaited) => state switch
    {
        DeviceAppState.Installed => InstallState.Installed,
        DeviceAppState.Pending => InstallState.Pending,
        DeviceAppState.Failed => InstallState.Failed,
        DeviceAppState.NotApplicable => InstallState.NotApplicable,
        DeviceAppState.Removed => InstallState.Removed,
        _ => awaited ? InstallState.Pending : InstallState.NotInstalled,
    };

    /// <summary>What an administrator is told of a newer version (D4).</summary>
    private static string? UpdateMessage(AppFacts facts, AppDecision decision) =>
        decision.HasUpdate ? $"Version {facts.LatestVersion} is available; the device has {facts.Version}." : null;
}

/// <summary>How many there are of each.</summary>
internal sealed record InstallCounts(int Installed, int Pending, int Failed, int NotInstalled, int NotApplicable)
{
    public static InstallCounts Of(IReadOnlyCollection<DeviceAppView> apps)
    {
        int Count(params ReadOnlySpan<InstallState> states)
        {
            var count = 0;
            foreach (var app in apps)
            {
                if (states.Contains(app.State)) count++;
            }

            return count;
        }

        return new InstallCounts(
            Count(InstallState.Installed), Count(InstallState.Pending), Count(InstallState.Failed), Count(InstallState.NotInstalled, InstallState.Removed),
            Count(InstallState.NotApplicable));
    }
}
