using System.Text.Json;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Endpoints;

/// <summary>The groups that a scope tag is assigned to, in Graph's form and in ours: their ids.</summary>
internal static class ScopeTagForms
{
    public static string Write(IEnumerable<RoleScopeTagAutoAssignment> assignments) => JsonSerializer.Serialize(assignments.Select(one =>
        one.Target is GroupAssignmentTarget { GroupId: { } group } and not ExclusionGroupAssignmentTarget && Guid.TryParse(group, out var id)
            ? id
            : throw GraphFault.BadRequest("The target of a scope tag must be a group.")).Distinct());

    public static List<RoleScopeTagAutoAssignment> Of(string tag, string stored) =>
        [.. JsonSerializer.Deserialize<List<Guid>>(stored)!.Select(group => new RoleScopeTagAutoAssignment
        {
            Id = $"{tag}_{group}",
            Target = new GroupAssignmentTarget { GroupId = group.ToString() },
        })];
}
