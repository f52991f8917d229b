using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

internal static class RoleMapping
{
    public const string TagId = nameof(TagId);

    private const string RoleDefinitionId = nameof(RoleDefinitionId);

    public static void Map(ModelBuilder model)
    {
        var role = model.View<RoleDefinition>("graph_role_definitions").Guids(row => row.Id);
        role.HasDiscriminator<string>("Kind").HasValue<DeviceAndAppManagementRoleDefinition>("deviceAndApp").HasValue<RoleDefinition>("other");
        role.Property(row => row.Permissions).HasJson();
        role.Property(row => row.RolePermissions).HasJson();
        role.HasMany(row => row.RoleAssignments).WithOne(row => row.RoleDefinition).HasForeignKey(RoleDefinitionId);

        var assignment = model.View<RoleAssignment>("graph_role_assignments").Guids(row => row.Id);
        assignment.HasDiscriminator<string>("Kind")
            .HasValue<DeviceAndAppManagementRoleAssignment>("deviceAndApp").HasValue<RoleAssignment>("other");
        assignment.Property<string>(RoleDefinitionId).HasConversion<GuidText>();
        model.Entity<DeviceAndAppManagementRoleAssignment>().WithoutAbsentColumns();

        model.View<RoleScopeTag>("graph_role_scope_tags").Property(tag => tag.StoredAssignments);
        model.View<ResourceOperation>("graph_resource_operations");
        var tagged = model.View<RoleScopeTagAutoAssignment>("graph_role_scope_tag_assignments");
        tagged.Property<string>(TagId);
        tagged.Property(row => row.Target).HasJson();
        AssignmentMapping.MapTarget(tagged);
    }
}
