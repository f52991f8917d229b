using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

internal static class GroupsEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder version, GraphModel model)
    {
        var routes = version.MapGroup("/groups").WithTags("Groups");

        routes.MapSet(Set(model), GraphPermissions.ReadGroups);
        MembershipRoutes.MapMembers(version, model);
        MembershipRoutes.MapGroupsOf(version, model, "groups", (db, id) => db.Groups.Where(group => group.Id == id), named: null);
        MembershipRoutes.MapGroupsOf(version, model, "devices", (db, id) => db.Devices.Where(device => device.Id == id), named: null);

        version.MapGroup("/directoryObjects").WithTags("Groups")
            .MapSet(new GraphSet<DirectoryObject>(model, "directoryObjects", (db, _) => db.DirectoryObjects, nameof(Group.DisplayName)), GraphPermissions.ReadGroups);
    }

    public static GraphSet<Group> Set(GraphModel model) =>
        new(model, "groups", (db, _) => db.Groups, nameof(Group.DisplayName), nameof(Group.Description));
}
