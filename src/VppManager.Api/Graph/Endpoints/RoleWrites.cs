using System.Text.Json;
using VppManager.Api.Access;
using VppManager.Api.Access.Roles;
using VppManager.Api.Directory;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;
using RoleAssignment = VppManager.Api.Graph.Wire.DeviceAndAppManagementRoleAssignment;

namespace VppManager.Api.Graph.Endpoints;

internal static class RoleWrites
{
    private const string Bind = "roleDefinition@odata.bind";
    private const string BindTags = "roleScopeTags@odata.bind";

    public static void MapRoleWrites(this IEndpointRouteBuilder version, GraphModel model)
    {
        MapDefinitions(version.MapGroup("/deviceManagement/roleDefinitions").WithTags("Roles"), RolesEndpoints.Set(model));
        MapAssignments(version.MapGroup("/deviceManagement/roleAssignments").WithTags("Roles"), RolesEndpoints.Assignments(model));
    }

    private static void MapDefinitions(RouteGroupBuilder roles, GraphSet<RoleDefinition> set)
    {
        roles.MapPost("/", (HttpContext http, Caller caller, EditRoles edit, GraphReads reads, Repeats repeats) =>
            repeats.CreatedAsync(http, caller, reads, set, "roleDefinitions", async () =>
                $"{(await edit.CreateAsync(caller, RoleOf(await GraphModel.Beta.ReadPatchAsync<RoleDefinition>(http)), http.RequestAborted)).OrFault().Id}")).Accepts<RoleDefinition>("application/json").Produces<RoleDefinition>(201).RequirePermission(GraphPermissions.CreateRoles);
        roles.MapPatch("/{key}", async (HttpContext http, string key, Caller caller, EditRoles edit, GraphReads reads) =>
        {
            var values = RoleOf(await GraphModel.Beta.ReadPatchAsync<RoleDefinition>(http));
            (await edit.PatchAsync(caller, Refusals.Key(key), values, http.RequestAborted)).OrFault();
            await set.WrittenAsync(http, reads, key, StatusCodes.Status200OK);
        }).Accepts<RoleDefinition>("application/json").Produces<RoleDefinition>().RequirePermission(GraphPermissions.UpdateRoles);
        roles.MapDelete("/{key}", async (HttpContext http, string key, Caller caller, EditRoles edit) =>
        {
            (await edit.DeleteAsync(caller, Refusals.Key(key), http.RequestAborted)).OrFault();
            return TypedResults.NoContent();
        }).Produces(204).RequirePermission(GraphPermissions.DeleteRoles);
    }

    private static void MapAssignments(RouteGroupBuilder assignments, GraphSet<RoleAssignment> set)
    {
        assignments.MapPost("/", (HttpContext http, Caller caller, GiveRoles give, GraphReads reads, Repeats repeats) =>
            repeats.CreatedAsync(http, caller, reads, set, "roleAssignments", async () =>
                $"{(await give.CreateAsync(caller, await AssignmentAsync(http), http.RequestAborted)).OrFault().Id}")).Accepts<RoleAssignment>("application/json").Produces<RoleAssignment>(201).RequirePermission(GraphPermissions.AssignRoles);
        assignments.MapPatch("/{key}", async (HttpContext http, string key, Caller caller, GiveRoles give, GraphReads reads) =>
        {
            (await give.PatchAsync(caller, Refusals.Key(key), await AssignmentAsync(http), http.RequestAborted)).OrFault();
            await set.WrittenAsync(http, reads, key, StatusCodes.Status200OK);
        }).Accepts<RoleAssignment>("application/json").Produces<RoleAssignment>().RequirePermission(GraphPermissions.AssignRoles);
        assignments.MapDelete("/{key}", async (HttpContext http, string key, Caller caller, GiveRoles give) =>
        {
            (await give.DeleteAsync(caller, Refusals.Key(key), http.RequestAborted)).OrFault();
            return TypedResults.NoContent();
        }).Produces(204).RequirePermission(GraphPermissions.AssignRoles);
    }

