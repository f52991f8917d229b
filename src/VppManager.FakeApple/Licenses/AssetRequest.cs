using VppManager.FakeApple.Apps;

namespace VppManager.FakeApple.Licenses;

internal sealed record RequestedAsset(string? AdamId, string? PricingParam);

/// <summary>Body of associate, disassociate and revoke.</summary>
internal sealed record AssetRequest
{
    public IReadOnlyList<RequestedAsset>? Assets { get; init; }
    public IReadOnlyList<string>? ClientUserIds { get; init; }
    public IReadOnlyList<string>? SerialNumbers { get; init; }

    public IReadOnlyList<string> Users => ClientUserIds ?? [];

    public IReadOnlyList<string> Devices => SerialNumbers ?? [];

    public List<AssetKey> Keys => [.. (Assets ?? []).Select(asset => new AssetKey(asset.AdamId!, asset.PricingParam ?? AssetKey.Standard))];
}
