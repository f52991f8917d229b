using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Books: like apps, under names of their own.</summary>
internal static class BooksEndpoints
{
    private const string Path = "deviceAppManagement/managedEBooks";

    private static readonly string[] Searched = [nameof(ManagedEBook.DisplayName), nameof(ManagedEBook.Publisher)];

    /// <summary>What may stand between a book's key and what is in the book.</summary>
    public static IReadOnlyList<string> Casts { get; } = ["", "/" + GraphName.Full(typeof(IosVppEBook))];

    public static void MapBooks(this IEndpointRouteBuilder version, GraphModel model)
    {
        var routes = version.MapGroup("/deviceAppManagement/managedEBooks").WithTags("Books");
        routes.MapSet(Set(model), GraphPermissions.ReadApps);
        routes.MapCast(
            new GraphSet<IosVppEBook>(model, Path + "/microsoft.graph.iosVppEBook", (db, _) => db.Books.OfType<IosVppEBook>(), Searched)
            {
                Completed = CoverAsync,
            },
            GraphPermissions.ReadApps);

        foreach (var cast in Casts)
        {
            In(version, cast, "/assignments").MapSet(Assignments(model, cast), GraphPermissions.ReadApps);
            MapStates(version, model, cast);
        }

        if (model.IsBeta) MapCategories(version, model);
    }

    public static GraphSet<ManagedEBook> Set(GraphModel model) =>
        new(model, Path, (db, _) => db.Books, Searched) { Completed = CoverAsync };

    public static GraphSet<ManagedEBookAssignment> Assignments(GraphModel model, string cast) =>
        new(model, Place(cast, "assignments"),
            (db, book) => db.BookAssignments.Where(row => EF.Property<string>(row, BookMapping.BookId) == book))
        {
            HasTextKeys = true,
            Parents = One,
        };

    private static void MapStates(IEndpointRouteBuilder version, GraphModel model, string cast)
    {
        In(version, cast, "/deviceStates").MapSet(new GraphSet<DeviceInstallState>(
            model, Place(cast, "deviceStates"),
                (db, book) => db.BookDeviceStates.Where(row => EF.Property<string>(row, BookMapping.BookId) == book),
            nameof(DeviceInstallState.DeviceName), nameof(DeviceInstallState.UserName))
        {
            HasTextKeys = true,
            Parents = One,
        }, GraphPermissions.ReadApps);

        In(version, cast, "/userStateSummary").MapSet(new GraphSet<UserInstallStateSummary>(
            model, Place(cast, "userStateSummary"),
                (db, book) => db.BookUserStates.Where(row => EF.Property<string>(row, BookMapping.BookId) == book),
            nameof(UserInstallStateSummary.UserName))
        {
            HasTextKeys = true,
            Parents = One,
        }, GraphPermissions.ReadApps);

        version.MapGroup($"/{Path}/{{book}}{cast}/userStateSummary/{{{SetPath.ParentKey}}}/deviceStates").WithTags("Books").MapSet(
            new GraphSet<DeviceInstallState>(
                model, $"{Path}/userStateSummary('{{{SetPath.ParentKey}}}')/deviceStates",
                (db, summary) => db.BookDeviceStates.Where(row => EF.Property<string>(row, BookMapping.SummaryId) == summary))
            {
                HasTextKeys = true,
                Parents = (db, summary) => db.BookUserStates.Where(row => row.Id == summary),
                ParentNamed = (db, summary) => db.BookUserStates.Where(row => row.Id == summary).Select(row => row.Id),
            }, GraphPermissions.ReadApps);

        In(version, cast, "/installSummary").MapGet("", (HttpContext http, GraphReads reads) => SummaryAsync(http, reads, model, cast))
            .Reads<EBookInstallSummary>(ODataOptionsKind.One, GraphPermissions.ReadApps);
    }

    private static void MapCategories(IEndpointRouteBuilder version, GraphModel model)
    {
        new EmptySet<ManagedEBookCategory>(model, "deviceAppManagement/managedEBookCategories")
            .Map(version.MapGroup("/deviceAppManagement/managedEBookCategories").WithTags("Books"), GraphPermissions.ReadApps);

        foreach (var cast in Casts)
        {
            new EmptySet<ManagedEBookCategory>(model, "deviceAppManagement/managedEBookCategories", One)
                .Map(In(version, cast, "/categories"), GraphPermissions.ReadApps);
        }
    }

    private static RouteGroupBuilder In(IEndpointRouteBuilder version, string cast, string below) =>
        version.MapGroup($"/{Path}/{{{SetPath.ParentKey}}}{cast}{below}").WithTags("Books");

    private static string Place(string cast, string below) => $"{Path}('{{{SetPath.ParentKey}}}'){cast}/{below}";

    private static IQueryable<Entity> One(GraphReadContext db, string id) => db.Books.Where(book => book.Id == id);

    private static async Task CoverAsync(GraphReadContext db, ManagedEBook book, CancellationToken ct)
    {
        if (book.HasCover) book.LargeCover = await db.AppImages.Of(book.Id).FirstOrDefaultAsync(ct);
    }

    private static async Task SummaryAsync(HttpContext http, GraphReads reads, GraphModel model, string cast)
    {
        await using var db = reads.For(http);
        var id = Refusals.Key(SetPath.Parent(http)!).ToString();
        var summary = await db.BookSummaries.FirstOrDefaultAsync(row => row.Id == id, http.RequestAborted) ?? throw GraphFault.NotFound();
        await EntityAnswer.SelectedAsync(http, model, summary, new SetPath(Place(cast, "installSummary")).Context(http, model));
    }
}
