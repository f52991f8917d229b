using System.Linq.Expressions;
using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
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
        {
            Map<DirectoryObject>(version, model, "users", name, "Users", UsersEndpoints.One, UsersEndpoints.IdOf, (db, user) =>
                db.ManagedDevices.Where(device => device.UserId == user)
                    .Join(db.Devices, device => device.AzureADDeviceId, entry => entry.DeviceId, (_, entry) => (DirectoryObject)entry));
        }

        foreach (var name in (ReadOnlySpan<string>)["registeredOwners", "registeredUsers"])
        {
            Map<DirectoryObject>(version, model, "devices", name, "Devices", (db, id) => db.Devices.Where(device => device.Id == id), null,
                (db, id) =>
                db.Devices.Where(device => device.Id == id)
                    .Join(db.ManagedDevices, entry => entry.DeviceId, device => device.AzureADDeviceId, (_, device) => device)
                    .Join(db.Users, device => device.UserId, user => user.Id, (_, user) => (DirectoryObject)user));
        }

        MapUsersOfDevice(version, model);
        MapOwners(version, model);
        version.MapGet("/users/{key}/manager", IResult (string key) => throw new GraphFault(
                StatusCodes.Status404NotFound, "Request_ResourceNotFound", $"Resource 'manager' of '{key}' does not exist."))
            .WithTags("Users").RequirePermission(GraphPermissions.ReadUsers);
    }

    private static void MapUsersOfDevice(IEndpointRouteBuilder version, GraphModel model)
    {
        var users = version.MapGroup($"/deviceManagement/managedDevices/{{{SetPath.ParentKey}}}/users").WithTags("Devices");
        users.MapSet(new GraphSet<User>(model, $"deviceManagement/managedDevices('{{{SetPath.ParentKey}}}')/users", (db, id) =>
            db.ManagedDevices.Where(device => device.Id == id).Join(db.Users, device => device.UserId, user => user.Id, (_, user) => user))
        {
            Parents = (db, id) => db.ManagedDevices.Where(device => device.Id == id),
        }, GraphPermissions.ReadDevices);
    }

    private static void MapOwners(IEndpointRouteBuilder version, GraphModel model) =>
        new EmptySet<DirectoryObject>(model, "directoryObjects", (db, id) => db.Groups.Where(group => group.Id == id))
            .Map(version.MapGroup($"/groups/{{{SetPath.ParentKey}}}/owners").WithTags("Groups"), GraphPermissions.ReadGroups);

    private static void Map<TItem>(
        IEndpointRouteBuilder version,
        GraphModel model,
        string owners,
        string name,
        string tag,
        Func<GraphReadContext, string, IQueryable<Entity>> one,
        Func<GraphReadContext, string, IQueryable<string>>? named,
        Expression<Func<GraphReadContext, string?, IQueryable<TItem>>> source) where TItem : Entity =>
        version.MapGroup($"/{owners}/{{{SetPath.ParentKey}}}/{name}").WithTags(tag)
            .MapSet(new GraphSet<TItem>(model, "directoryObjects", source) { Parents = one, ParentNamed = named },
                GraphPermissions.ReadObjects);
}
