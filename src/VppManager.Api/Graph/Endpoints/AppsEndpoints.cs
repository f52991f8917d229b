using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

internal static class AppsEndpoints
{
    private const string Path = "deviceAppManagement/mobileApps";

    private static readonly string[] Searched = [nameof(MobileApp.DisplayName), nameof(MobileApp.Publisher)];

    public static void MapApps(this IEndpointRouteBuilder version, GraphModel model)
    {
        var routes = version.MapGroup("/deviceAppManagement/mobileApps").WithTags("Apps");

        routes.MapSet(Set(model), GraphPermissions.ReadApps);
        routes.MapCast(
            new GraphSet<IosVppApp>(model, Path + "/microsoft.graph.iosVppApp", (db, _) => db.IosVppApps, Searched)
            {
                Completed = IconAsync,
            },
            GraphPermissions.ReadApps);

        if (model.IsBeta)
        {
            routes.MapCast(
                new GraphSet<MacOsVppApp>(model, Path + "/microsoft.graph.macOsVppApp", (db, _) => db.MacOsVppApps, Searched)
                {
                    Completed = IconAsync,
                },
                GraphPermissions.ReadApps);
        }

        MapCategories(version, model);
    }

    public static GraphSet<MobileApp> Set(GraphModel model) => new(model, Path, Visible(model), Searched) { Completed = IconAsync };

    public static GraphSet<MobileAppCategory> Categories(GraphModel model) =>
        new(model, "deviceAppManagement/mobileAppCategories", (db, _) => db.Categories);

    /// <summary>Apps of a type that the version does not have are not there for it.</summary>
    public static IQueryable<MobileApp> In(GraphModel model, GraphReadContext db) =>
        model.IsBeta ? db.MobileApps : db.MobileApps.Where(app => app is IosVppApp);

    private static Expression<Func<GraphReadContext, string?, IQueryable<MobileApp>>> Visible(GraphModel model) =>
        model.IsBeta ? (db, _) => db.MobileApps : (db, _) => db.MobileApps.Where(app => app is IosVppApp);

    private static void MapCategories(IEndpointRouteBuilder version, GraphModel model)
    {
        var all = version.MapGroup("/deviceAppManagement/mobileAppCategories").WithTags("Apps");
        all.MapSet(Categories(model), GraphPermissions.ReadApps);

        foreach (var cast in AppCasts.Of(model))
        {
            var ofApp = version.MapGroup($"/deviceAppManagement/mobileApps/{{{SetPath.ParentKey}}}{cast}/categories").WithTags("Apps");
            ofApp.MapSet(new GraphSet<MobileAppCategory>(
                model,
                "deviceAppManagement/mobileAppCategories",
                (db, app) => db.AppCategories.Where(link => link.AppId == app)
                    .Join(db.Categories, link => link.CategoryId, row => row.Id, (_, row) => row))
            {
                Parents = (db, app) => In(model, db).Where(row => row.Id == app),
            }, GraphPermissions.ReadApps);

            if (model.IsBeta) MapRelationships(version, model, cast);
        }
    }

    private static void MapRelationships(IEndpointRouteBuilder version, GraphModel model, string cast) =>
        new EmptySet<MobileAppRelationship>(
            model,
            $"deviceAppManagement/mobileApps('{{{SetPath.ParentKey}}}'){cast}/relationships",
            (db, app) => In(model, db).Where(row => row.Id == app))
            .Map(
                version.MapGroup($"/deviceAppManagement/mobileApps/{{{SetPath.ParentKey}}}{cast}/relationships").WithTags("Apps"),
                GraphPermissions.ReadApps);

    private static async Task IconAsync(GraphReadContext db, MobileApp app, CancellationToken ct)
    {
        if (app.HasIcon) app.LargeIcon = await db.AppImages.Of(app.Id).FirstOrDefaultAsync(ct);
    }
}
