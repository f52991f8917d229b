using System.Text.Json.Serialization;

namespace VppManager.Apple.Apps;

/// <summary>What identifies an asset of a location: the store's number and the quality. A book may be owned in both.</summary>
/// <param name="AdamId">The store's number. A text, though it looks like a number.</param>
/// <param name="PricingParam">See <see cref="Apps.PricingParam"/>.</param>
public sealed record AssetKey(
    [property: JsonConverter(typeof(TextOrNumberConverter))] string AdamId,
    string PricingParam = Apps.PricingParam.Standard)
{
    /// <summary>See <see cref="Apps.PricingParam"/>; standard unless Apple says otherwise.</summary>
    public string PricingParam { get; init; } = PricingParam ?? Apps.PricingParam.Standard;
}

/// <summary>The quality of an asset.</summary>
public static class PricingParam
{
    /// <summary>Standard; all apps.</summary>
    public const string Standard = "STDQ";

    /// <summary>High; books only.</summary>
    public const string Plus = "PLUS";
}

/// <summary>The kinds of assets.</summary>
public static class ProductType
{
    /// <summary>An app.</summary>
    public const string App = "App";

    /// <summary>A book.</summary>
    public const string Book = "Book";
}

/// <summary>
/// An app or book that a location owns, and how many licences of it.
/// See <see href="https://developer.apple.com/documentation/devicemanagement/responseasset"/>.
/// </summary>
public sealed record Asset
{
    /// <summary>The <see cref="TotalCount"/> of an asset that never runs out.</summary>
    public const int Unlimited = int.MaxValue;

    /// <summary>The store's number, as text.</summary>
    [JsonConverter(typeof(TextOrNumberConverter))]
    public string AdamId { get => field ?? ""; init; }

    /// <summary>The quality; see <see cref="Apps.PricingParam"/>.</summary>
    public string PricingParam { get => field ?? Apps.PricingParam.Standard; init; }

    /// <summary>See <see cref="Apps.ProductType"/>.</summary>
    public string ProductType { get => field ?? Apps.ProductType.App; init; }

    /// <summary>Licences in use.</summary>
    [JsonConverter(typeof(CountConverter))]
    public int AssignedCount { get; init; }

    /// <summary>Licences free.</summary>
    [JsonConverter(typeof(CountConverter))]
    public int AvailableCount { get; init; }

    /// <summary>Licences spent on users who are gone; not part of the total.</summary>
    [JsonConverter(typeof(CountConverter))]
    public int RetiredCount { get; init; }

    /// <summary>Licences in use and free. An unlimited asset says 2147483647.</summary>
    [JsonConverter(typeof(CountConverter))]
    public int TotalCount { get; init; }

    /// <summary>Whether devices may hold it. Never true of books.</summary>
    public bool DeviceAssignable { get; init; }

    /// <summary>Whether it can be taken back. Never true of books.</summary>
    public bool Revocable { get; init; }

    /// <summary>Such as <c>iOS</c>, <c>macOS</c>, <c>tvOS</c>; Apple has no word for iPadOS here.</summary>
    public IReadOnlyList<string> SupportedPlatforms { get => field ?? []; init; }
}

/// <summary>
/// One page of a location's assets. See <see href="https://developer.apple.com/documentation/devicemanagement/getassetsresponse"/>.
/// </summary>
public sealed record AssetsPage : AnswerPage
{
    /// <summary>The assets.</summary>
    public IReadOnlyList<Asset> Assets { get => field ?? []; init; }

    /// <summary>The free ones without counts; only when asked for by <see cref="AssetsQuery.Unlimited"/>.</summary>
    public IReadOnlyList<Asset> UnlimitedAssets { get => field ?? []; init; }
}

/// <summary>Which assets to read; empty: all. Apple ANDs what is given.</summary>
public sealed record AssetsQuery
{
    /// <summary>Only this one, in all its qualities. One that the location does not own gives an empty page.</summary>
    public string? AdamId { get; init; }

    /// <summary>Only this quality.</summary>
    public string? PricingParam { get; init; }

    /// <summary>Only apps, or only books.</summary>
    public string? ProductType { get; init; }

    /// <summary>Only what can, or cannot, be taken back.</summary>
    public bool? Revocable { get; init; }

    /// <summary>Only what devices can, or cannot, hold.</summary>
    public bool? DeviceAssignable { get; init; }

    /// <summary>At least so many free.</summary>
    public int? MinAvailableCount { get; init; }

    /// <summary>At most so many free.</summary>
    public int? MaxAvailableCount { get; init; }

    /// <summary>At least so many in use.</summary>
    public int? MinAssignedCount { get; init; }

    /// <summary>At most so many in use.</summary>
    public int? MaxAssignedCount { get; init; }

    /// <summary>True: unlimited assets in a list of their own. False: without them. Left out: among the others.</summary>
    public bool? Unlimited { get; init; }
}
