using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Reports;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Reports as files: asked for, polled, downloaded.</summary>
internal static class ExportEndpoints
{
    private const string Path = "deviceManagement/reports/exportJobs";

    public static void MapExports(this IEndpointRouteBuilder version, GraphModel model)
    {
        var set = new GraphSet<DeviceManagementExportJob>(model, Path, (db, _) => db.ExportJobs, nameof(DeviceManagementExportJob.ReportName))
        {
            HasTextKeys = true,
            Finished = Finish,
        };
        var jobs = version.MapGroup("/" + Path).WithTags("Reports");
        jobs.MapSet(set, GraphPermissions.ReadReports);
        jobs.MapPost("", (HttpContext http, Caller caller, ExportJobs exports, GraphReads reads, Repeats repeats) =>
            repeats.CreatedAsync(http, caller, reads, set, "exportJobs", () => CreateAsync(http, caller, exports)))
            .Accepts<DeviceManagementExportJob>("application/json").Produces<DeviceManagementExportJob>(201).RequirePermission(GraphPermissions.ReadReports);
    }

    private static async Task<string> CreateAsync(HttpContext http, Caller caller, ExportJobs exports)
    {
        var body = await GraphModel.Beta.ReadAsync<DeviceManagementExportJob>(http);
        var request = new ReportRequest { Filter = body.Filter, Search = body.Search, Select = body.Select };
        var (format, localization) = (GraphName.Of(body.Format.ToString()), GraphName.Of(body.LocalizationType.ToString()));
        return (await exports.CreateAsync(caller, body.ReportName, request, format, localization, body.SnapshotId, http.RequestAborted)).OrFault().Id;
    }

    // The answer to the request says that nothing is done yet, as Intune does; whoever asks next finds it done.
    private static void Finish(HttpContext http, DeviceManagementExportJob job)
    {
        if (HttpMethods.IsPost(http.Request.Method))
        {
            (job.Status, job.ExpirationDateTime) = (DeviceManagementReportStatus.NotStarted, default);
            return;
        }

        var links = http.RequestServices.GetRequiredService<ExportLinks>();
        var link = links.Sign(http.Caller().TenantId, job.Id, job.GoodUntil);
        job.Url = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{ReportsRegistration.Downloads}/{link}";
    }
}
