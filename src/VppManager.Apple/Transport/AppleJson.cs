using System.Text.Json.Serialization;
using VppManager.Apple.Apps;
using VppManager.Apple.Directory;
using VppManager.Apple.Legacy;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString,
    Converters = [typeof(AppleDateConverter)])]
[JsonSerializable(typeof(ServiceConfig))]
[JsonSerializable(typeof(ClientConfig))]
[JsonSerializable(typeof(ClientConfigUpdate))]
[JsonSerializable(typeof(AssetsPage))]
[JsonSerializable(typeof(AssignmentsPage))]
[JsonSerializable(typeof(UsersPage))]
[JsonSerializable(typeof(ManageAssets))]
[JsonSerializable(typeof(RevokeAssets))]
[JsonSerializable(typeof(ManageUsers))]
[JsonSerializable(typeof(EventAccepted))]
[JsonSerializable(typeof(EventStatus))]
[JsonSerializable(typeof(LegacyRequest))]
[JsonSerializable(typeof(LegacyAccount))]
[JsonSerializable(typeof(LegacyAssets))]
[JsonSerializable(typeof(LegacyAssignments))]
[JsonSerializable(typeof(AppleError))]
[JsonSerializable(typeof(NotificationEnvelope))]
[JsonSerializable(typeof(AssetManagementNotification))]
[JsonSerializable(typeof(AssetCountNotification))]
[JsonSerializable(typeof(UserManagementNotification))]
[JsonSerializable(typeof(UserAssociatedNotification))]
internal sealed partial class AppleJson : JsonSerializerContext;
