using System.Security.Claims;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

internal static class UsersEndpoints
{
    private const string ObjectIdClaim = "oid";

    public static void MapUsers(this IEndpointRouteBuilder version, GraphModel model)
    {
        var routes = version.MapGroup("/users").WithTags("Users");
        var users = Set(model);

        routes.MapSet(users);
        version.MapGet("/me", (HttpContext http, GraphReads reads) => users.OneAsync(http, reads, http.User.FindFirstValue(ObjectIdClaim) ?? ""))
            .WithTags("Users")
            .Reads<User>(GraphQueryOptions.One);
        MembershipRoutes.MapGroupsOf(version, model, "users", One, IdOf);
    }

    public static GraphSet<User> Set(GraphModel model) =>
        new(
            model, "users", (db, _) => db.Users, nameof(User.DisplayName), nameof(User.UserPrincipalName), nameof(User.Mail))
        {
            Named = name => user => user.UserPrincipalName!.ToLower() == name.ToLower(),
        };

    public static IQueryable<User> One(GraphReadContext db, string id) => db.Users.Where(user => user.Id == id);

    /// <summary>Users can be named by their principal name, which has no case.</summary>
    public static IQueryable<string> IdOf(GraphReadContext db, string name) =>
        db.Users.Where(user => user.UserPrincipalName!.ToLower() == name.ToLower()).Select(user => user.Id);
}
