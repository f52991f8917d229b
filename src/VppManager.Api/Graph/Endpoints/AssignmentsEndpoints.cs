using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

internal static class AssignmentsEndpoints
{
    public static void MapAssignments(this IEndpointRouteBuilder version, GraphModel model)
    {
        foreach (var cast in AppCasts.Of(model))
        {
            var routes = version.MapGroup($"/deviceAppManagement/mobileApps/{{{SetPath.ParentKey}}}{cast}/assignments")
                .WithTags("Assignments");

            routes.MapSet(Set(model, cast), GraphPermissions.ReadApps);
        }
    }

    public static GraphSet<MobileAppAssignment> Set(GraphModel model, string cast) =>
        new(
            model,
            $"deviceAppManagement/mobileApps('{{{SetPath.ParentKey}}}'){cast}/assignments",
            model.IsBeta
                ? (db, app) => db.Assignments.Where(row => EF.Property<string>(row, AssignmentMapping.AppId) == app)
                : (db, app) => db.Assignments.Where(row =>
                    EF.Property<string>(row, AssignmentMapping.AppId) == app && db.IosVppApps.Any(ios => ios.Id == app)))
        {
            HasTextKeys = true,
            Parents = AppsEndpoints.Parents(model, cast),
            MustHaveParent = cast.Length > 0,
        };
}
