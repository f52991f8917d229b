using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using VppManager.Api.Access;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Api.Licenses.Previews;
using VppManager.Core;
using VppManager.Core.Assignments;

namespace VppManager.Api.Licenses;

/// <summary>Who waits, what a device or a user holds, and what is taken back.</summary>
internal static class HolderEndpoints
{
    private const int MostRows = 1000;
    private const string Reclaim = "Action reclaimOrphaned";

    public static void MapHolders(this WebApplication app)
    {
        var reads = app.MapGroup("/vpp").WithTags("Licences").RequirePermission(GraphPermissions.ReadApps);
        reads.MapGet("/apps/{id:guid}/waiting", WaitingAsync).WithSummary("Who waits for a licence of the app, in the order in which they will be served");
        reads.MapGet("/devices/{id:guid}/licenses", OfDeviceAsync).WithSummary("The licences that a device holds, waits for or had");
        reads.MapGet("/users/{id:guid}/licenses", OfUserAsync).WithSummary("The licences that the accounts of a user hold, wait for or had");
        reads.MapGet("/licenses/orphaned", OrphanedAsync).WithSummary("Licences of devices that are not managed any more");
        reads.MapPost("/licenses/orphaned/preview", PreviewOrphanedAsync).NotAudited(PreviewEndpoints.Undone).WithSummary("What it would do to take orphaned licences back");

        var writes = app.MapGroup("/vpp").WithTags("Licences").RequirePermission(GraphPermissions.UpdateApps);
        writes.MapPost("/licenses/orphaned/reclaim", ReclaimOrphanedAsync).WithSummary("Takes orphaned licences back, by list or by filter, and says how many of which apps");
        writes.MapPost("/licenses/revoke", RevokeAsync).WithSummary("Takes licences back: of an app, a token, a device or a user");
    }

    private static async Task<Results<Ok<WaitingPage>, ProblemHttpResult>> WaitingAsync(
        Guid id, Caller caller, LicenseReading reading, string? after, int? top, CancellationToken ct) =>
        await reading.WaitingAsync(caller.TenantId, id, after, Math.Clamp(top ?? 100, 1, MostRows), ct) is { } page
            ? TypedResults.Ok(page)
            : Problems.Of(VppError.NotFound("app", id.ToString()));

    private static async Task<Results<Ok<HolderLicensePage>, ProblemHttpResult>> OfDeviceAsync(
        Guid id, Caller caller, VppContext context, LicenseReading reading, Guid? after, int? top, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        return await context.Devices.AnyAsync(one => one.Id == id, ct)
            ? TypedResults.Ok(await reading.OfAsync(caller.TenantId, id, null, after, Math.Clamp(top ?? 100, 1, MostRows), ct))
            : Problems.Of(VppError.NotFound("device", id.ToString()));
    }

    private static async Task<Results<Ok<HolderLicensePage>, ProblemHttpResult>> OfUserAsync(
        Guid id, Caller caller, VppContext context, LicenseReading reading, Guid? after, int? top, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        return await context.Users.AnyAsync(one => one.Id == id, ct)
            ? TypedResults.Ok(await reading.OfAsync(caller.TenantId, null, id, after, Math.Clamp(top ?? 100, 1, MostRows), ct))
            : Problems.Of(VppError.NotFound("user", id.ToString()));
    }

    private static async Task<Ok<OrphanPage>> OrphanedAsync(
        Caller caller, NpgsqlDataSource database, TimeProvider time, Guid? appId, Guid? tokenId, int? days, string? serialNumber, Guid? after, int? top, CancellationToken ct)
    {
        await using var transaction = await TenantTransaction.BeginAsync(database, caller.TenantId, new Cause("read"), ct);
        var filter = new OrphanFilter(appId, tokenId, days, serialNumber);
        return TypedResults.Ok(await OrphanedLicenses.ListAsync(transaction, filter, after, Math.Clamp(top ?? 100, 1, MostRows), time.GetUtcNow(), ct));
    }

