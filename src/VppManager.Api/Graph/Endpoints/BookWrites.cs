using VppManager.Api.Access;
using VppManager.Api.Apps;
using VppManager.Api.Assignments;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;
using VppManager.Core;
using VppManager.Core.Assignments;

namespace VppManager.Api.Graph.Endpoints;

internal static class BookWrites
{
    private const string Books = "/deviceAppManagement/managedEBooks";

    public static void MapBookWrites(this IEndpointRouteBuilder version, GraphModel model)
    {
        var set = BooksEndpoints.Set(model);
        var routes = version.MapGroup(Books).WithTags("Books");
        routes.MapPost("/", IResult () => throw GraphFault.OfService(VppError.PostNotSupported))
            .WithSummary("Refused: books appear by synchronisation").RequirePermission(GraphPermissions.CreateApps).NotAudited(AppWrites.Refused);

        foreach (var cast in BooksEndpoints.Casts)
        {
            routes.MapPatch("/{key}" + cast, (HttpContext http, string key, Caller caller, PatchApp patch, GraphReads reads) =>
                PatchAsync(http, key, caller, patch, reads, set)).Accepts<ManagedEBook>("application/json").Produces<ManagedEBook>()
                .RequirePermission(GraphPermissions.UpdateApps);
            routes.MapDelete("/{key}" + cast, (HttpContext http, string key, GraphReads reads) => RefuseDeleteAsync(http, key, reads, set))
                .Produces(204).RequirePermission(GraphPermissions.DeleteApps).NotAudited(AppWrites.Refused);
            MapAssignments(version, model, cast);
        }
    }

    private static void MapAssignments(IEndpointRouteBuilder version, GraphModel model, string cast)
    {
        var set = BooksEndpoints.Assignments(model, cast);
        var book = version.MapGroup($"{Books}/{{{SetPath.ParentKey}}}{cast}").WithTags("Books")
            .RequirePermission(GraphPermissions.AssignApps);
        book.MapPost("/assign",
            (HttpContext http, Caller caller, AssignApp assign, GraphReads reads) => AssignAsync(http, caller, assign, reads, set))
            .Accepts<AssignBooksBody>("application/json").Produces(204);
        book.MapPost("/assignments", (HttpContext http, Caller caller, AssignApp assign, GraphReads reads) =>
            AddAsync(http, caller, assign, reads, set)).Accepts<ManagedEBookAssignment>("application/json")
                .Produces<ManagedEBookAssignment>(201);
        book.MapPatch("/assignments/{key}", (HttpContext http, string key, Caller caller, AssignApp assign, GraphReads reads) =>
            PatchAssignmentAsync(http, key, caller, assign, reads, set))
            .Accepts<ManagedEBookAssignment>("application/json").Produces<ManagedEBookAssignment>();
        book.MapDelete("/assignments/{key}", (HttpContext http, string key, Caller caller, AssignApp assign, GraphReads reads) =>
            RemoveAsync(http, key, caller, assign, reads, set)).Produces(204);
    }

    private static async Task PatchAsync(
        HttpContext http, string key, Caller caller, PatchApp patch, GraphReads reads, GraphSet<ManagedEBook> set)
    {
        var body = await GraphModel.Beta.ReadPatchAsync<ManagedEBook>(http, typeof(IosVppEBook));
        await set.RequireAsync(http, reads, "book", key);
        (await patch.ExecuteAsync(caller, Refusals.Key(key), AppKind.Book, AppForms.Of(body), http.RequestAborted)).OrFault();
        await set.WrittenAsync(http, reads, key, StatusCodes.Status200OK);
    }

    private static async Task RefuseDeleteAsync(HttpContext http, string key, GraphReads reads, GraphSet<ManagedEBook> set)
    {
        await set.RequireAsync(http, reads, "book", key);
        throw GraphFault.OfService(VppError.SyncedAppCannotBeDeleted);
    }

    private static async Task<IResult> AssignAsync(
        HttpContext http, Caller caller, AssignApp assign, GraphReads reads, GraphSet<ManagedEBookAssignment> set)
    {
        var body = await GraphModel.Beta.ReadAsync<AssignBooksBody>(http);
        var wanted = body.ManagedEBookAssignments.Select(AssignmentForms.Read).ToList();
        await ChangeAsync(http, caller, assign, reads, set, _ => Outcome.Of<IReadOnlyList<AssignmentRequest>>(wanted));
        return TypedResults.NoContent();
    }

    private static async Task AddAsync(
        HttpContext http, Caller caller, AssignApp assign, GraphReads reads, GraphSet<ManagedEBookAssignment> set)
    {
        var added = AssignmentForms.Read(await GraphModel.Beta.ReadAsync<ManagedEBookAssignment>(http));
        var id = AssignmentForms.IdOf(added.Wanted);
        await ChangeAsync(http, caller, assign, reads, set, present => Outcome.Of<IReadOnlyList<AssignmentRequest>>(
            [.. present.Where(one => AssignmentForms.IdOf(one.Wanted) != id), added]));
        await set.WrittenAsync(http, reads, id, StatusCodes.Status201Created);
    }

    private static async Task PatchAssignmentAsync(
        HttpContext http, string key, Caller caller, AssignApp assign, GraphReads reads, GraphSet<ManagedEBookAssignment> set)
    {
        var patch = await GraphModel.Beta.ReadPatchAsync<ManagedEBookAssignment>(http);
        var id = key;
        await ChangeAsync(http, caller, assign, reads, set, present =>
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
        HttpContext http, string key, Caller caller, AssignApp assign, GraphReads reads, GraphSet<ManagedEBookAssignment> set)
    {
        await ChangeAsync(http, caller, assign, reads, set, present =>
            present.Any(one => AssignmentForms.IdOf(one.Wanted) == key)
                ? Outcome.Of<IReadOnlyList<AssignmentRequest>>([.. present.Where(one => AssignmentForms.IdOf(one.Wanted) != key)])
                : VppError.NotFound("assignment", key));
        return TypedResults.NoContent();
    }

    private static async Task ChangeAsync(
        HttpContext http,
        Caller caller,
        AssignApp assign,
        GraphReads reads,
        GraphSet<ManagedEBookAssignment> set,
        Func<IReadOnlyList<AssignmentRequest>, Outcome<IReadOnlyList<AssignmentRequest>>> change)
    {
        await set.RequireAsync(http, reads, "book");
        var book = Refusals.Key(SetPath.Parent(http)!);
        (await assign.ExecuteAsync(
            caller.TenantId, caller.Actor, book, present => change([.. present.Select(AssignmentRequest.Of)]), http.RequestAborted))
                .OrFault();
    }
}
