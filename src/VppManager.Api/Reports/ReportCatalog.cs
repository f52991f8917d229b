using System.Collections.Frozen;

namespace VppManager.Api.Reports;

/// <summary>The reports there are.</summary>
internal static class ReportCatalog
{
    private static readonly ReportColumn Application = new("ApplicationId", "app_id", ReportType.Guid);
    private static readonly ReportColumn App = new("ApplicationId", "id", ReportType.Guid);

    public static readonly ReportDefinition DeviceInstallStatus = new(
        "graph_device_install_status",
        [
            new("DeviceId", "device_id", ReportType.Guid), Application, new("UserId", "user_id", ReportType.Guid),
                new("DeviceName", "device_name"),
            new("UserPrincipalName", "user_principal_name"), new("UserName", "user_name"), new("Platform", "operating_system"),
            new("AppVersion", "app_version"), new("ErrorCode", "error_code", ReportType.Number), new("HexErrorCode", "hex_error_code"),
            new("InstallState", "install_state", ReportType.Number), new("InstallStateDetail", "install_state_detail", ReportType.Number),
            new("LastModifiedDateTime", "changed_at", ReportType.Moment), new("AssignmentFilterIdsExist", "has_filters", ReportType.Flag),
            new("AppInstallState", "install_state", ReportType.Number), new("AppInstallState_loc", "install_state_text"),
            new("AppInstallStateDetails", "install_state_detail", ReportType.Number),
                new("AppInstallStateDetails_loc", "install_state_detail_text"),
            new("AppType", "app_type"),
        ],
        "device_name, id", ["device_name", "user_principal_name", "user_name"], Required: "ApplicationId");

    public static readonly ReportDefinition UserInstallStatus = new(
        "graph_user_install_status",
        [
            new("UserName", "user_name"), new("UserPrincipalName", "user_principal_name"), new("FailedCount", "failed", ReportType.Number),
            new("InstalledCount", "installed", ReportType.Number), new("PendingInstallCount", "pending", ReportType.Number),
            new("NotInstalledCount", "not_installed", ReportType.Number), new("NotApplicableCount", "not_applicable", ReportType.Number),
            new("UserId", "user_id", ReportType.Guid), Application,
        ],
        "user_name, id", ["user_name", "user_principal_name"], Required: "ApplicationId");

    // Scripts read it by position.
    public static readonly ReportDefinition AppStatusOverview = new(
        "graph_app_install_summary",
        [
            App, new("FailedDeviceCount", "failed_device_count", ReportType.Number),
            new("PendingInstallDeviceCount", "pending_install_device_count", ReportType.Number),
            new("InstalledDeviceCount", "installed_device_count", ReportType.Number),
            new("NotInstalledDeviceCount", "not_installed_device_count", ReportType.Number),
            new("NotApplicableDeviceCount", "not_applicable_device_count", ReportType.Number),
        ],
        "id", ["display_name"], Required: "ApplicationId");

    private static readonly ReportColumn[] AppSummaryColumns =
    [
        App, new("DisplayName", "display_name"), new("Publisher", "publisher"), new("Platform", "platform"),
            new("Platform_loc", "platform"),
        new("AppVersion", "latest_version"), .. Counts("DeviceCount", "device_count"), .. Counts("UserCount", "user_count"),
        new("FailedDevicePercentage", "failed_device_percentage", ReportType.Fraction),
    ];

    public static readonly ReportDefinition AppsInstallSummary =
        new("graph_app_install_summary", AppSummaryColumns, "display_name, id", ["display_name", "publisher"], "kind <> 'book'");

    public static readonly ReportDefinition FailedApps = new(
        "graph_app_install_summary", AppSummaryColumns, "failed_device_count desc, id", ["display_name", "publisher"],
        "kind <> 'book' and (failed_device_count > 0 or failed_user_count > 0)");

    public static readonly ReportDefinition FailedAppsSummary = new(
        "(select tenant_id, count(*)::int as apps, sum(failed_device_count)::int as devices, sum(failed_user_count)::int as users"
        + " from graph_app_install_summary where kind <> 'book' and failed_device_count > 0 group by tenant_id)",
        [
            new("FailedAppCount", "apps", ReportType.Number), new("FailedDeviceCount", "devices", ReportType.Number),
            new("FailedUserCount", "users", ReportType.Number),
        ],
        "apps", []);

    // Dependencies and supersedence: apps from Apple have none.
    public static readonly ReportDefinition RelatedApps = DeviceInstallStatus with { Where = "false" };

    public static readonly ReportDefinition AllApps = new(
        "graph_mobile_apps",
        [
            new("AppId", "id", ReportType.Guid), new("Name", "display_name"), new("Publisher", "publisher"), new("Type", "kind"),
            new("BundleId", "bundle_id"), new("Assigned", "is_assigned", ReportType.Flag), new("Featured", "is_featured", ReportType.Flag),
            new("Description", "description"), new("Developer", "developer"), new("Owner", "owner"), new("Notes", "notes"),
            new("TokenName", "vpp_token_display_name"), new("TotalLicenses", "total_license_count", ReportType.Number),
            new("UsedLicenses", "used_license_count", ReportType.Number), new("DateCreated", "created_date_time", ReportType.Moment),
            new("LastModified", "last_modified_date_time", ReportType.Moment),
        ],
        "display_name, id", ["display_name", "publisher"]);

    /// <summary>By the names under which they are exported.</summary>
    public static readonly FrozenDictionary<string, ReportDefinition> Exported = new Dictionary<string, ReportDefinition>
    {
        ["DeviceInstallStatusByApp"] = DeviceInstallStatus,
        ["UserInstallStatusAggregateByApp"] = UserInstallStatus,
        ["AppInstallStatusAggregate"] = AppsInstallSummary,
        ["AllAppsList"] = AllApps,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<ReportColumn> Counts(string name, string column) =>
        new[] { ("Installed", "installed"), ("Failed", "failed"), ("PendingInstall", "pending_install"),
            ("NotApplicable", "not_applicable"), ("NotInstalled", "not_installed") }
            .Select(state => new ReportColumn(state.Item1 + name, $"{state.Item2}_{column}", ReportType.Number));
}
