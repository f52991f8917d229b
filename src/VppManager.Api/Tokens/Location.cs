namespace VppManager.Api.Tokens;

/// <summary>Apple's location (<c>uId</c>): the owner of the pools. Belongs to one tenant of the whole service (T6).</summary>
internal sealed class Location
{
    public Guid Id { get; init; }
    public required string UId { get; init; }
    public string? Name { get; set; }
    public string? Country { get; set; }
    public string? DefaultPlatform { get; set; }
    public string? WebsiteUrl { get; set; }
    public string? MdmId { get; set; }
    public string? MdmName { get; set; }

    /// <summary>Since when <see cref="MdmId"/> is known to be so: an answer to an earlier question does not change it.</summary>
    public DateTimeOffset? OwnerSeenAt { get; set; }

    /// <summary>Stands for the account of a legacy token (T11), which has no location at Apple.</summary>
    public bool IsLegacy { get; set; }

    public DateTimeOffset? SyncedAt { get; set; }

    /// <summary>Apple's version of the users when they were last looked up after a request: what changed since is read next.</summary>
    public string? UsersVersion { get; set; }
}
