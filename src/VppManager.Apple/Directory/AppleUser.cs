using System.Text;

namespace VppManager.Apple.Directory;

/// <summary>
/// A user as Apple knows them at one location. One client user id may have any number of retired rows, and at most one active.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/responseuser"/>.
/// </summary>
public sealed record AppleUser
{
    /// <summary>The product's id of the user.</summary>
    public string ClientUserId { get => field ?? ""; init; }

    /// <summary>Their address, if given.</summary>
    public string? Email { get; init; }

    /// <summary>Matches the hash that devices report of their store account; once associated.</summary>
    public string? IdHash { get; init; }

    /// <summary>What the user accepts with; while registered. Whoever has it can accept: not for logs.</summary>
    public string? InviteCode { get; init; }

    /// <summary>See <see cref="AppleUserStatus"/>.</summary>
    public string? Status { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ClientUserId = ").Append(ClientUserId).Append(", Status = ").Append(Status);
        return true;
    }
}

/// <summary>The statuses of a user.</summary>
public static class AppleUserStatus
{
    /// <summary>Known, not yet with an Apple Account.</summary>
    public const string Registered = "Registered";

    /// <summary>With an Apple Account.</summary>
    public const string Associated = "Associated";

    /// <summary>Gone; keeps what cannot be taken back.</summary>
    public const string Retired = "Retired";

    /// <summary>Gone, and the account belongs to a newer user (old service only).</summary>
    public const string Deleted = "Deleted";
}

/// <summary>
/// A user to create or change. See <see href="https://developer.apple.com/documentation/devicemanagement/requestuser"/>.
/// </summary>
/// <param name="ClientUserId">The product's id: a GUID rather than an address, since addresses get reused.</param>
public sealed record RequestUser(string ClientUserId)
{
    /// <summary>Their address.</summary>
    public string? Email { get; init; }

    /// <summary>Their Managed Apple Account, of the token's organisation: associates them at once, without an invitation.</summary>
    public string? ManagedAppleId { get; init; }
}

/// <summary>
/// One page of a location's users. See <see href="https://developer.apple.com/documentation/devicemanagement/getusersresponse"/>.
/// </summary>
public sealed record UsersPage : AnswerPage
{
    /// <summary>The users.</summary>
    public IReadOnlyList<AppleUser> Users { get => field ?? []; init; }
}

/// <summary>Which users to read; empty: all.</summary>
public sealed record UsersQuery
{
    /// <summary>Only this one, in all its rows.</summary>
    public string? ClientUserId { get; init; }

    /// <summary>Only active ones.</summary>
    public bool? ActiveOnly { get; init; }

    /// <summary>Only retired ones.</summary>
    public bool? RetiredOnly { get; init; }

    /// <summary>Only what changed since this version, the one of the first page of an earlier traversal.</summary>
    public string? SinceVersionId { get; init; }
}

internal sealed record ManageUsers(IReadOnlyList<RequestUser> Users);
