namespace VppManager.Api.Directory;

internal sealed class Group
{
    public Guid Id { get; init; }
    public required string DisplayName { get; set; }
    public string? Description { get; set; }
    public string? MailNickname { get; set; }
    /// <summary>Of Graph's types only the one that says nothing of the members: every group here is a list.</summary>
    public string[] GroupTypes { get; set; } = [];

    public bool MailEnabled { get; set; }
    public bool SecurityEnabled { get; set; } = true;
    public DateTimeOffset CreatedAt { get; init; }
}

internal enum MemberKind
{
    User,
    Device,
    Group,
}

internal sealed class GroupMember
{
    public Guid GroupId { get; init; }
    public Guid MemberId { get; init; }
    public MemberKind MemberKind { get; init; }

    /// <summary>When the member joined, among all arrivals of the service (L5).</summary>
    public long Joined { get; init; }
}
