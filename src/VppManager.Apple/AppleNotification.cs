using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using VppManager.Apple.Apps;
using VppManager.Apple.Directory;
using VppManager.Apple.Licenses;
using VppManager.Apple.Tokens;

namespace VppManager.Apple;

/// <summary>
/// What Apple posts to the notification address of a location. Delivery is best effort: it comes late, twice, in any order, or never, and may come before
/// the request it is about has been answered. See
/// <see href="https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications"/>.
/// </summary>
public sealed record AppleNotification
{
    /// <summary>The notification's id. A repeated delivery has the same one; it says nothing about order.</summary>
    public string NotificationId { get => field ?? ""; init; }

    /// <summary>See <see cref="Tokens.NotificationType"/>; new ones may appear at any time.</summary>
    public string NotificationType { get => field ?? ""; init; }

    /// <summary>The location's id.</summary>
    public string? UId { get; init; }

    /// <summary>What it says; null for a test, and for a type that this client does not know.</summary>
    public NotificationContent? Content { get; init; }

    /// <summary>Reads a notification. Unknown types, members and values are taken as they are.</summary>
    /// <param name="json">The body that Apple posted.</param>
    /// <returns>The notification.</returns>
    /// <exception cref="JsonException">It is no JSON, or not of the shape that Apple documents.</exception>
    public static AppleNotification Parse(ReadOnlySpan<byte> json)
    {
        var envelope = JsonSerializer.Deserialize(json, AppleJson.Default.NotificationEnvelope) ?? throw new JsonException("The notification is null.");
        if (string.IsNullOrEmpty(envelope.NotificationId) || string.IsNullOrEmpty(envelope.NotificationType))
            throw new JsonException("The notification lacks its id or its type.");

        return new AppleNotification
        {
            NotificationId = envelope.NotificationId,
            NotificationType = envelope.NotificationType,
            UId = envelope.UId,
            Content = ContentOf(envelope.NotificationType, envelope.Notification),
        };
    }

    private static NotificationContent? ContentOf(string type, JsonElement content) => type switch
    {
        Tokens.NotificationType.AssetManagement => Read(type, content, AppleJson.Default.AssetManagementNotification),
        Tokens.NotificationType.AssetCount => Read(type, content, AppleJson.Default.AssetCountNotification),
        Tokens.NotificationType.UserManagement => Read(type, content, AppleJson.Default.UserManagementNotification),
        Tokens.NotificationType.UserAssociated => Read(type, content, AppleJson.Default.UserAssociatedNotification),
        _ => null,
    };

    private static T Read<T>(string type, JsonElement content, JsonTypeInfo<T> shape) where T : NotificationContent =>
        content.ValueKind is JsonValueKind.Object && content.Deserialize(shape) is { } read ? read : throw new JsonException($"A notification of type {type} lacks its content.");
}

/// <summary>What a notification says, by its type.</summary>
public abstract record NotificationContent
{
    /// <summary>The event it reports on; null for what is no part of an event.</summary>
    public string? EventId { get; init; }
}

/// <summary>How a part of an event went, as notifications spell it.</summary>
public static class NotificationResult
{
    /// <summary>Everything named was done.</summary>
    public const string Success = "SUCCESS";

    /// <summary>Nothing of what is named was done; the error says why.</summary>
    public const string Failure = "FAILURE";
}

internal sealed record NotificationEnvelope
{
    public string? NotificationId { get; init; }

    public string? NotificationType { get; init; }

    [JsonConverter(typeof(TextOrNumberConverter))]
    public string? UId { get; init; }

    public JsonElement Notification { get; init; }
}
