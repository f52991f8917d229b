using System.Collections.Frozen;

namespace VppManager.Api.Directory;

internal sealed class DirectoryUser
{
    public const string Member = nameof(Member);

    /// <summary>Whether somebody belongs to the organisation or was invited into it. It makes no difference to licences.</summary>
    public static readonly FrozenSet<string> Types = new[] { Member, "Guest" }.ToFrozenSet(StringComparer.Ordinal);

    public Guid Id { get; init; }
    public required string UserPrincipalName { get; set; }
    public string? DisplayName { get; set; }
    public string? Mail { get; set; }
    public string? MailNickname { get; set; }
    public string? GivenName { get; set; }
    public string? Surname { get; set; }
    public string? UsageLocation { get; set; }
    public string UserType { get; set; } = Member;
    public bool AccountEnabled { get; set; } = true;
    public string? ManagedAppleId { get; set; }

    /// <summary>When the user came, among all arrivals of the service (L5).</summary>
    public long Arrival { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