    private static RoleValues RoleOf(Patch<RoleDefinition> body)
    {
        var role = body.Value;
        Change<IReadOnlyList<string>> Actions(Func<ResourceAction, List<string>> of, bool allowed) =>
            body.Has(nameof(RoleDefinition.RolePermissions)) || body.Has(nameof(RoleDefinition.Permissions))
                ? new List<string>([
                    .. role.RolePermissions.Concat(role.Permissions).SelectMany(one => one.ResourceActions).SelectMany(of),
                    .. allowed ? role.Permissions.Concat(role.RolePermissions).SelectMany(one => one.Actions) : []])
                : default(Change<IReadOnlyList<string>>);

        return new RoleValues
        {
            DisplayName = body.Has(nameof(RoleDefinition.DisplayName)) ? role.DisplayName : default(Change<string>),
            Description = body.Has(nameof(RoleDefinition.Description)) ? role.Description : default(Change<string>),
            Allowed = Actions(one => one.AllowedResourceActions, allowed: true),
            NotAllowed = Actions(one => one.NotAllowedResourceActions, allowed: false),
            RoleScopeTagIds = body.Has(nameof(RoleDefinition.RoleScopeTagIds)) ? role.RoleScopeTagIds : default(Change<IReadOnlyList<string>>),
        };
    }

    private static async Task<AssignedRoleValues> AssignmentAsync(HttpContext http)
    {
        using var json = await JsonBody.ReadAsync(http);
        var body = GraphModel.Beta.ReadPatch<RoleAssignment>(json.RootElement);
        var given = body.Value;
        return new AssignedRoleValues
        {
            RoleDefinitionId = RoleIn(json.RootElement),
            DisplayName = body.Has(nameof(RoleAssignment.DisplayName)) ? given.DisplayName : default(Change<string>),
            Description = body.Has(nameof(RoleAssignment.Description)) ? given.Description : default(Change<string>),
            Members = Given(body, nameof(RoleAssignment.Members), given.Members),
            ResourceScopes = body.Has(nameof(RoleAssignment.ScopeMembers))
                ? given.ScopeMembers
                : Given(body, nameof(RoleAssignment.ResourceScopes), given.ResourceScopes),
            ScopeType = body.Has(nameof(RoleAssignment.ScopeType)) ? GraphName.Of(given.ScopeType.ToString()) : default(Change<string>),
            RoleScopeTagIds = json.RootElement.TryGetProperty(BindTags, out var bound) ? TagsIn(bound) : Given(body, nameof(RoleAssignment.RoleScopeTagIds), given.RoleScopeTagIds),
        };
    }

    private static Change<IReadOnlyList<string>> Given(Patch<RoleAssignment> body, string property, List<string> value) =>
        body.Has(property) ? value : default(Change<IReadOnlyList<string>>);

    /// <summary>Their ids are short numbers: <c>…/roleScopeTags('1')</c>, or <c>…/roleScopeTags/1</c>.</summary>
    private static List<string> TagsIn(JsonElement bound) =>
        bound.ValueKind is JsonValueKind.Array && bound.EnumerateArray().All(address => address.ValueKind is JsonValueKind.String)
            ? [.. bound.EnumerateArray().Select(address => address.GetString()!.TrimEnd(')', '\'')).Select(address => address[(address.LastIndexOfAny(['/', '(', '\'']) + 1)..])]
            : throw GraphFault.BadRequest($"The property '{BindTags}' must be a list of addresses.");

    private static Guid? RoleIn(JsonElement body) => !body.TryGetProperty(Bind, out var address)
        ? null
        : address.ValueKind is JsonValueKind.String ? ReferenceBody.IdOf(address.GetString()!)
            : throw GraphFault.BadRequest($"The property '{Bind}' must be an address.");
}
