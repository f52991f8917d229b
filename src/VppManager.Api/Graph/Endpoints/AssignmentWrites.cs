using VppManager.Api.Access;
using VppManager.Api.Assignments;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;
using VppManager.Core;

namespace VppManager.Api.Graph.Endpoints;

internal static class AssignmentWrites
{
    public static void MapAssignmentWrites(this IEndpointRouteBuilder version, GraphModel model)
    {
        foreach (var cast in AppCasts.Of(model))
        {
            var app = version.MapGroup($"/deviceAppManagement/mobileApps/{{{SetPath.ParentKey}}}{cast}")
                .WithTags("Assignments").RequirePermission(GraphPermissions.AssignApps);
            var set = AssignmentsEndpoints.Set(model, cast);

            app.MapPost("/assign", (HttpContext http, Caller caller, AssignApp assign, GraphReads reads) =>
                AssignAsync(http, caller, assign, reads, set)).Accepts<AssignBody>("application/json").Produces(204);
            app.MapPost("/assignments", (HttpContext http, Caller caller, AssignApp assign, GraphReads reads) =>
                AddAsync(http, caller, assign, reads, set)).Accepts<MobileAppAssignment>("application/json")
                    .Produces<MobileAppAssignment>(201);
            app.MapPatch("/assignments/{key}", (HttpContext http, string key, Caller caller, AssignApp assign, GraphReads reads) =>
                PatchAsync(http, key, caller, assign, reads, set)).Accepts<MobileAppAssignment>("application/json")
                    .Produces<MobileAppAssignment>();
            app.MapDelete("/assignments/{key}", (HttpContext http, string key, Caller caller, AssignApp assign, GraphReads reads) =>
                RemoveAsync(http, key, caller, assign, reads, set)).Produces(204);
        }
    }

    private static async Task<IResult> AssignAsync(
        HttpContext http, Caller caller, AssignApp assign, GraphReads reads, GraphSet<MobileAppAssignment> set)
    {
        var body = await GraphModel.Beta.ReadAsync<AssignBody>(http);
        var wanted = body.MobileAppAssignments.Select(AssignmentForms.Read).ToList();
        await set.RequireAsync(http, reads, "app");
        (await assign.ExecuteAsync(caller.TenantId, caller.Actor, App(http), wanted, http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }

    private static async Task AddAsync(HttpContext http, Caller caller, AssignApp assign, GraphReads reads,
        GraphSet<MobileAppAssignment> set)
    {
        var added = AssignmentForms.Read(await GraphModel.Beta.ReadAsync<MobileAppAssignment>(http));
        var id = AssignmentForms.IdOf(added.Wanted);
        await set.RequireAsync(http, reads, "app");
        await ChangeAsync(http, caller, assign, present => Outcome.Of<IReadOnlyList<AssignmentRequest>>(
            [.. present.Where(one => AssignmentForms.IdOf(one.Wanted) != id), added]));
        await set.WrittenAsync(http, reads, id, StatusCodes.Status201Created);
    }

    private static async Task PatchAsync(
        HttpContext http, string key, Caller caller, AssignApp assign, GraphReads reads, GraphSet<MobileAppAssignment> set)
    {
        var patch = await GraphModel.Beta.ReadPatchAsync<MobileAppAssignment>(http);
        var id = key;
        await set.RequireAsync(http, reads, "app");
        await ChangeAsync(http, caller, assign, present =>
        {
            var old = present.FirstOrDefault(one => AssignmentForms.IdOf(one.Wanted) == key);
            if (old is null) return VppError.NotFound("assignment", key);
            var changed = AssignmentForms.Apply(old, patch);
            id = AssignmentForms.IdOf(changed.Wanted);
            return Outcome.Of<IReadOnlyList<AssignmentRequest>>([.. present.Select(one => one == old ? changed : one)]);
        });
        await set.WrittenAsync(http, reads, id, StatusCodes.Status200OK);
    }

    private static async Task<IResult> RemoveAsync(
        HttpContext http, string key, Caller caller, AssignApp assign, GraphReads reads, GraphSet<MobileAppAssignment> set)
    {
        await set.RequireAsync(http, reads, "app");
        await ChangeAsync(http, caller, assign, present =>
            present.Any(one => AssignmentForms.IdOf(one.Wanted) == key)
                ? Outcome.Of<IReadOnlyList<AssignmentRequest>>([.. present.Where(one => AssignmentForms.IdOf(one.Wanted) != key)])
                : VppError.NotFound("assignment", key));
        return TypedResults.NoContent();
    }

    private static async Task ChangeAsync(
        HttpContext http,
        Caller caller,
        AssignApp assign,
        Func<IReadOnlyList<AssignmentRequest>, Outcome<IReadOnlyList<AssignmentRequest>>> change) =>
        (await assign.ExecuteAsync(
            caller.TenantId, caller.Actor, App(http), present => change([.. present.Select(AssignmentRequest.Of)]), http.RequestAborted))
                .OrFault();

    private static Guid App(HttpContext http) => Refusals.Key(SetPath.Parent(http) ?? throw GraphFault.NotFound());
}
