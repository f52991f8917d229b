namespace VppManager.FakeApple.Directory;

/// <summary>One row of Apple's users. A client user id may have many retired rows and one active one.</summary>
internal sealed class UserRecord(string clientUserId)
{
    public const string Registered = "Registered";
    public const string Associated = "Associated";
    public const string Retired = "Retired";

    public string ClientUserId { get; } = clientUserId;

    public string? Email { get; set; }

    public string? Account { get; set; }

    public string? IdHash { get; set; }

    public string? InviteCode { get; set; }

    public string Status { get; set; } = Registered;

    public long Version { get; set; }

    public bool IsActive => Status is Registered or Associated;

    public UserBody ToBody() => new(ClientUserId, Email, IdHash, InviteCode, Status);
}

internal sealed record UserBody(string ClientUserId, string? Email, string? IdHash, string? InviteCode, string Status);

/// <summary>A user of a location as a test sees it.</summary>
public sealed record FakeUser(string ClientUserId, string? Email, string? Account, string? IdHash, string? InviteCode, string Status);
