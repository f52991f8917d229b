using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>The seats of an app. Only beta shows them.</summary>
internal static class LicensesEndpoints
{
    private static readonly string[] Searched =
        [nameof(IosVppAppAssignedLicense.UserName), nameof(IosVppAppAssignedLicense.UserPrincipalName)];

    public static void MapLicenses(this IEndpointRouteBuilder version, GraphModel model)
    {
        if (!model.IsBeta)
        {
            return;
        }

        var ios = Ios(model);
        var mac = MacOs(model);
        Group(version, "/microsoft.graph.iosVppApp").MapSet(ios, GraphPermissions.ReadLicenses);
        Group(version, "/microsoft.graph.macOsVppApp").MapSet(mac, GraphPermissions.ReadLicenses);

        // Clients leave out the cast: then the app says what it is.
        var either = Group(version, "");
        either.MapGet("", async (HttpContext http, GraphReads reads) =>
            await (await IsMacOsAsync(http, reads) ? mac.ListAsync(http, reads) : ios.ListAsync(http, reads)))
            .Reads<GraphPage<IosVppAppAssignedLicense>>(ODataOptionsKind.List, GraphPermissions.ReadLicenses);
        either.MapGet("/$count", async (HttpContext http, GraphReads reads) =>
            await (await IsMacOsAsync(http, reads) ? mac.CountAsync(http, reads) : ios.CountAsync(http, reads)))
            .Reads<int>(ODataOptionsKind.Count, GraphPermissions.ReadLicenses);
        either.MapGet("/{key}", async (HttpContext http, GraphReads reads, string key) =>
            await (await IsMacOsAsync(http, reads) ? mac.OneAsync(http, reads, key) : ios.OneAsync(http, reads, key)))
            .Reads<IosVppAppAssignedLicense>(ODataOptionsKind.One, GraphPermissions.ReadLicenses);
    }

    private static RouteGroupBuilder Group(IEndpointRouteBuilder version, string cast) =>
        version.MapGroup($"/deviceAppManagement/mobileApps/{{{SetPath.ParentKey}}}{cast}/assignedLicenses").WithTags("Licenses");

    private static GraphSet<IosVppAppAssignedLicense> Ios(GraphModel model) =>
        new(
            model,
            $"deviceAppManagement/mobileApps('{{{SetPath.ParentKey}}}')/microsoft.graph.iosVppApp/assignedLicenses",
            LicenseMapping.OfApp(db => db.IosLicenses),
            Searched)
        {
            Parents = (db, app) => db.IosVppApps.Where(row => row.Id == app),
        };

    private static GraphSet<MacOsVppAppAssignedLicense> MacOs(GraphModel model) =>
        new(
            model,
            $"deviceAppManagement/mobileApps('{{{SetPath.ParentKey}}}')/microsoft.graph.macOsVppApp/assignedLicenses",
            LicenseMapping.OfApp(db => db.MacOsLicenses),
            Searched)
        {
            Parents = (db, app) => db.MacOsVppApps.Where(row => row.Id == app),
        };

    private static async Task<bool> IsMacOsAsync(HttpContext http, GraphReads reads)
    {
        await using var db = reads.For(http);
        var app = SetPath.Parent(http) ?? throw GraphFault.NotFound();
        return await db.MacOsVppApps.AnyAsync(row => row.Id == app, http.RequestAborted);
    }
}