    private static async Task<IResult> PreviewOrphanedAsync(OrphanSelection selection, Caller caller, Preview preview, CancellationToken ct)
    {
        if (Fault(selection) is { } fault) return Problems.Of(fault);
        var outcome = await PreviewAsync(selection, caller, preview, ct);
        return outcome.IsOk ? TypedResults.Ok(outcome.Value) : Problems.Of(outcome.Error);
    }

    private static async Task<Results<Accepted<ReclaimAnswer>, ProblemHttpResult>> ReclaimOrphanedAsync(
        OrphanSelection selection, Caller caller, NpgsqlDataSource database, TimeProvider time, CancellationToken ct)
    {
        if (Fault(selection) is { } fault) return Problems.Of(fault);

        var now = time.GetUtcNow();
        await using var transaction = await TenantTransaction.BeginAsync(database, caller.TenantId, new Cause("reclaim", caller.Actor), ct);
        var reclaimed = await OrphanedLicenses.ReclaimAsync(transaction, selection, now, ct);
        await WriteDownAsync(transaction, reclaimed.Answer.Apps, ct);
        await RequestPlanning.AskForAsync(transaction, reclaimed.Pools, now, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Accepted((string?)null, reclaimed.Answer);
    }

    private static Task WriteDownAsync(TenantTransaction transaction, IReadOnlyList<ReclaimedApp> apps, CancellationToken ct) => apps.Count == 0
        ? AuditTrail.OfRequest.WriteAsync(transaction, new AuditNote(Reclaim, "License", null), ct)
        : AuditTrail.OfRequest.WriteReleasedAsync(transaction, Reclaim, [.. apps.Select(app => app.AppId)], [.. apps.Select(app => app.Licenses)], ct);

    private static Task<Outcome<PreviewAnswer>> PreviewAsync(OrphanSelection selection, Caller caller, Preview preview, CancellationToken ct) =>
        preview.RunAsync(caller.TenantId, async (transaction, now, token) =>
            new PreviewedChange(null, (await OrphanedLicenses.ReclaimAsync(transaction, selection, now, token)).Pools), ct);

    /// <summary>Graph has an action of its own for all licences of a device; it takes as much here, with no fewer scope tags.</summary>
    private static bool MayRevokeOfDevices(Caller caller, TenantStanding standing) => standing.Allow(caller, [ResourceActions.RevokeFromDevice]) switch
    {
        null => false,
        { Tags: null } => true,
        { Tags: var tags } => ScopeTagRules.OfCaller is { } own && !own.Except(tags).Any(),
    };

    private static VppError? Fault(OrphanSelection selection) => selection switch
    {
        { Ids: null, Filter: null } => VppError.InvalidValue("ids", "either ids or a filter is to be given; an empty filter means all."),
        { Filter.Days: < 0 or > 36500 } => VppError.InvalidValue("days", "it must be between 0 and 36500."),
        _ => null,
    };

    private static async Task<Results<Accepted<RevokeAnswer>, ProblemHttpResult>> RevokeAsync(
        RevokeRequest request, Caller caller, VppContext context, RevokeLicenses revoke, TenantStandings standings, TimeProvider time, CancellationToken ct)
    {
        if (request.Fault() is { } fault) return Problems.Of(fault);
        if (request.IsOfWholeDevice && !MayRevokeOfDevices(caller, await standings.OfAsync(caller.TenantId, ct)))
            return Problems.Of(Refusal.Action(ResourceActions.RevokeFromDevice));

        context.Tenant = caller.TenantId;
        var now = time.GetUtcNow();
        var revoked = await revoke.ExecuteAsync(caller.TenantId, caller.Actor, request.Scope, ct);
        if (!revoked.IsOk) return Problems.Of(revoked.Error);

        var pools = await revoke.PoolsAsync(request.Scope, ct);
        var isForMacs = await context.Apps.Reached().AnyAsync(app => pools.Contains(app.PoolId) && app.Kind == AppKind.MacOs, ct);
        var isForOthers = await context.Apps.Reached().AnyAsync(app => pools.Contains(app.PoolId) && app.Kind == AppKind.Ios, ct);
        return TypedResults.Accepted((string?)null, new RevokeAnswer(revoked.Value, MacGrace.UsableUntil("macOs", isForMacs ? now : null), isForOthers));
    }
}
