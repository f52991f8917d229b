namespace VppManager.FakeApple.Transport;

/// <summary>One message to a webhook; a repeated delivery keeps its id.</summary>
internal sealed record Notification(string NotificationId, string NotificationType, object Payload)
{
    public const string Test = "TEST_NOTIFICATION";
    public const string AssetManagement = "ASSET_MANAGEMENT";
    public const string UserManagement = "USER_MANAGEMENT";
    public const string UserAssociated = "USER_ASSOCIATED";
    public const string AssetCount = "ASSET_COUNT";

    public static readonly IReadOnlyList<string> Types = [Test, AssetManagement, UserManagement, UserAssociated, AssetCount];

    public static Notification Of(string type, object payload) => new(Guid.NewGuid().ToString(), type, payload);
}

internal sealed record NotificationBody(string NotificationId, string NotificationType, string UId, object Notification);
