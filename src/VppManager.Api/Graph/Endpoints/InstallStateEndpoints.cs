using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>
/// deviceStatuses, userStatuses and installSummary of an app: gone from Intune since 2023, kept in beta for the scripts that still ask.
/// </summary>
internal static class InstallStateEndpoints
{
    private const string Extension = "Extension: Intune took this address away in 2023; use the reports";

    public static void MapInstallStates(this IEndpointRouteBuilder version, GraphModel model)
    {
        if (!model.IsBeta) return;

        foreach (var cast in AppCasts.Of(model))
        {
            var parents = AppsEndpoints.Parents(model, cast);
            In(version, cast, "deviceStatuses").WithSummary(Extension).MapSet(new GraphSet<MobileAppInstallStatus>(
                model, Place(cast, "deviceStatuses"),
                (db, app) => db.InstallStatuses.Where(row => EF.Property<string>(row, ReportMapping.AppId) == app),
                nameof(MobileAppInstallStatus.DeviceName), nameof(MobileAppInstallStatus.UserPrincipalName))
            {
                HasTextKeys = true,
                Parents = parents,
                MustHaveParent = cast.Length > 0,
            }, GraphPermissions.ReadApps);

            In(version, cast, "userStatuses").WithSummary(Extension).MapSet(new GraphSet<UserAppInstallStatus>(
                model, Place(cast, "userStatuses"),
                (db, app) => db.UserInstallStatuses.Where(row => EF.Property<string>(row, ReportMapping.AppId) == app),
                nameof(UserAppInstallStatus.UserName), nameof(UserAppInstallStatus.UserPrincipalName))
            {
                HasTextKeys = true,
                Parents = parents,
                MustHaveParent = cast.Length > 0,
            }, GraphPermissions.ReadApps);

            In(version, cast, "installSummary").WithSummary(Extension)
                .MapGet("", (HttpContext http, GraphReads reads) => SummaryAsync(http, reads, model, cast, parents))
                .Reads<MobileAppInstallSummary>(ODataOptionsKind.One, GraphPermissions.ReadApps);
        }
    }

    private static RouteGroupBuilder In(IEndpointRouteBuilder version, string cast, string below) =>
        version.MapGroup($"/deviceAppManagement/mobileApps/{{{SetPath.ParentKey}}}{cast}/{below}").WithTags("Reports");

    private static string Place(string cast, string below) => $"deviceAppManagement/mobileApps('{{{SetPath.ParentKey}}}'){cast}/{below}";

    private static async Task SummaryAsync(
        HttpContext http, GraphReads reads, GraphModel model, string cast, Func<GraphReadContext, string, IQueryable<Entity>> parents)
    {
        var app = (await AppsEndpoints.KeyAsync(http, reads, parents)).ToString();
        await using var db = reads.For(http);
        var summary = await db.InstallSummaries.FirstAsync(row => row.Id == app, http.RequestAborted);
        await EntityAnswer.SelectedAsync(http, model, summary, new SetPath(Place(cast, "installSummary")).Context(http, model));
    }
}
