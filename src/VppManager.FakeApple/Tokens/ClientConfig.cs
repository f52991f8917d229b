using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Tokens;

/// <summary>What clients have set for a location. Guarded by the location's gate.</summary>
internal sealed class ClientConfig
{
    public MdmInfo? MdmInfo { get; set; }

    public string? NotificationUrl { get; set; }

    public string? NotificationAuthToken { get; set; }

    public IReadOnlyList<string>? NotificationTypes { get; set; }

    /// <summary>Also those that were refused.</summary>
    public HashSet<string> SecretsEver { get; } = new(StringComparer.Ordinal);

    public bool IsSubscribed(string type) => NotificationTypes?.Contains(type) == true;
}

internal sealed record ClientConfigRequest
{
    public MdmInfo? MdmInfo { get; init; }
    public string? NotificationUrl { get; init; }
    public string? NotificationAuthToken { get; init; }
    public IReadOnlyList<string>? NotificationTypes { get; init; }

    /// <summary>Both parts are there and say something: Apple tests the address before it stores it.</summary>
    public bool SetsWebhook => NotificationUrl is { Length: > 0 } && NotificationAuthToken is { Length: > 0 };
}

internal sealed record ClientConfigBody : Envelope
{
    public string? CountryISO2ACode { get; init; }
    public string? DefaultPlatform { get; init; }
    public string? WebsiteURL { get; init; }
    public string? LocationName { get; init; }
    public string? NotificationUrl { get; init; }
    public string? NotificationAuthToken { get; init; }
    public IReadOnlyList<string>? SubscribedNotificationTypes { get; init; }
}
