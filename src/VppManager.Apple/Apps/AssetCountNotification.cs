using System.Text.Json.Serialization;

namespace VppManager.Apple.Apps;

/// <summary>
/// Licences were bought, refunded or transferred: the total of an asset changes by so many. Says nothing of licences in use. See
/// <see href="https://developer.apple.com/documentation/devicemanagement/subscribing-to-notifications"/>.
/// </summary>
public sealed record AssetCountNotification : NotificationContent
{
    /// <summary>The store's number, as text.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string AdamId { get => field ?? ""; init; }

    /// <summary>The quality; see <see cref="Apps.PricingParam"/>.</summary>
    public string PricingParam { get => field ?? Apps.PricingParam.Standard; init; }

    /// <summary>By how many the total grows, or shrinks when negative.</summary>
    public int CountDelta { get; init; }
}
