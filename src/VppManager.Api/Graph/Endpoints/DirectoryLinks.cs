using System.Linq.Expressions;
using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Relations;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>
/// Whose device it is, seen from both sides. The managed device knows its user; the directory calls that owning and registering.
/// </summary>
internal static class DirectoryLinks
{
    public static void MapDirectoryLinks(this IEndpointRouteBuilder version, GraphModel model)
    {
        foreach (var name in (ReadOnlySpan<string>)["ownedDevices", "registeredDevices"])
            Map(version, model, "users", name, "Users", UsersEndpoints.One, UsersEndpoints.IdOf, DirectoryRows.DevicesOf);

        foreach (var name in (ReadOnlySpan<string>)["registeredOwners", "registeredUsers"])
            Map(version, model, "devices", name, "Devices", (db, id) => db.Devices.Where(device => device.Id == id), null, DirectoryRows.UsersOf);

        MapUsersOfDevice(version, model);
        MapOwners(version, model);
        version.MapGet("/users/{key}/manager", IResult () => throw new GraphFault(
                StatusCodes.Status404NotFound, DirectoryErrors.NotFound, DirectoryErrors.MessageOf("manager")))
            .WithTags("Users").RequirePermission(GraphPermissions.ReadUsers);
    }

    private static void MapUsersOfDevice(IEndpointRouteBuilder version, GraphModel model)
    {
        var users = version.MapGroup($"/deviceManagement/managedDevices/{{{SetPath.ParentKey}}}/users").WithTags("Devices");
        users.MapSet(new GraphSet<User>(
            model, $"deviceManagement/managedDevices('{{{SetPath.ParentKey}}}')/users", DirectoryRows.OfAddress(DirectoryRows.UsersOfManaged),
            nameof(User.DisplayName), nameof(User.UserPrincipalName))
        {
            Parents = (db, id) => db.ManagedDevices.Where(device => device.Id == id),
        }, GraphPermissions.ReadDevices);
    }

    private static void MapOwners(IEndpointRouteBuilder version, GraphModel model) =>
        new EmptySet<DirectoryObject>(model, "directoryObjects", (db, id) => db.Groups.Where(group => group.Id == id))
            .Map(version.MapGroup($"/groups/{{{SetPath.ParentKey}}}/owners").WithTags("Groups"), GraphPermissions.ReadGroups);

    private static void Map(
        IEndpointRouteBuilder version,
        GraphModel model,
        string owners,
        string name,
        string tag,
        Func<GraphReadContext, string, IQueryable<Entity>> one,
        Func<GraphReadContext, string, IQueryable<string>>? named,
        Expression<Func<GraphReadContext, string, IQueryable<DirectoryObject>>> source) =>
        version.MapGroup($"/{owners}/{{{SetPath.ParentKey}}}/{name}").WithTags(tag)
            .MapSet(
                new GraphSet<DirectoryObject>(model, "directoryObjects", DirectoryRows.OfAddress(source), nameof(User.DisplayName)) { Parents = one, ParentNamed = named },
                GraphPermissions.ReadObjects);
}
