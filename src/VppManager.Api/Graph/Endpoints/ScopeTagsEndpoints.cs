using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Access.Roles;
using VppManager.Api.Directory;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Which tokens and apps belong together (G2). Only beta has them.</summary>
internal static class ScopeTagsEndpoints
{
    private const string Path = "deviceManagement/roleScopeTags";

    public static void MapScopeTags(this IEndpointRouteBuilder version, GraphModel model)
    {
        if (!model.IsBeta) return;

        var tags = version.MapGroup("/" + Path).WithTags("Roles");
        tags.MapSet(Set(model), GraphPermissions.ReadTags);
        foreach (var call in (ReadOnlySpan<string>)["", "()"])
            tags.MapGet("/hasCustomRoleScopeTag" + call, async (HttpContext http, GraphReads reads) =>
            {
                await using var db = reads.For(http);
                await ComplexAnswer.SendFlagAsync(http, model, await db.RoleScopeTags.AnyAsync(tag => !tag.IsBuiltIn, http.RequestAborted));
            }).RequirePermission(GraphPermissions.ReadTags);
        tags.MapPost("/getRoleScopeTagsById", (HttpContext http, GraphReads reads) => ByIdAsync(http, reads, model))
            .Accepts<RoleScopeTagIdsBody>("application/json").RequirePermission(GraphPermissions.ReadTags).OnlyReads();
        version.MapGroup($"/{Path}/{{{SetPath.ParentKey}}}/assignments").WithTags("Roles").MapSet(
            new GraphSet<RoleScopeTagAutoAssignment>(model, $"{Path}('{{{SetPath.ParentKey}}}')/assignments",
                (db, tag) => db.RoleScopeTagAssignments.Where(row => EF.Property<string>(row, RoleMapping.TagId) == tag))
            {
                HasTextKeys = true,
                ParentNamed = (db, tag) => db.RoleScopeTags.Where(row => row.Id == tag).Select(row => row.Id),
            }, GraphPermissions.ReadTags);
    }

    public static void MapScopeTagWrites(this IEndpointRouteBuilder version, GraphModel model)
    {
        if (!model.IsBeta) return;

        var set = Set(model);
        var tags = version.MapGroup("/" + Path).WithTags("Roles");
        tags.MapPost("/", (HttpContext http, Caller caller, EditScopeTags edit, GraphReads reads, Repeats repeats) =>
            repeats.CreatedAsync(http, caller, reads, set, "roleScopeTags", async () =>
            {
                var (name, description) = Of(await model.ReadPatchAsync<RoleScopeTag>(http));
                return $"{(await edit.CreateAsync(caller, name, description, http.RequestAborted)).OrFault().Number}";
            })).Accepts<RoleScopeTag>("application/json").Produces<RoleScopeTag>(201).RequirePermission(GraphPermissions.CreateTags);
        tags.MapPatch("/{key}", async (HttpContext http, string key, Caller caller, EditScopeTags edit, GraphReads reads) =>
        {
            var (name, description) = Of(await model.ReadPatchAsync<RoleScopeTag>(http));
            (await edit.PatchAsync(caller, key, name, description, http.RequestAborted)).OrFault();
            await set.WrittenAsync(http, reads, key, StatusCodes.Status200OK);
        }).Accepts<RoleScopeTag>("application/json").Produces<RoleScopeTag>().RequirePermission(GraphPermissions.UpdateTags);
        tags.MapDelete("/{key}", async (HttpContext http, string key, Caller caller, EditScopeTags edit) =>
        {
            (await edit.DeleteAsync(caller, key, http.RequestAborted)).OrFault();
            return TypedResults.NoContent();
        }).Produces(204).RequirePermission(GraphPermissions.DeleteTags);
        tags.MapPost("/{key}/assign", AssignAsync).Accepts<RoleScopeTagAssignBody>("application/json").RequirePermission(GraphPermissions.UpdateTags);
    }

    private static GraphSet<RoleScopeTag> Set(GraphModel model) =>
        new(model, Path, (db, _) => db.RoleScopeTags, nameof(RoleScopeTag.DisplayName)) { HasTextKeys = true };

    private static (Change<string> Name, Change<string> Description) Of(Patch<RoleScopeTag> body) => (
        body.Has(nameof(RoleScopeTag.DisplayName)) ? body.Value.DisplayName : default(Change<string>),
        body.Has(nameof(RoleScopeTag.Description)) ? body.Value.Description : default(Change<string>));

    private static async Task ByIdAsync(HttpContext http, GraphReads reads, GraphModel model)
    {
        var body = await model.ReadAsync<RoleScopeTagIdsBody>(http);
        await using var db = reads.For(http);
        var tags = await db.RoleScopeTags.Where(tag => body.RoleScopeTagIds.Contains(tag.Id)).OrderBy(tag => tag.Id).ToListAsync(http.RequestAborted);
        await ComplexAnswer.SendManyAsync(http, model, tags);
    }

    private static async Task AssignAsync(HttpContext http, string key, Caller caller, EditScopeTags edit)
    {
        var body = await GraphModel.Beta.ReadAsync<RoleScopeTagAssignBody>(http);
        var tag = (await edit.AssignAsync(caller, key, ScopeTagForms.Write(body.Assignments), http.RequestAborted)).OrFault();
        await ComplexAnswer.SendManyAsync(http, GraphModel.Beta, ScopeTagForms.Of(key, tag.Assignments));
    }
}
