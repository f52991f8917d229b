namespace VppManager.Api.Graph.Wire;

internal sealed class Group : DirectoryObject
{
    public DateTimeOffset? CreatedDateTime { get; set; }
    public string? Description { get; set; }
    public string? DisplayName { get; set; }
    public List<string> GroupTypes { get; set; } = [];
    public bool? MailEnabled { get; set; }
    public string? MailNickname { get; set; }
    [NoColumn] public List<DirectoryObject> MemberOf { get; set; } = [];
    public List<DirectoryObject> Members { get; set; } = [];
    [NoColumn, AlwaysEmpty] public List<DirectoryObject> Owners { get; set; } = [];

    public string? MembershipRule { get; set; }
    public string? MembershipRuleProcessingState { get; set; }
    public bool? SecurityEnabled { get; set; }
    [NoColumn] public List<DirectoryObject> TransitiveMemberOf { get; set; } = [];
    [NoColumn] public List<DirectoryObject> TransitiveMembers { get; set; } = [];
}
