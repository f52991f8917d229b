using VppManager.Api.Graph.Errors;

namespace VppManager.Api.Graph.Reading;

/// <summary>Where in a body something is: mobileAppAssignments[0].target.groupId.</summary>
internal sealed record BodyPath(string Segment, BodyPath? Above)
{
    public BodyPath Member(string name) => new(name, this);

    public BodyPath Item(int index) => new($"[{index}]", this);

    public GraphFault Fault(string what) =>
        GraphFault.BadRequest(ToString() is { Length: > 0 } path ? $"The property '{path}' is not valid: {what}."
            : $"The request body is not valid: {what}.");

    public override string ToString()
    {
        var above = Above?.ToString() ?? "";
        return above.Length == 0 || Segment.StartsWith('[') ? above + Segment : above + "." + Segment;
    }
}
