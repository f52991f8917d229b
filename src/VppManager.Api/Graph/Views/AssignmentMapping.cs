using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

internal static class AssignmentMapping
{
    public const string AppId = nameof(AppId);

    private const string TargetGroupId = nameof(TargetGroupId);
    private const string TargetFilterId = nameof(TargetFilterId);
    private const string TargetFilterType = nameof(TargetFilterType);

    public static void Map(ModelBuilder model)
    {
        var assignment = model.View<MobileAppAssignment>("graph_assignments");
        assignment.Property<string>(AppId).HasConversion<GuidText>();
        MapTarget(assignment);
        assignment.Property(row => row.Target).HasJson();
        assignment.Property(row => row.Settings).HasJson();
    }

    /// <summary>What a target can be filtered by, in columns of its own.</summary>
    public static void MapTarget<TAssignment>(EntityTypeBuilder<TAssignment> assignment) where TAssignment : Entity
    {
        assignment.Property<string?>(TargetGroupId).HasConversion<GuidText>();
        assignment.Property<string?>(TargetFilterId);
        assignment.Property<DeviceAndAppManagementAssignmentFilterType>(TargetFilterType);
    }

    /// <summary>The column that a property of the target can be filtered by.</summary>
    public static (string Name, Type Type)? TargetColumn(string property) => property switch
    {
        "groupId" => (TargetGroupId, typeof(string)),
        "deviceAndAppManagementAssignmentFilterId" => (TargetFilterId, typeof(string)),
        "deviceAndAppManagementAssignmentFilterType" => (TargetFilterType, typeof(DeviceAndAppManagementAssignmentFilterType)),
        _ => null,
    };
}
