using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Taking licences back. Graph has the actions for iOS apps; macOS apps have them here too.</summary>
internal static class LicenseActions
{
    public static void MapLicenseActions(this IEndpointRouteBuilder version, GraphModel model)
    {
        if (!model.IsBeta) return;

        foreach (var cast in AppCasts.Of(model))
        {
            var app = version.MapGroup($"/deviceAppManagement/mobileApps/{{{SetPath.ParentKey}}}{cast}")
                .WithTags("Licenses").RequirePermission(GraphPermissions.UpdateApps);
            MapActions(app, AppsEndpoints.Parents(model, cast));
        }

        version.MapPost("/deviceManagement/managedDevices/{key}/revokeAppleVppLicenses",
            (HttpContext http, string key, Caller caller, RevokeLicenses revoke) =>
                RevokeAsync(http, caller, revoke, new RevokeScope(Device: Refusals.Key(key))))
            .WithTags("Devices").RequirePermission(GraphPermissions.RevokeFromDevices).Produces(204);
    }

    private static void MapActions(RouteGroupBuilder app, Func<GraphReadContext, string, IQueryable<Entity>> parents)
    {
        app.MapPost("/revokeAllLicenses", async (HttpContext http, Caller caller, RevokeLicenses revoke, GraphReads reads) =>
        {
            await GraphModel.Beta.ReadOrEmptyAsync<RevokeAllLicensesBody>(http);
            return await RevokeAsync(http, caller, revoke, new RevokeScope(App: await AppsEndpoints.KeyAsync(http, reads, parents)));
        }).Accepts<RevokeAllLicensesBody>("application/json").Produces(204);
        app.MapPost("/revokeDeviceLicense", async (HttpContext http, Caller caller, RevokeLicenses revoke, GraphReads reads) =>
        {
            var device = Refusals.Key((await GraphModel.Beta.ReadAsync<RevokeDeviceLicenseBody>(http)).ManagedDeviceId);
            return await RevokeAsync(http, caller, revoke, new RevokeScope(App: await AppsEndpoints.KeyAsync(http, reads, parents), Device: device));
        }).Accepts<RevokeDeviceLicenseBody>("application/json").Produces(204);
        app.MapPost("/revokeUserLicense", async (HttpContext http, Caller caller, RevokeLicenses revoke, GraphReads reads) =>
        {
            var user = Refusals.Key((await GraphModel.Beta.ReadAsync<RevokeUserLicenseBody>(http)).UserId);
            return await RevokeAsync(http, caller, revoke, new RevokeScope(App: await AppsEndpoints.KeyAsync(http, reads, parents), User: user));
        }).Accepts<RevokeUserLicenseBody>("application/json").Produces(204);
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, Caller caller, RevokeLicenses revoke, RevokeScope scope)
    {
        var revoked = await revoke.ExecuteAsync(caller.TenantId, caller.Actor, scope, http.RequestAborted);

        // Sent again because the answer was lost: the first attempt has done it.
        if (!(Repeats.IsAgain(http) && revoked is { IsOk: false } && revoked.Error == VppError.LicenseRevokedAlready)) revoked.OrFault();
        return TypedResults.NoContent();
    }
}
