using VppManager.Apple.Apps;

namespace VppManager.Apple.Licenses;

/// <summary>
/// Assets to give or take: every asset for every user and every device named. Keep within <see cref="Tokens.ServiceLimits"/>.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/manageassetsrequest"/>.
/// </summary>
/// <param name="Assets">The assets, each once.</param>
public sealed record ManageAssets(IReadOnlyList<AssetKey> Assets)
{
    /// <summary>The users, each once.</summary>
    public IReadOnlyList<string>? ClientUserIds { get => field is { Count: 0 } ? null : field; init; }

    /// <summary>The devices, each once.</summary>
    public IReadOnlyList<string>? SerialNumbers { get => field is { Count: 0 } ? null : field; init; }
}

/// <summary>
/// Users and devices to take everything from that can be taken back, whoever gave it.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/revokeassetsrequest"/>.
/// </summary>
public sealed record RevokeAssets
{
    /// <summary>The users, each once.</summary>
    public IReadOnlyList<string>? ClientUserIds { get => field is { Count: 0 } ? null : field; init; }

    /// <summary>The devices, each once.</summary>
    public IReadOnlyList<string>? SerialNumbers { get => field is { Count: 0 } ? null : field; init; }
}
