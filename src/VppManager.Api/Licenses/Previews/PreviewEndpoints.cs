using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Assignments;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Api.Graph.Endpoints;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Hosting;
using VppManager.Core;
using VppManager.Core.Assignments;

namespace VppManager.Api.Licenses.Previews;

/// <summary>What a change would do, without doing it (A9).</summary>
internal static class PreviewEndpoints
{
    public const string Undone = "What a preview does is undone.";

    /// <summary>Group members that one preview may add or remove.</summary>
    private const int MostMembers = 1000;

    public static void MapPreviews(this WebApplication app)
    {
        var previews = app.MapGroup("/vpp").WithTags("Previews").RequirePermission(GraphPermissions.ReadApps).NotAudited(Undone);
        previews.MapPost("/apps/{id:guid}/assignments/preview", AssignmentsAsync).Accepts<AssignBody>("application/json").Produces<PreviewAnswer>()
            .WithSummary("What it would do to replace the app's assignments by these; the body is that of Graph's assign");
        previews.MapPost("/groups/{id:guid}/members/preview", MembersAsync).WithSummary("What it would do to add members to a group, or to remove some");
        previews.MapPost("/licenses/revoke/preview", RevokeAsync).WithSummary("What it would do to take licences back: of an app, a token, a device or a user");
        previews.MapPost("/tokens/{id:guid}/delete/preview", DeleteTokenAsync).Produces<DeletePreview>()
            .WithSummary("What the deletion of a token would take with it and take back before, and what it would leave behind");
    }

    private static async Task<IResult> AssignmentsAsync(Guid id, HttpContext http, Caller caller, VppContext context, AssignApp assign, Preview preview)
    {
        try
        {
            context.Tenant = caller.TenantId;
            var isBook = await context.Apps.AnyAsync(app => app.Id == id && app.Kind == AppKind.Book, http.RequestAborted);
            IReadOnlyList<AssignmentRequest> wanted = isBook
                ? [.. (await GraphModel.Beta.ReadAsync<AssignBooksBody>(http)).ManagedEBookAssignments.Select(AssignmentForms.Read)]
                : [.. (await GraphModel.Beta.ReadAsync<AssignBody>(http)).MobileAppAssignments.Select(AssignmentForms.Read)];
            return Answer(await preview.RunAsync(caller.TenantId,
                async (transaction, _, ct) => await assign.ChangeAsync(caller.Actor, id, _ => Outcome.Of(wanted), ct) is { } refusal
                    ? PreviewedChange.Of(refusal)
                    : new PreviewedChange(null, [], id, await PreviewedInstalls.DevicesOfAsync(transaction, id, ct)), http.RequestAborted));
        }
        catch (GraphFault fault)
        {
            return TypedResults.Problem(fault.Message, statusCode: fault.Status, extensions: new Dictionary<string, object?> { ["code"] = "invalidValue" });
        }
    }

    private static async Task<IResult> MembersAsync(
        Guid id, MembersRequest change, Caller caller, AddMember add, RemoveMember remove, Preview preview, CancellationToken ct)
    {
        var (adds, removes) = (change.Add ?? [], change.Remove ?? []);
        if (adds.Count + removes.Count is 0 or > MostMembers) return Problems.Of(VppError.InvalidValue("add", $"between 1 and {MostMembers} members are to be added or removed."));

        return Answer(await preview.RunAsync(caller.TenantId, async (transaction, _, token) => new PreviewedChange(
            await remove.ChangeAsync(caller, id, removes, token) ?? (adds.Count == 0 ? null : await add.ChangeAsync(caller, id, adds, token)), [],
            Devices: await PreviewedInstalls.DevicesOfAsync(transaction, adds, token)), ct));
    }

    private static async Task<IResult> RevokeAsync(RevokeRequest request, Caller caller, RevokeLicenses revoke, Preview preview, CancellationToken ct)
    {
        if (request.Fault() is { } fault) return Problems.Of(fault);

        return Answer(await preview.RunAsync(caller.TenantId, async (transaction, now, token) =>
        {
            var revoked = await revoke.ChangeAsync(transaction, caller.Actor, request.Scope, now, token);
            return new PreviewedChange(revoked.Error, revoked.IsOk ? await revoke.PoolsAsync(request.Scope, token) : [], request.Scope.App);
        }, ct));
    }

    private static async Task<IResult> DeleteTokenAsync(Guid id, Caller caller, PreviewedDeletion deletion, CancellationToken ct)
    {
        var outcome = await deletion.RunAsync(caller, id, ct);
        return outcome.IsOk ? TypedResults.Ok(outcome.Value) : Problems.Of(outcome.Error);
    }

    private static IResult Answer(Outcome<PreviewAnswer> outcome) => outcome.IsOk ? TypedResults.Ok(outcome.Value) : Problems.Of(outcome.Error);
}

/// <param name="Add">Members to add, in this order; named as in Graph.</param>
/// <param name="Remove">Members to remove.</param>
internal sealed record MembersRequest(IReadOnlyList<Guid>? Add, IReadOnlyList<Guid>? Remove);
