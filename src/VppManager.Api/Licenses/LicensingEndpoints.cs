using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Core;
using VppManager.Core.Licenses;

namespace VppManager.Api.Licenses;

/// <summary>What Graph has no word for: how far licensing has come, who waits, and what happened to a licence.</summary>
internal static class LicensingEndpoints
{
    private const int MostRows = 1000;

    private static readonly string[] States = [.. Enum.GetValues<LicenseState>().Select(EnumText.Of)];

    public static void MapLicensing(this IEndpointRouteBuilder routes)
    {
        var apps = routes.MapGroup("/vpp/apps/{id:guid}").WithTags("Licences").RequirePermission(GraphPermissions.ReadApps);
        apps.MapGet("/licensing", ProgressAsync).WithSummary("How many licences of the app are held, on their way or waited for, and whether all is settled");
        apps.MapGet("/licenses", ListAsync).WithSummary("The licences of the app, by place in the queue");

        var licenses = routes.MapGroup("/vpp/licenses/{id:guid}").WithTags("Licences");
        licenses.MapGet("/ledger", LedgerAsync).RequirePermission(GraphPermissions.ReadApps).WithSummary("Every change of the licence, oldest first");
        licenses.MapPost("/assignAgain", AssignAgainAsync).RequirePermission(GraphPermissions.AssignApps).WithSummary("Lets a revoked or failed holder have the licence again");
    }

    private static async Task<Results<Ok<Licensing>, ProblemHttpResult>> ProgressAsync(
        Guid id, Caller caller, LicensingProgress progress, CancellationToken ct) =>
        await progress.ReadAsync(caller.TenantId, id, ct) is { } found ? TypedResults.Ok(found) : Problems.Of(VppError.NotFound("app", id.ToString()));

    /// <param name="state">Only licences in this state.</param>
    /// <param name="after">The place after which to go on.</param>
    private static async Task<Results<Ok<LicensePage>, ProblemHttpResult>> ListAsync(
        Guid id, Caller caller, VppContext context, string? state, long? after, int? top, CancellationToken ct)
    {
        if (!TryRead(state, out var wanted)) return Problems.Of(VppError.InvalidValue("state", $"it must be one of {string.Join(", ", States)}."));

        context.Tenant = caller.TenantId;
        if (await context.Apps.Where(app => app.Id == id).Select(app => (Guid?)app.PoolId).SingleOrDefaultAsync(ct) is not { } pool)
            return Problems.Of(VppError.NotFound("app", id.ToString()));

        var location = await context.Pools.Where(one => one.Id == pool).Select(one => one.LocationId).SingleAsync(ct);
        var size = Math.Clamp(top ?? 100, 1, MostRows);
        var rows = await context.Licenses
            .Where(one => one.PoolId == pool && (wanted == null || one.State == wanted) && one.Place > (after ?? -1))
            .OrderBy(one => one.Place).ThenBy(one => one.Id).Take(size)
            .Select(one => new LicenseRow(
                one.Id, one.HolderKind, one.HolderKind == HolderKind.Device ? one.Holder : null, one.DeviceId, one.UserId,
                one.HolderKind == HolderKind.User ? one.Holder : null, one.State, one.Place,
                one.EntitledAt, one.ChangedAt, one.Reason, one.Tracked, one.RevokedAt, context.AppleUsers
                    .Where(user => one.HolderKind == HolderKind.User && user.LocationId == location && user.ClientUserId == one.Holder)
                    .Select(user => (AppleUserStatus?)user.Status).FirstOrDefault()))
            .ToListAsync(ct);
        return TypedResults.Ok(new LicensePage(rows, rows.Count == size ? rows[^1].Place : null));
    }

    /// <summary>The same words as in the answers.</summary>
    private static bool TryRead(string? word, out LicenseState? state)
    {
        var known = Array.IndexOf(States, word);
        state = known < 0 ? null : Enum.GetValues<LicenseState>()[known];
        return word is null || known >= 0;
    }

    private static async Task<Results<Ok<IReadOnlyList<LedgerRow>>, ProblemHttpResult>> LedgerAsync(
        Guid id, Caller caller, VppContext context, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var rows = await context.Ledger.Where(one => one.LicenseId == id).OrderBy(one => one.Id).Take(MostRows)
            .Select(one => new LedgerRow(one.At, one.FromState, one.ToState, one.Cause, one.Actor, one.Reason, one.EventId))
            .ToListAsync(ct);
        return rows.Count > 0 ? TypedResults.Ok<IReadOnlyList<LedgerRow>>(rows) : Problems.Of(VppError.NotFound("licence", id.ToString()));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> AssignAgainAsync(Guid id, Caller caller, AssignAgain assign, CancellationToken ct)
    {
        var outcome = await assign.ExecuteAsync(caller.TenantId, caller.Actor, id, ct);
        return outcome.IsOk ? TypedResults.Accepted((string?)null) : Problems.Of(outcome.Error);
    }
}

/// <param name="SerialNumber">Of the device that holds it; null for a user's licence.</param>
/// <param name="ClientUserId">By which Apple knows the user that holds it; null for a device's licence.</param>
/// <param name="Place">The order of arrival; who waits with the lowest is next.</param>
/// <param name="AccountStatus">Of a user's licence: how the account that holds it stands with Apple.</param>
internal sealed record LicenseRow(
    Guid Id, HolderKind HolderKind, string? SerialNumber, Guid? DeviceId, Guid? UserId, string? ClientUserId, LicenseState State, long Place,
    DateTimeOffset EntitledAt, DateTimeOffset ChangedAt, string? Reason, bool Tracked, DateTimeOffset? RevokedAt, AppleUserStatus? AccountStatus)
{
    /// <summary>A licence of a user who has not accepted the invitation yet is reserved, and its installs wait (L13).</summary>
    public string? Reason { get; init; } =
        Reason ?? (AccountStatus is AppleUserStatus.Registered && State is LicenseState.Assigning or LicenseState.Held ? "invitationNotAccepted" : null);
}

/// <param name="Next">The <c>after</c> of the next page; null on the last.</param>
internal sealed record LicensePage(IReadOnlyList<LicenseRow> Value, long? Next);

internal sealed record LedgerRow(
    DateTimeOffset At, LicenseState? FromState, LicenseState ToState, string Cause, string? Actor, string? Reason, string? EventId);
