using System.Text.Json.Serialization;
using VppManager.Apple.Apps;

namespace VppManager.Apple.Legacy;

internal sealed record LegacyAssets : LegacyAnswer
{
    public IReadOnlyList<LegacyAsset> Assets { get => field ?? []; init; }
}

/// <summary>An asset as the old services spell it.</summary>
internal sealed record LegacyAsset
{
    private const int MacSoftware = 7;
    private const int Publication = 10;

    [JsonConverter(typeof(TextOrNumberConverter))]
    public string AdamIdStr { get => field ?? ""; init; }

    public string? PricingParam { get; init; }
    public int ProductTypeId { get; init; }
    public bool IsIrrevocable { get; init; }
    public bool DeviceAssignable { get; init; }
    public int AssignedCount { get; init; }
    public int AvailableCount { get; init; }
    public int RetiredCount { get; init; }
    public int TotalCount { get; init; }

    public Asset ToAsset() => new()
    {
        AdamId = AdamIdStr,
        PricingParam = PricingParam ?? Apps.PricingParam.Standard,
        ProductType = ProductTypeId is Publication ? ProductType.Book : ProductType.App,
        AssignedCount = AssignedCount,
        AvailableCount = AvailableCount,
        RetiredCount = RetiredCount,
        TotalCount = TotalCount > 0 ? TotalCount : AssignedCount + AvailableCount,
        DeviceAssignable = DeviceAssignable,
        Revocable = !IsIrrevocable,
        SupportedPlatforms = ProductTypeId switch { MacSoftware => ["macOS"], Publication => [], _ => ["iOS"] },
    };
}
