using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Views;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Graph.Writing;
using VppManager.Api.Hosting.Swagger;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>Who may do what (G1).</summary>
internal static class RolesEndpoints
{
    private const string Definitions = "deviceManagement/roleDefinitions";
    private const string Operations = "deviceManagement/resourceOperations";

    public static void MapRoles(this IEndpointRouteBuilder version, GraphModel model)
    {
        version.MapGroup("/" + Definitions).WithTags("Roles").MapSet(Set(model), GraphPermissions.ReadRoles);
        version.MapGroup($"/{Definitions}/{{{SetPath.ParentKey}}}/roleAssignments").WithTags("Roles").MapSet(
            new GraphSet<RoleAssignment>(model, $"{Definitions}('{{{SetPath.ParentKey}}}')/roleAssignments",
                (db, role) => db.RoleAssignments.Where(row => row.RoleDefinition!.Id == role))
            {
                Parents = (db, role) => db.RoleDefinitions.Where(row => row.Id == role),
            }, GraphPermissions.ReadRoles);

        var assignments = version.MapGroup("/deviceManagement/roleAssignments").WithTags("Roles");
        assignments.MapSet(Assignments(model), GraphPermissions.ReadRoles);
        assignments.MapGet("/{key}/roleDefinition", (HttpContext http, string key, GraphReads reads) => RoleOfAsync(http, key, reads, model))
            .Reads<RoleDefinition>(ODataOptionsKind.One, GraphPermissions.ReadRoles);
        if (model.IsBeta)
            version.MapGroup($"/deviceManagement/roleAssignments/{{{SetPath.ParentKey}}}/roleScopeTags").WithTags("Roles").MapSet(
                new GraphSet<RoleScopeTag>(model, $"deviceManagement/roleAssignments('{{{SetPath.ParentKey}}}')/roleScopeTags", (db, assignment) =>
                    db.RoleScopeTags.Where(tag => db.RoleAssignments.OfType<DeviceAndAppManagementRoleAssignment>()
                        .Any(row => row.Id == assignment && row.RoleScopeTagIds.Contains(tag.Id))))
                {
                    HasTextKeys = true,
                    Parents = (db, assignment) => db.RoleAssignments.Where(row => row.Id == assignment),
                }, GraphPermissions.ReadRoles);

        version.MapGroup("/" + Operations).WithTags("Roles").MapSet(
            new GraphSet<ResourceOperation>(model, Operations, (db, _) => db.ResourceOperations) { HasTextKeys = true }, GraphPermissions.ReadRoles);
        foreach (var call in (ReadOnlySpan<string>)["", "()", "(scope='{scope}')"])
            version.MapGet("/deviceManagement/getEffectivePermissions" + call, (HttpContext http, TenantStandings standings, GraphReads reads) =>
                EffectiveAsync(http, standings, reads, model)).WithTags("Roles").RequirePermission(GraphPermissions.ReadOwnPermissions);
    }

    public static GraphSet<RoleDefinition> Set(GraphModel model) =>
        new(model, Definitions, (db, _) => db.RoleDefinitions, nameof(RoleDefinition.DisplayName));

    public static GraphSet<DeviceAndAppManagementRoleAssignment> Assignments(GraphModel model) =>
        new(model, "deviceManagement/roleAssignments", (db, _) => db.RoleAssignments.OfType<DeviceAndAppManagementRoleAssignment>(),
            nameof(RoleAssignment.DisplayName));

    private static async Task RoleOfAsync(HttpContext http, string key, GraphReads reads, GraphModel model)
    {
        await using var db = reads.For(http);
        var id = Refusals.Key(key).ToString();
        var role = await db.RoleAssignments.Where(row => row.Id == id).Select(row => row.RoleDefinition).FirstOrDefaultAsync(http.RequestAborted)
            ?? throw GraphFault.NotFound("role assignment", key);
        await EntityAnswer.SelectedAsync(http, model, role, new SetPath(Definitions).Context(http, model), db);
    }

    /// <summary>What the caller's own roles allow; everything for whoever is not bound by roles.</summary>
    private static async Task EffectiveAsync(HttpContext http, TenantStandings standings, GraphReads reads, GraphModel model)
    {
        var caller = http.Caller();
        var standing = await standings.OfAsync(caller.TenantId, http.RequestAborted);
        await using var db = reads.For(http);
        var allowed = standing.HasAll(caller)
            ? await db.ResourceOperations.Select(row => row.Id).ToListAsync(http.RequestAborted)
            : [.. standing.Of(caller).SelectMany(grant => grant.Actions).Distinct(StringComparer.OrdinalIgnoreCase)];
        allowed.Sort(StringComparer.Ordinal);
        await ComplexAnswer.SendManyAsync(http, model,
            [new RolePermission { Actions = allowed, ResourceActions = [new ResourceAction { AllowedResourceActions = allowed }] }]);
    }
}
