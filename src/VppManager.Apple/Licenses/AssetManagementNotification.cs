namespace VppManager.Apple.Licenses;

/// <summary>
/// A part of an associate, disassociate or revoke has ended: up to a hundred pairs, all with one result. One event may yield successes and failures
/// mixed, and pairs more than once. See <see href="https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications"/>.
/// </summary>
public sealed record AssetManagementNotification : NotificationContent
{
    /// <summary>See <see cref="EventType"/>.</summary>
    public string? Type { get; init; }

    /// <summary>See <see cref="NotificationResult"/>.</summary>
    public string? Result { get; init; }

    /// <summary>Why it failed; one error for all pairs named.</summary>
    public AppleError? Error { get; init; }

    /// <summary>The pairs of asset and holder.</summary>
    public IReadOnlyList<Assignment> Assignments { get => field ?? []; init; }
}
