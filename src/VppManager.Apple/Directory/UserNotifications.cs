namespace VppManager.Apple.Directory;

/// <summary>
/// A part of a create, update or retire of users has ended: up to a hundred users, all with one result. See
/// <see href="https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications"/>.
/// </summary>
public sealed record UserManagementNotification : NotificationContent
{
    /// <summary>See <see cref="Licenses.EventType"/>.</summary>
    public string? Type { get; init; }

    /// <summary>See <see cref="NotificationResult"/>.</summary>
    public string? Result { get; init; }

    /// <summary>Why it failed; one error for all users named.</summary>
    public AppleError? Error { get; init; }

    /// <summary>The users, as they are now.</summary>
    public IReadOnlyList<AppleUser> Users { get => field ?? []; init; }
}

/// <summary>
/// Users accepted their invitations. See
/// <see href="https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications"/>.
/// </summary>
public sealed record UserAssociatedNotification : NotificationContent
{
    /// <summary>The users, as they are now.</summary>
    public IReadOnlyList<AppleUser> AssociatedUsers { get => field ?? []; init; }
}
