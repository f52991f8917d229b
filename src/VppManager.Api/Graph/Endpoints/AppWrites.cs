using VppManager.Api.Access;
using VppManager.Api.Apps;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;
using VppManager.Core;
using VppManager.Core.Assignments;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Volume-purchased apps come and go with their token: Graph refuses to make or delete them, and so do we (G3).</summary>
internal static class AppWrites
{
    public const string Refused = "It is refused, always.";

    public static void MapAppWrites(this IEndpointRouteBuilder version, GraphModel model)
    {
        var routes = version.MapGroup("/deviceAppManagement/mobileApps").WithTags("Apps");
        var set = AppsEndpoints.Set(model);

        routes.MapPost("/", IResult () => throw GraphFault.OfService(VppError.PostNotSupported))
            .WithSummary($"Refused in {model.Version}: apps appear by synchronisation")
            .RequirePermission(GraphPermissions.CreateApps).NotAudited(Refused);

        foreach (var cast in AppCasts.Of(model))
        {
            routes.MapPatch("/{key}" + cast, (HttpContext http, string key, Caller caller, PatchApp patch, GraphReads reads) =>
                PatchAsync(http, key, cast, caller, patch, reads, set)).Accepts<MobileApp>("application/json").Produces<MobileApp>()
                .RequirePermission(GraphPermissions.UpdateApps);
            var typed = AppsEndpoints.Set(model, cast);
            routes.MapDelete("/{key}" + cast, (HttpContext http, string key, Caller caller, DeleteApp delete, GraphReads reads) =>
                DeleteAsync(http, key, caller, delete, reads, typed)).Produces(204).RequirePermission(GraphPermissions.DeleteApps);
        }
    }

    private static async Task PatchAsync(
        HttpContext http, string key, string cast, Caller caller, PatchApp patch, GraphReads reads, GraphSet<MobileApp> set)
    {
        // The address may say the type, so the body need not.
        var body = await GraphModel.Beta.ReadPatchAsync<MobileApp>(http, AppCasts.TypeOf(cast));
        await set.RequireAsync(http, reads, "app", key);
        var kind = body.Value is MacOsVppApp ? AppKind.MacOs : AppKind.Ios;
        (await patch.ExecuteAsync(caller, Refusals.Key(key), kind, AppForms.Of(body), http.RequestAborted)).OrFault();
        await set.WrittenAsync(http, reads, key, StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(
        HttpContext http, string key, Caller caller, DeleteApp delete, GraphReads reads, GraphSet<MobileApp> set)
    {
        await set.RequireAsync(http, reads, "app", key);
        var deleted = await delete.ExecuteAsync(caller, Refusals.Key(key), http.RequestAborted);
        if (deleted is { IsOk: false, Error.Kind: VppErrorKind.Refused }) throw GraphFault.OfService(deleted.Error);

        deleted.OrFault();
        return TypedResults.NoContent();
    }
}
