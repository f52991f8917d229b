using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;

namespace VppManager.Api.Reports;

internal static class ReportsRegistration
{
    public const string Downloads = "/vpp/exports";

    public static void AddReports(this WebApplicationBuilder builder)
    {
        builder.Services.AddScoped<ExportJobs>();
        builder.Services.AddSingleton<ExportLinks>();
    }

    public static void MapReports(this WebApplication app) =>
        app.MapGet(Downloads + "/{link}", DownloadAsync).AllowAnonymous().WithTags("Reports")
            .WithSummary("The file of an export job, by its signed address").Produces<Stream>(200, "application/zip").ProducesProblem(404);

    private static FileStream TemporaryFile() => new(
        Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()),
        new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        });

    private static async Task<IResult> DownloadAsync(
        HttpContext http, string link, ExportLinks links, ExportJobs jobs, NpgsqlDataSource database, TenantStandings standings, CancellationToken ct)
    {
        if (links.Read(link) is not { } signed || (await standings.OfAsync(signed.Tenant, ct)).IsSuspended || await jobs.FindAsync(signed.Tenant, signed.Job, ct) is not { } job)
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, detail: "The address is not known, or no longer good.");

        var query = ReportQuery.Of(ReportCatalog.Exported[job.ReportName],
            new ReportRequest { Filter = job.Filter, Search = job.Search, Select = job.Select });
        if (!query.IsOk) return Problems.Of(query.Error);

        // Beside memory: a million rows are more than fit, and a failure half-way is still told.
        await using var file = TemporaryFile();
        using (RequestOrigin.Bind(job.ScopeTags))
        await using (var transaction = await TenantTransaction.BeginAsync(database, signed.Tenant, new Cause("export"), ct))
        {
            await ExportFile.WriteAsync(file, job, query.Value, transaction, ct);
        }

        file.Position = 0;
        http.Response.ContentType = "application/zip";
        http.Response.ContentLength = file.Length;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{job.Id}.zip\"";
        await file.CopyToAsync(http.Response.Body, ct);
        return Results.Empty;
    }
}
