using VppManager.FakeApple.Sync;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Apps;

/// <summary><c>GET assets</c>.</summary>
internal sealed class AssetEndpoint(FakeSettings settings)
{
    public Outcome Read(AppleCall call)
    {
        var matches = Filter(call.Request);
        var unlimited = call.Request.Flag("unlimited");
        lock (call.Location.Gate)
        {
            var assets = call.Location.Ledger.Assets
                .Where(asset => unlimited is null || asset.Unlimited == unlimited).Where(matches).ToList();
            if (Page.Of(call.Request.Number("pageIndex") ?? 0, assets.Count, settings.PageSize, settings.EmptyTotalPages) is not { } page)
                return new AppleError(9650);

            var rows = assets.Skip(page.Start).Take(page.Size).Select(asset => AssetBody.Of(asset, unlimited == true)).ToList();

            return new AssetsBody(page, call.Location.Ledger.AssetVersions.Id)
            {
                Assets = unlimited == true ? [] : rows,
                UnlimitedAssets = unlimited == true ? rows : null,
            };
        }
    }

    private static Func<FakeAsset, bool> Filter(AppleRequest request)
    {
        var (adamId, product, pricing) = (request.Text("adamId"), request.Text("productType"), request.Text("pricingParam"));
        var (revocable, deviceAssignable) = (request.Flag("revocable"), request.Flag("deviceAssignable"));
        var (minAvailable, maxAvailable) = (request.Number("minAvailableCount"), request.Number("maxAvailableCount"));
        var (minAssigned, maxAssigned) = (request.Number("minAssignedCount"), request.Number("maxAssignedCount"));

        return asset => (adamId ?? asset.AdamId) == asset.AdamId
            && (product ?? asset.ProductType) == asset.ProductType
            && (pricing ?? asset.PricingParam) == asset.PricingParam
            && (revocable ?? asset.Revocable) == asset.Revocable
            && (deviceAssignable ?? asset.DeviceAssignable) == asset.DeviceAssignable
            && asset.Available >= (minAvailable ?? int.MinValue) && asset.Available <= (maxAvailable ?? int.MaxValue)
            && asset.Assigned >= (minAssigned ?? int.MinValue) && asset.Assigned <= (maxAssigned ?? int.MaxValue);
    }
}

internal sealed record AssetsBody : PagedEnvelope
{
    public AssetsBody(Page page, string versionId) : base(page, versionId)
    {
    }

    public required IReadOnlyList<AssetBody> Assets { get; init; }
    public IReadOnlyList<AssetBody>? UnlimitedAssets { get; init; }
}

internal sealed record AssetBody(
    string AdamId,
    string PricingParam,
    string ProductType,
    bool DeviceAssignable,
    bool Revocable,
    IReadOnlyList<string> SupportedPlatforms,
    int AssignedCount,
    int? AvailableCount,
    int? TotalCount,
    int? RetiredCount)
{
    public static AssetBody Of(FakeAsset asset, bool withoutTotals) => new(
        asset.AdamId,
        asset.PricingParam,
        asset.ProductType,
        asset.DeviceAssignable,
        asset.Revocable,
        asset.Platforms,
        asset.Assigned + asset.Miscounted,
        withoutTotals ? null : asset.Available - asset.Miscounted,
        withoutTotals ? null : asset.Total,
        withoutTotals ? null : asset.Retired);
}
