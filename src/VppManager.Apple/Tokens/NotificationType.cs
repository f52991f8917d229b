namespace VppManager.Apple.Tokens;

/// <summary>
/// What Apple can send notifications of. Apple may add to it.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications"/>.
/// </summary>
public static class NotificationType
{
    /// <summary>Sent during <see cref="AppleClient.SetClientConfigAsync"/>, to try the address.</summary>
    public const string Test = "TEST_NOTIFICATION";

    /// <summary>Progress of an associate, disassociate or revoke.</summary>
    public const string AssetManagement = "ASSET_MANAGEMENT";

    /// <summary>Bought, refunded or transferred.</summary>
    public const string AssetCount = "ASSET_COUNT";

    /// <summary>Progress of a create, update or retire.</summary>
    public const string UserManagement = "USER_MANAGEMENT";

    /// <summary>A user accepted an invitation.</summary>
    public const string UserAssociated = "USER_ASSOCIATED";
}
