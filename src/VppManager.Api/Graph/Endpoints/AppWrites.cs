using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Core;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Volume-purchased apps come and go with their token: Graph refuses to make or delete them, and so do we (G3).</summary>
internal static class AppWrites
{
    public static void MapAppWrites(this IEndpointRouteBuilder version, GraphModel model)
    {
        var routes = version.MapGroup("/deviceAppManagement/mobileApps").WithTags("Apps").RequirePermission(GraphPermissions.WriteApps);

        routes.MapPost("/", IResult () => throw Refusals.FaultOf(VppError.PostNotSupported)).WithSummary($"Refused in {model.Version}: apps appear by synchronisation");
        routes.MapDelete("/{key}", IResult (string key) => throw Refusals.FaultOf(VppError.SyncedAppCannotBeDeleted)).WithSummary("Refused: apps go with their token");
    }
}
