using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Sync;

/// <summary>How the latest sync of a token goes, or went (S8).</summary>
internal sealed record SyncView(
    Guid Id, Guid TokenId, DateTimeOffset StartedDateTime, DateTimeOffset? FinishedDateTime, string Outcome, string? Error,
    int PagesRead, int PagesTotal, int LicensesRead, int LicensesTotal, int Corrected, int Untracked)
{
    public static SyncView Of(SyncRun run) => new(
        run.Id, run.TokenId, run.StartedAt, run.FinishedAt, EnumText.Of(run.Outcome), run.Error,
        run.PagesRead, run.PagesTotal, run.LicensesRead, run.LicensesTotal, run.Corrected, run.Untracked);
}

internal static class SyncEndpoints
{
    public static void MapSync(this IEndpointRouteBuilder app) => app.MapGet("/vpp/tokens/{id:guid}/sync", LatestAsync)
        .WithTags("Sync")
        .WithSummary("The latest synchronisation of a token, while it runs and after.")
        .Produces<SyncView>()
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequirePermission(
            "DeviceManagementServiceConfig.Read.All", "DeviceManagementServiceConfig.ReadWrite.All",
            "DeviceManagementConfiguration.Read.All", "DeviceManagementConfiguration.ReadWrite.All");

    private static async Task<IResult> LatestAsync(Guid id, Caller caller, VppContext context, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var run = await context.SyncRuns.AsNoTracking().Where(run => run.TokenId == id).OrderByDescending(run => run.StartedAt).FirstOrDefaultAsync(ct);
        if (run is not null) return Results.Ok(SyncView.Of(run));

        var refusal = VppError.NotFound("synchronisation of token", id.ToString());
        return Results.Problem(refusal.Message, statusCode: StatusCodes.Status404NotFound, extensions: new Dictionary<string, object?> { ["code"] = refusal.Code });
    }
}
