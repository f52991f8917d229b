using System.Text;
using System.Text.Json.Serialization;

namespace VppManager.Apple.Tokens;

/// <summary>
/// The location behind a token, and how it is set up. Every member may be missing.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/clientconfigresponse"/>.
/// </summary>
public sealed record ClientConfig : AppleAnswer
{
    /// <summary>The country of the store, two letters.</summary>
    [JsonPropertyName("countryISO2ACode")]
    public string? Country { get; init; }

    /// <summary>The store to look metadata up in: <c>enterprisestore</c> or, for schools, <c>volumestore</c>.</summary>
    public string? DefaultPlatform { get; init; }

    /// <summary>Apple Business's or Apple School's address.</summary>
    [JsonPropertyName("websiteURL")]
    public string? WebsiteUrl { get; init; }

    /// <summary>The location's name. Not unique; may change.</summary>
    public string? LocationName { get; init; }

    /// <summary>Where Apple sends notifications.</summary>
    public string? NotificationUrl { get; init; }

    /// <summary>The secret Apple sends with them. Apple echoes it back.</summary>
    public string? NotificationAuthToken { get; init; }

    /// <summary>What Apple sends notifications of.</summary>
    public IReadOnlyList<string> SubscribedNotificationTypes { get => field ?? []; init; }

    /// <summary>Prints the location; never the secret.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append("UId = ").Append(UId).Append(", LocationName = ").Append(LocationName).Append(", Country = ").Append(Country);
        builder.Append(", NotificationUrl = ").Append(NotificationUrl).Append(", MdmInfo = ").Append(MdmInfo);
        return true;
    }
}

/// <summary>
/// What to change of a location's set-up. What is left out is not sent; send the whole set, since Apple does not say that it keeps the
/// rest. See <see href="https://developer.apple.com/documentation/devicemanagement/clientconfigrequest"/>.
/// </summary>
public sealed record ClientConfigUpdate
{
    /// <summary>Claims the location for a product.</summary>
    public MdmInfo? MdmInfo { get; init; }

    /// <summary>
    /// Where Apple sends notifications: https, host and path only. Together with <see cref="NotificationAuthToken"/> or not at all.
    /// </summary>
    public string? NotificationUrl { get; init; }

    /// <summary>The secret Apple shall send with them.</summary>
    public string? NotificationAuthToken { get; init; }

    /// <summary>The complete set of what to send; see <see cref="NotificationType"/>.</summary>
    public IReadOnlyList<string>? NotificationTypes { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append("MdmInfo = ").Append(MdmInfo).Append(", NotificationUrl = ").Append(NotificationUrl);
        return true;
    }
}
