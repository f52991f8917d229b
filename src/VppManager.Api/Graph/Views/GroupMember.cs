namespace VppManager.Api.Graph.Views;

internal sealed class GroupMember
{
    public string GroupId { get; init; } = "";

    public string MemberId { get; init; } = "";
}
