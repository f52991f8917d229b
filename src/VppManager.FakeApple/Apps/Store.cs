using System.Collections.Concurrent;

namespace VppManager.FakeApple.Apps;

/// <summary>The products the metadata look-up knows.</summary>
public sealed class Store
{
    private static readonly Dictionary<string, string[]> Families = new()
    {
        ["iOS"] = ["iphone", "ipad"],
        ["macOS"] = ["mac"],
        ["tvOS"] = ["tvos"],
        ["watchOS"] = ["watch"],
        ["visionOS"] = ["realityDevice"],
    };

    private readonly ConcurrentDictionary<string, StoreItem> _items = new(StringComparer.Ordinal);

    public void Put(StoreItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        _items[item.AdamId] = item;
    }

    public void Remove(string adamId) => _items.TryRemove(adamId, out _);

    public StoreItem? Find(string adamId) => _items.GetValueOrDefault(adamId);

    internal void Clear() => _items.Clear();

    internal void AddDefault(FakeAsset asset, string? name, string? bundleId)
    {
        var isBook = asset.ProductType == "Book";
        var item = new StoreItem(asset.AdamId)
        {
            BundleId = isBook ? null : bundleId ?? $"com.example.app{asset.AdamId}",
            Kind = isBook ? "ebook" : asset.Platforms.Contains("macOS") && !asset.Platforms.Contains("iOS") ? "desktopApp" : "iosSoftware",
            DeviceFamilies = [.. asset.Platforms.SelectMany(platform => Families.GetValueOrDefault(platform, []))],
        };
        _items.TryAdd(asset.AdamId, name is null ? item : item with { Name = name });
    }
}
