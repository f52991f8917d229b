using Microsoft.OData.ModelBuilder;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Model;

/// <summary>The actions that give reports, and the functions of the audit log.</summary>
internal static class EdmReports
{
    private static readonly string[] InBeta =
    [
        "getAppStatusOverviewReport", "getAppsInstallSummaryReport", "getUserInstallStatusReport", "getFailedMobileAppsReport",
        "getFailedMobileAppsSummaryReport", "getRelatedAppsStatusReport",
    ];

    public static void Add(ODataConventionModelBuilder builder, bool beta)
    {
        var reports = builder.EntityType<DeviceManagementReports>();
        AddReport(reports, "retrieveDeviceAppInstallationStatusReport");
        foreach (var name in beta ? InBeta : []) AddReport(reports, name);

        var audit = builder.EntityType<AuditEvent>().Collection;
        audit.Function("getAuditCategories").ReturnsCollection<string>();
        audit.Function("getAuditActivityTypes").ReturnsCollection<string>().Parameter<string>("category").Required();
    }

    private static void AddReport(EntityTypeConfiguration<DeviceManagementReports> reports, string name)
    {
        var report = reports.Action(name).Returns<Stream>();
        foreach (var text in (ReadOnlySpan<string>)["name", "search", "sessionId", "filter"]) report.Parameter<string>(text).Optional();
        foreach (var list in (ReadOnlySpan<string>)["select", "groupBy", "orderBy"]) report.CollectionParameter<string>(list).Optional();
        foreach (var number in (ReadOnlySpan<string>)["skip", "top"]) report.Parameter<int?>(number).Optional();
    }
}
