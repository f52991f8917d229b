namespace VppManager.Api.Directory;

internal sealed class DirectoryUser
{
    public Guid Id { get; init; }
    public required string UserPrincipalName { get; set; }
    public string? DisplayName { get; set; }
    public string? Mail { get; set; }
    public string? MailNickname { get; set; }
    public string? GivenName { get; set; }
    public string? Surname { get; set; }
    public string? UsageLocation { get; set; }
    public bool AccountEnabled { get; set; } = true;
    public string? ManagedAppleId { get; set; }

    /// <summary>When the user came, among all arrivals of the service (L5).</summary>
    public long Arrival { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
