using System.Text.Json;
using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Reports;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Reports by actions: a stream of JSON with a schema and rows by position.</summary>
internal static class ReportEndpoints
{
    private static readonly (string Name, ReportDefinition Report)[] InBeta =
    [
        ("getAppStatusOverviewReport", ReportCatalog.AppStatusOverview),
        ("getAppsInstallSummaryReport", ReportCatalog.AppsInstallSummary),
        ("getUserInstallStatusReport", ReportCatalog.UserInstallStatus),
        ("getFailedMobileAppsReport", ReportCatalog.FailedApps),
        ("getFailedMobileAppsSummaryReport", ReportCatalog.FailedAppsSummary),
        ("getRelatedAppsStatusReport", ReportCatalog.RelatedApps),
    ];

    public static void MapReports(this IEndpointRouteBuilder version, GraphModel model)
    {
        var reports = version.MapGroup("/deviceManagement/reports").WithTags("Reports").RequirePermission(GraphPermissions.ReadReports).OnlyReads();
        Map(reports, "retrieveDeviceAppInstallationStatusReport", ReportCatalog.DeviceInstallStatus);
        Map(reports, "getDeviceInstallStatusReport", ReportCatalog.DeviceInstallStatus)
            .WithSummary("The older name of retrieveDeviceAppInstallationStatusReport");
        if (!model.IsBeta) return;

        foreach (var (name, report) in InBeta) Map(reports, name, report);
    }

    private static RouteHandlerBuilder Map(RouteGroupBuilder reports, string name, ReportDefinition report) =>
        reports.MapPost("/" + name,
            (HttpContext http, Caller caller, NpgsqlDataSource database) => SendAsync(http, caller, database, report))
            .Accepts<ReportBody>("application/json").Produces<Stream>(200, "application/octet-stream");

    private static async Task SendAsync(HttpContext http, Caller caller, NpgsqlDataSource database, ReportDefinition report)
    {
        var ct = http.RequestAborted;
        var body = await GraphModel.Beta.ReadOrEmptyAsync<ReportBody>(http);
        var query = ReportQuery.Of(report, body.ToRequest()).OrFault();

        await using var transaction = await TenantTransaction.BeginAsync(database, caller.TenantId, new Cause("report"), ct);
        var total = await query.CountAsync(transaction, ct);
        var rows = await query.PageAsync(transaction, ct);

        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer)) ReportJson.Write(json, total, query.Columns, rows, body.SessionId ?? "");
        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), ct);
    }
}
