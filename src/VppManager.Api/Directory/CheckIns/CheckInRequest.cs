using VppManager.Api.Apps.Installs;
using VppManager.Core;
using VppManager.Core.Apps;
using VppManager.Core.Assignments;

namespace VppManager.Api.Directory.CheckIns;

/// <summary>What a device says when it checks in. What is left out stays as it was.</summary>
/// <param name="Apps">All apps on the device, and what went wrong with others. Left out: nothing is said of any app.</param>
/// <param name="AreAppsPartial">True: nothing is said of apps that are not named; false: they are not on the device.</param>
internal sealed record CheckInRequest(
    string? DeviceName = null, string? OsVersion = null, string? Model = null, bool? IsSupervised = null, bool? IsKiosk = null, bool? IsAppStoreBlocked = null,
    IReadOnlyList<ReportedApp>? Apps = null, bool AreAppsPartial = false)
{
    public const int MostApps = 2000;

    public VppError? Fault() =>
        ValueRules.AtMost(ValueRules.Name, "deviceName", DeviceName)
        ?? ValueRules.AtMost(ValueRules.Name, "osVersion", OsVersion)
        ?? ValueRules.AtMost(ValueRules.Name, "model", Model)
        ?? (Apps?.Count > MostApps ? VppError.InvalidValue("apps", $"it holds more than {MostApps} apps.") : null)
        ?? Apps?.Select((app, n) => app is null ? ValueRules.Missing($"apps[{n}]") : app.Fault($"apps[{n}].")).FirstOrDefault(fault => fault is not null);
}

/// <summary>How a device says that an app stands.</summary>
internal enum ReportedStatus
{
    Installed,
    NotInstalled,
    Failed,
    UserRejected,
}

/// <summary>An app as the device names it: by bundle id, or by its number in the store.</summary>
/// <param name="Version">The version on the device; when something went wrong with an update, the one still there.</param>
/// <param name="Status">Left out: installed, or failed when there is an error and no version.</param>
/// <param name="ErrorCode">The device's own number.</param>
internal sealed record ReportedApp(
    string? BundleId = null, string? AdamId = null, string? Version = null, bool? IsManaged = null, ReportedStatus? Status = null, int? ErrorCode = null,
    string? ErrorText = null)
{
    public VppError? Fault(string at) =>
        (string.IsNullOrWhiteSpace(BundleId) && string.IsNullOrWhiteSpace(AdamId) ? VppError.InvalidValue($"{at}bundleId", "it is missing, and so is adamId.") : null)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}bundleId", BundleId)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}adamId", AdamId)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}version", Version)
        ?? ValueRules.AtMost(ValueRules.Text, $"{at}errorText", ErrorText)
        ?? (Status is { } status && !Enum.IsDefined(status) ? VppError.InvalidValue($"{at}status", "there is no such status.") : null);

    private bool HasFailed => Status is ReportedStatus.Failed or ReportedStatus.UserRejected || (Status is null && ErrorCode is not null);

    public AppReport Report()
    {
        var isInstalled = Status is ReportedStatus.Installed || (Status is not ReportedStatus.NotInstalled && (Version is not null || !HasFailed));
        return new AppReport(isInstalled, IsManaged, Version, HasFailed ? FaultOf(isInstalled) : null);
    }

    private InstallFault FaultOf(bool isInstalled) => (Status, isInstalled) switch
    {
        (ReportedStatus.UserRejected, true) => InstallFault.UserRejectedUpdate,
        (ReportedStatus.UserRejected, false) => InstallFault.UserRejectedInstall,
        _ => InstallFault.OfDevice(ErrorCode),
    };
}

/// <summary>The apps of one check-in, found by either name.</summary>
internal sealed class ReportedApps
{
    private static readonly AppReport Absent = new(IsInstalled: false);

    private readonly Dictionary<string, ReportedApp> byBundle = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, ReportedApp> byNumber = new(StringComparer.Ordinal);
    private readonly AppReport? unnamed;

    public ReportedApps(IReadOnlyList<ReportedApp>? apps, bool arePartial)
    {
        unnamed = apps is null || arePartial ? null : Absent;
        foreach (var app in apps ?? [])
        {
            if (app.BundleId is { Length: > 0 } bundle) byBundle[bundle] = app;
            if (app.AdamId is { Length: > 0 } number) byNumber[number] = app;
        }
    }

    public ReportedApp? Find(string adamId, string? bundleId) =>
        byNumber.GetValueOrDefault(adamId) ?? (bundleId is null ? null : byBundle.GetValueOrDefault(bundleId));

    /// <returns>Null when the device said nothing of it. Lists of apps hold no books: those are spoken of where they are named.</returns>
    public AppReport? Of(DeviceAppRow row) => Find(row.AdamId, row.BundleId)?.Report() ?? (row.Kind is AppKind.Book ? null : unnamed);
}
