using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Licenses;

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

            app.MapPost("/revokeAllLicenses", RevokeAllAsync).Accepts<RevokeAllLicensesBody>("application/json").Produces(204);
            app.MapPost("/revokeDeviceLicense", RevokeDeviceAsync).Accepts<RevokeDeviceLicenseBody>("application/json").Produces(204);
            app.MapPost("/revokeUserLicense", RevokeUserAsync).Accepts<RevokeUserLicenseBody>("application/json").Produces(204);
        }

        version.MapPost("/deviceManagement/managedDevices/{key}/revokeAppleVppLicenses", RevokeOfDeviceAsync)
            .WithTags("Devices").RequirePermission(GraphPermissions.RevokeFromDevices).Produces(204);
    }

    private static async Task<IResult> RevokeAllAsync(HttpContext http, Caller caller, RevokeLicenses revoke)
    {
        await GraphModel.Beta.ReadOrEmptyAsync<RevokeAllLicensesBody>(http);
        return await RevokeAsync(http, caller, revoke, new RevokeScope(App: App(http)));
    }

    private static async Task<IResult> RevokeDeviceAsync(HttpContext http, Caller caller, RevokeLicenses revoke)
    {
        var body = await GraphModel.Beta.ReadAsync<RevokeDeviceLicenseBody>(http);
        return await RevokeAsync(http, caller, revoke, new RevokeScope(App: App(http), Device: Refusals.Key(body.ManagedDeviceId)));
    }

    private static async Task<IResult> RevokeUserAsync(HttpContext http, Caller caller, RevokeLicenses revoke)
    {
        var body = await GraphModel.Beta.ReadAsync<RevokeUserLicenseBody>(http);
        return await RevokeAsync(http, caller, revoke, new RevokeScope(App: App(http), User: Refusals.Key(body.UserId)));
    }

    private static Task<IResult> RevokeOfDeviceAsync(HttpContext http, string key, Caller caller, RevokeLicenses revoke) =>
        RevokeAsync(http, caller, revoke, new RevokeScope(Device: Refusals.Key(key)));

    private static async Task<IResult> RevokeAsync(HttpContext http, Caller caller, RevokeLicenses revoke, RevokeScope scope)
    {
        (await revoke.ExecuteAsync(caller.TenantId, caller.Actor, scope, http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }

    private static Guid App(HttpContext http) => Refusals.Key(SetPath.Parent(http) ?? throw GraphFault.NotFound());
}
