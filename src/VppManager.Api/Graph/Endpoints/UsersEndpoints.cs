using System.Linq.Expressions;
using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Graph.Endpoints;

internal static class UsersEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder version, GraphModel model)
    {
        var routes = version.MapGroup("/users").WithTags("Users");
        var users = Set(model);

        routes.MapSet(users, GraphPermissions.ReadUsers);
        version.MapGet("/me", (HttpContext http, GraphReads reads) => users.OneAsync(http, reads, http.Caller().ObjectId.ToString()))
            .WithTags("Users")
            .Reads<User>(ODataOptionsKind.One, GraphPermissions.ReadMe);
        MembershipRoutes.MapGroupsOf(version, model, "users", One, IdOf);
    }

    public static GraphSet<User> Set(GraphModel model) =>
        new(
            model, "users", (db, _) => db.Users, nameof(User.DisplayName), nameof(User.UserPrincipalName), nameof(User.Mail))
        {
            Named = HasName,
        };

    public static IQueryable<User> One(GraphReadContext db, string id) => db.Users.Where(user => user.Id == id);

    /// <summary>Users can be named by their principal name as well.</summary>
    public static IQueryable<string> IdOf(GraphReadContext db, string name) => db.Users.Where(HasName(name)).Select(user => user.Id);

    private static Expression<Func<User, bool>> HasName(string name) =>
#pragma warning disable CA1862 // SQL has no StringComparison: lower() on both sides is the comparison without case.
        user => user.UserPrincipalName!.ToLower() == name.ToLower();
#pragma warning restore CA1862
}
