using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Reports;

/// <summary>Reports asked for as files. A job is a note of what is wanted; its file is made when it is downloaded, for a day.</summary>
internal sealed class ExportJobs(VppContext context, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private static VppError UnknownReport => VppError.InvalidValue(
        "reportName", "it must be one of " + string.Join(", ", ReportCatalog.Exported.Keys.Order(StringComparer.Ordinal)) + ".");

    public async Task<Outcome<ExportJob>> CreateAsync(
        Caller caller, string? report, ReportRequest request, string format, string localization, string? snapshot, CancellationToken ct)
    {
        if (report is null || !ReportCatalog.Exported.TryGetValue(report, out var definition)) return UnknownReport;
        if (format is not ("csv" or "json")) return VppError.InvalidValue("format", "it must be csv or json.");
        if (ReportQuery.Of(definition, request) is { IsOk: false } refused) return refused.Error;

        var now = time.GetUtcNow();
        var job = new ExportJob
        {
            Id = $"{report}_{Guid.CreateVersion7(now)}",
            ReportName = report,
            Filter = request.Filter,
            Search = request.Search,
            Select = [.. request.Select],
            Format = format,
            LocalizationType = localization,
            SnapshotId = snapshot,
            ScopeTags = ScopeTagRules.OfCaller is { } tags ? [.. tags] : null,
            RequestedAt = now,
            ExpiresAt = now + Lifetime,
        };

        context.Tenant = caller.TenantId;
        await context.ExportJobs.Where(old => old.ExpiresAt < now).ExecuteDeleteAsync(ct);
        context.ExportJobs.Add(job);
        await context.SaveChangesAsync(ct);
        return job;
    }

    public async Task<ExportJob?> FindAsync(Guid tenant, string id, CancellationToken ct)
    {
        context.Tenant = tenant;
        var now = time.GetUtcNow();
        var job = await context.ExportJobs.AsNoTracking().FirstOrDefaultAsync(job => job.Id == id && job.ExpiresAt > now, ct);
        return job is not null && IsReached(job) ? job : null;
    }

    // Who is bound to scope tags gets no file with more than they would see.
    private static bool IsReached(ExportJob job) =>
        ScopeTagRules.OfCaller is not { } own || (job.ScopeTags is { } tags && tags.All(own.Contains));
}
