using VppManager.Core;

namespace VppManager.Api.Licenses;

/// <summary>Which licences are to be taken back: of an app, perhaps of one device or user alone; of a token; or of a device or a user among all apps.</summary>
/// <param name="Untracked">Also those that this service did not give.</param>
internal sealed record RevokeRequest(Guid? AppId = null, Guid? TokenId = null, Guid? DeviceId = null, Guid? UserId = null, bool Untracked = false)
{
    public RevokeScope Scope => new(AppId, TokenId, DeviceId, UserId, Untracked);

    /// <summary>What Graph calls revokeAppleVppLicenses.</summary>
    public bool IsOfWholeDevice => this is { AppId: null, TokenId: null, DeviceId: not null };

    /// <returns>Why the scope is none, or null.</returns>
    public VppError? Fault() => this switch
    {
        { AppId: null, TokenId: null, DeviceId: null, UserId: null } => VppError.InvalidValue("appId", "an app, a token, a device or a user is to be named."),
        { TokenId: not null, AppId: not null } or { TokenId: not null, DeviceId: not null } or { TokenId: not null, UserId: not null } =>
            VppError.InvalidValue("tokenId", "the licences of a token are taken back as a whole."),
        { DeviceId: not null, UserId: not null } => VppError.InvalidValue("deviceId", "a device and a user are not both the holder."),
        _ => null,
    };
}

/// <param name="Licenses">How many are being taken back.</param>
/// <param name="UsableUntil">Of Mac apps: until when they can be used, without updates; then Apple removes them. Null when none of them is for Macs.</param>
/// <param name="AppsStay">True when apps for iPhone and iPad are among them: they stay until an assignment to uninstall them.</param>
internal sealed record RevokeAnswer(int Licenses, DateTimeOffset? UsableUntil, bool AppsStay);
