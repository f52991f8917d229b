using System.Text.Json.Serialization;

namespace VppManager.Api.Graph.Wire;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "@odata.type")]
[JsonDerivedType(typeof(AllDevicesAssignmentTarget), "#microsoft.graph.allDevicesAssignmentTarget")]
[JsonDerivedType(typeof(AllLicensedUsersAssignmentTarget), "#microsoft.graph.allLicensedUsersAssignmentTarget")]
[JsonDerivedType(typeof(ConfigurationManagerCollectionAssignmentTarget), "#microsoft.graph.configurationManagerCollectionAssignmentTarget")]
[JsonDerivedType(typeof(ExclusionGroupAssignmentTarget), "#microsoft.graph.exclusionGroupAssignmentTarget")]
[JsonDerivedType(typeof(GroupAssignmentTarget), "#microsoft.graph.groupAssignmentTarget")]
internal abstract class DeviceAndAppManagementAssignmentTarget
{
    [Beta, JsonPropertyName("deviceAndAppManagementAssignmentFilterId")] public string? DeviceAndAppManagementAssignmentFilterId { get; set; }
    [Beta, JsonPropertyName("deviceAndAppManagementAssignmentFilterType")] public DeviceAndAppManagementAssignmentFilterType DeviceAndAppManagementAssignmentFilterType { get; set; }
}

internal sealed class AllDevicesAssignmentTarget : DeviceAndAppManagementAssignmentTarget;

internal sealed class AllLicensedUsersAssignmentTarget : DeviceAndAppManagementAssignmentTarget;

internal sealed class ConfigurationManagerCollectionAssignmentTarget : DeviceAndAppManagementAssignmentTarget
{
    [JsonPropertyName("collectionId")] public string? CollectionId { get; set; }
}

internal class GroupAssignmentTarget : DeviceAndAppManagementAssignmentTarget
{
    [JsonPropertyName("groupId")] public string? GroupId { get; set; }
}

internal sealed class ExclusionGroupAssignmentTarget : GroupAssignmentTarget;

[Beta]
internal enum DeviceAndAppManagementAssignmentFilterType
{
    None,
    Include,
    Exclude,
}
