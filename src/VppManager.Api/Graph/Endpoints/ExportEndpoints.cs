using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Query;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;
using VppManager.Api.Hosting.Swagger;
using VppManager.Api.Reports;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Reports as files: asked for, polled, downloaded.</summary>
internal static class ExportEndpoints
{
    private const string Path = "deviceManagement/reports/exportJobs";

    public static void MapExports(this IEndpointRouteBuilder version, GraphModel model)
    {
        var jobs = version.MapGroup("/" + Path).WithTags("Reports").RequirePermission(GraphPermissions.ReadReports);
        jobs.MapPost("", (HttpContext http, Caller caller, ExportJobs exports, ExportLinks links) =>
            CreateAsync(http, caller, exports, links, model))
            .Accepts<DeviceManagementExportJob>("application/json").Produces<DeviceManagementExportJob>(201);
        jobs.MapGet("", (HttpContext http, Caller caller, ExportJobs exports, ExportLinks links) =>
            ListAsync(http, caller, exports, links, model))
            .Produces<GraphPage<DeviceManagementExportJob>>();
        jobs.MapGet("/{key}", (HttpContext http, string key, Caller caller, ExportJobs exports, ExportLinks links) =>
            OneAsync(http, key, caller, exports, links, model))
                .Produces<DeviceManagementExportJob>().WithODataOptions(ODataOptionsKind.One);
    }

    // The answer to the request says that nothing is done yet, as Intune does; whoever asks next finds it done.
    private static async Task CreateAsync(HttpContext http, Caller caller, ExportJobs exports, ExportLinks links, GraphModel model)
    {
        var body = await GraphModel.Beta.ReadAsync<DeviceManagementExportJob>(http);
        var request = new ReportRequest { Filter = body.Filter, Search = body.Search, Select = body.Select };
        var (format, localization) = (GraphName.Of(body.Format.ToString()), GraphName.Of(body.LocalizationType.ToString()));
        var job = (await exports.CreateAsync(caller, body.ReportName, request, format, localization, body.SnapshotId, http.RequestAborted))
            .OrFault();

        var place = new SetPath(Path);
        http.Response.Headers.Location = place.Address(http, model) + $"('{job.Id}')";
        var wire = WireOf(http, caller, job, links);
        (wire.Status, wire.Url, wire.ExpirationDateTime) = (DeviceManagementReportStatus.NotStarted, null, default);
        await EntityAnswer.SendAsync(http, model, wire, place.Context(http, model) + "/$entity", StatusCodes.Status201Created);
    }

    private static async Task OneAsync(HttpContext http, string key, Caller caller, ExportJobs exports, ExportLinks links, GraphModel model)
    {
        var job = await exports.FindAsync(caller.TenantId, key, http.RequestAborted) ?? throw GraphFault.NotFound("export job", key);
        await EntityAnswer.SelectedAsync(http, model, WireOf(http, caller, job, links), new SetPath(Path).Context(http, model));
    }

    private static async Task ListAsync(HttpContext http, Caller caller, ExportJobs exports, ExportLinks links, GraphModel model)
    {
        // Those of a day: few, so that paging them is cutting the list. What cannot be honoured is refused.
        var text = QueryText.Read(http.Request.Query);
        text?.AllowOnly("$count", "$select", "$skip", "$top");
        var target = new QueryTarget(model, typeof(DeviceManagementExportJob), []);
        var plan = text is null ? QueryPlan.Plain(target) with { PageSize = int.MaxValue } : QueryPlan.ForMany(target, text, new PlanCache());
        var jobs = await exports.ListAsync(caller.TenantId, http.RequestAborted);
        List<DeviceManagementExportJob> page = [.. jobs.Skip(plan.Skip).Take(plan.HasTop ? plan.PageSize : int.MaxValue).Select(job => WireOf(http, caller, job, links))];

        using var answer = JsonAnswer.Rent();
        new Page<DeviceManagementExportJob>(page, Next: null, plan.Count ? jobs.Count : null).Write(answer.Writer, new SetPath(Path).Context(http, model), nextLink: null, plan);
        await answer.SendAsync(http.Response, StatusCodes.Status200OK, http.RequestAborted);
    }

    private static DeviceManagementExportJob WireOf(HttpContext http, Caller caller, ExportJob job, ExportLinks links) => new()
    {
        Id = job.Id,
        ReportName = job.ReportName,
        Filter = job.Filter,
        Search = job.Search,
        Select = [.. job.Select],
        Format = Enum.Parse<DeviceManagementReportFileFormat>(job.Format, ignoreCase: true),
        LocalizationType = Enum.Parse<DeviceManagementExportJobLocalizationType>(job.LocalizationType, ignoreCase: true),
        SnapshotId = job.SnapshotId,
        RequestDateTime = job.RequestedAt,
        ExpirationDateTime = job.ExpiresAt,
        Status = DeviceManagementReportStatus.Completed,
        Url = $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{ReportsRegistration.Downloads}/{links.Sign(caller.TenantId, job)}",
    };
}
