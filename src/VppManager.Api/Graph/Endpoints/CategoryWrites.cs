using VppManager.Api.Access;
using VppManager.Api.Apps.Categories;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

internal static class CategoryWrites
{
    public static void MapCategoryWrites(this IEndpointRouteBuilder version, GraphModel model)
    {
        var set = AppsEndpoints.Categories(model);
        var categories = version.MapGroup("/deviceAppManagement/mobileAppCategories").WithTags("Apps");
        categories.MapPost("/",
            (HttpContext http, Caller caller, EditCategories edit, GraphReads reads, Repeats repeats) => repeats.CreatedAsync(http, caller, reads, set, "mobileAppCategories", async () =>
            {
                var body = await GraphModel.Beta.ReadAsync<MobileAppCategory>(http);
                return $"{(await edit.CreateAsync(caller, body.DisplayName, http.RequestAborted)).OrFault().Id}";
            }))
            .Accepts<MobileAppCategory>("application/json").Produces<MobileAppCategory>(201).RequirePermission(GraphPermissions.CreateApps);
        categories.MapPatch("/{key}", (HttpContext http, string key, Caller caller, EditCategories edit, GraphReads reads) =>
            RenameAsync(http, key, caller, edit, reads, set)).Accepts<MobileAppCategory>("application/json").Produces<MobileAppCategory>()
                .RequirePermission(GraphPermissions.UpdateApps);
        categories.MapDelete("/{key}", DeleteAsync).Produces(204).RequirePermission(GraphPermissions.DeleteApps);

        foreach (var cast in AppCasts.Of(model))
        {
            var ofApp = version.MapGroup($"/deviceAppManagement/mobileApps/{{{SetPath.ParentKey}}}{cast}/categories")
                .WithTags("Apps").RequirePermission(GraphPermissions.RelateApps);
            var parents = AppsEndpoints.Parents(model, cast);
            ofApp.MapPost("/$ref", async (HttpContext http, Caller caller, CategorizeApp categorize, GraphReads reads) =>
                await CategorizeAsync(http, caller, categorize, await AppsEndpoints.KeyAsync(http, reads, parents), await ReferenceBody.ReadAsync(http), isIn: true))
                .Accepts<ReferenceForm>("application/json").Produces(204);
            ofApp.MapDelete("/{key}/$ref", async (HttpContext http, string key, Caller caller, CategorizeApp categorize, GraphReads reads) =>
                await CategorizeAsync(http, caller, categorize, await AppsEndpoints.KeyAsync(http, reads, parents), Refusals.Key(key), isIn: false)).Produces(204);
            ofApp.MapDelete("/$ref", async (HttpContext http, Caller caller, CategorizeApp categorize, GraphReads reads) =>
                await CategorizeAsync(http, caller, categorize, await AppsEndpoints.KeyAsync(http, reads, parents), Named(http), isIn: false)).Produces(204);
        }
    }

    private static async Task RenameAsync(
        HttpContext http, string key, Caller caller, EditCategories edit, GraphReads reads, GraphSet<MobileAppCategory> set)
    {
        var body = await GraphModel.Beta.ReadPatchAsync<MobileAppCategory>(http);
        if (body.Has(nameof(MobileAppCategory.DisplayName)))
            (await edit.RenameAsync(caller, Refusals.Key(key), body.Value.DisplayName, http.RequestAborted)).OrFault();
        await set.WrittenAsync(http, reads, key, StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(HttpContext http, string key, Caller caller, EditCategories edit)
    {
        (await edit.DeleteAsync(caller, Refusals.Key(key), http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }

    // OData's other spelling: DELETE …/categories/$ref?$id=https://…/mobileAppCategories/{id}.
    private static Guid Named(HttpContext http) => http.Request.Query.TryGetValue("$id", out var id) && id is [{ Length: > 0 } address]
        ? ReferenceBody.IdOf(address)
        : throw GraphFault.BadRequest("The query option '$id' is required.");

    private static async Task<IResult> CategorizeAsync(HttpContext http, Caller caller, CategorizeApp categorize, Guid app, Guid category, bool isIn)
    {
        (await categorize.ExecuteAsync(caller, app, category, isIn, http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }
}
