using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Core;

namespace VppManager.Api.Sync;

/// <summary>How a sync of a token goes, or went (S8).</summary>
/// <param name="Kind"><c>full</c>: everything was read; <c>delta</c>: what had changed.</param>
/// <param name="Outcome"><c>running</c>, <c>completed</c>, <c>failed</c>, or <c>interrupted</c>: the next one goes on from there.</param>
/// <param name="Continued">Whether it went on where an interrupted one had ended.</param>
internal sealed record SyncView(
    Guid Id, Guid TokenId, string Kind, DateTimeOffset StartedDateTime, DateTimeOffset? FinishedDateTime, string Outcome, string? Error, bool Continued,
    int PagesRead, int PagesTotal, int LicensesRead, int LicensesTotal, int Corrected, int Untracked)
{
    public static SyncView Of(SyncRun run) => new(
        run.Id, run.TokenId, EnumText.Of(run.Kind), run.StartedAt, run.FinishedAt, EnumText.Of(run.Outcome), run.Error, run.StageId != run.Id,
        run.PagesRead, run.PagesTotal, run.LicensesRead, run.LicensesTotal, run.Corrected, run.Untracked);
}

internal static class SyncEndpoints
{
    private const int MostRuns = 200;

    public static void MapSync(this IEndpointRouteBuilder app)
    {
        var write = Guard.Of("DeviceManagementServiceConfig.ReadWrite.All", "DeviceManagementConfiguration.ReadWrite.All")
            .For(ResourceActions.UpdateTokens);
        var read = Guard.Of(["DeviceManagementServiceConfig.Read.All", "DeviceManagementConfiguration.Read.All", .. write.Permissions])
            .For(ResourceActions.ReadTokens);
        var token = app.MapGroup("/vpp/tokens/{id:guid}").WithTags("Sync");
        token.MapGet("/sync", LatestAsync).RequirePermission(read).WithSummary("The latest synchronisation of a token, while it runs and after.");
        token.MapGet("/syncs", HistoryAsync).RequirePermission(read).WithSummary("The synchronisations of a token, the latest first.");
        token.MapPost("/sync", AskAsync).RequirePermission(write).WithSummary("Asks for a synchronisation of a token: full, or of what has changed.");
    }

    /// <param name="kind"><c>full</c> (unless said otherwise) or <c>delta</c>; a delta becomes full when it is time for that.</param>
    private static async Task<Results<Accepted, ProblemHttpResult>> AskAsync(Guid id, string? kind, Caller caller, RequestSync sync, CancellationToken ct)
    {
        if (kind is not (null or "full" or "delta")) return Problems.Of(VppError.InvalidValue("kind", "it must be full or delta."));

        var asked = kind is "delta" ? await sync.ChangesAsync(caller.TenantId, id, ct) : await sync.ExecuteAsync(caller.TenantId, id, ct);
        return asked.IsOk ? TypedResults.Accepted((string?)null) : Problems.Of(asked.Error);
    }

    private static async Task<Results<Ok<SyncView>, ProblemHttpResult>> LatestAsync(Guid id, Caller caller, VppContext context, CancellationToken ct) =>
        await RunsAsync(id, caller, context, 1, ct) is [var run] ? TypedResults.Ok(run) : Problems.Of(VppError.NotFound("synchronisation of token", id.ToString()));

    /// <param name="top">How many, at most 200.</param>
    private static async Task<Results<Ok<IReadOnlyList<SyncView>>, ProblemHttpResult>> HistoryAsync(
        Guid id, Caller caller, VppContext context, int? top, CancellationToken ct)
    {
        var runs = await RunsAsync(id, caller, context, Math.Clamp(top ?? 50, 1, MostRuns), ct);
        return runs.Count > 0 || await context.Tokens.AnyAsync(token => token.Id == id, ct)
            ? TypedResults.Ok<IReadOnlyList<SyncView>>(runs)
            : Problems.Of(VppError.NotFound("token", id.ToString()));
    }

    private static async Task<List<SyncView>> RunsAsync(Guid token, Caller caller, VppContext context, int count, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var runs = await context.SyncRuns.AsNoTracking().Where(run => run.TokenId == token).OrderByDescending(run => run.StartedAt).Take(count).ToListAsync(ct);
        return [.. runs.Select(SyncView.Of)];
    }
}
