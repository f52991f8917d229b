using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
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

    public static GraphSet<MobileApp> Set(GraphModel model, string cast = "") => new(model, Path, Visible(model, cast), Searched) { Completed = IconAsync };

    public static GraphSet<MobileAppCategory> Categories(GraphModel model) =>
        new(model, "deviceAppManagement/mobileAppCategories", (db, _) => db.Categories, nameof(MobileAppCategory.DisplayName));

    /// <summary>What hangs on apps of a type is not there on the others; and apps of a type that the version does not have are not there for it.</summary>
    public static Func<GraphReadContext, string, IQueryable<Entity>> Parents(GraphModel model, string cast)
    {
        var visible = Visible(model, cast).Compile();
        return (db, app) => visible(db, null).Where(row => row.Id == app);
    }

    /// <summary>The id of the app that the address names, when it is there as what the address says it is.</summary>
    public static async Task<Guid> KeyAsync(HttpContext http, GraphReads reads, Func<GraphReadContext, string, IQueryable<Entity>> parents)
    {
        var app = SetPath.Parent(http) ?? throw GraphFault.NotFound();
        var key = Refusals.Key(app);
        await using var db = reads.For(http);
        return await parents(db, key.ToString()).AnyAsync(http.RequestAborted) ? key : throw GraphFault.NotFound("app", app);
    }

    private static Expression<Func<GraphReadContext, string?, IQueryable<MobileApp>>> Visible(GraphModel model, string cast)
    {
        var type = AppCasts.TypeOf(cast) ?? (model.IsBeta ? null : typeof(IosVppApp));
        if (type is null) return (db, _) => db.MobileApps;
        if (type == typeof(MacOsVppApp)) return (db, _) => db.MobileApps.Where(app => app is MacOsVppApp);
        return (db, _) => db.MobileApps.Where(app => app is IosVppApp);
    }

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
                    .Join(db.Categories, link => link.CategoryId, row => row.Id, (_, row) => row),
                nameof(MobileAppCategory.DisplayName))
            {
                Parents = Parents(model, cast),
                MustHaveParent = cast.Length > 0 || !model.IsBeta,
            }, GraphPermissions.ReadApps);

            if (model.IsBeta) MapRelationships(version, model, cast);
        }
    }

    private static void MapRelationships(IEndpointRouteBuilder version, GraphModel model, string cast) =>
        new EmptySet<MobileAppRelationship>(
            model,
            $"deviceAppManagement/mobileApps('{{{SetPath.ParentKey}}}'){cast}/relationships",
            Parents(model, cast))
            .Map(
                version.MapGroup($"/deviceAppManagement/mobileApps/{{{SetPath.ParentKey}}}{cast}/relationships").WithTags("Apps"),
                GraphPermissions.ReadApps);

    private static async Task IconAsync(GraphReadContext db, MobileApp app, CancellationToken ct)
    {
        if (app.HasIcon) app.LargeIcon = await db.AppImages.Of(app.Id).FirstOrDefaultAsync(ct);
    }
}
