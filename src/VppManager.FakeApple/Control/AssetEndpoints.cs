using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Control;

internal sealed record NewAsset(
    int Total,
    string? Name,
    IReadOnlyList<string>? Platforms,
    bool? DeviceAssignable,
    string? ProductType,
    string? PricingParam,
    string? BundleId,
    bool? Revocable,
    int? Retired,
    bool? Unlimited);

internal sealed record Amount(int Count, string? PricingParam, string? ToUid);

internal sealed record Holders(IReadOnlyList<string>? SerialNumbers, IReadOnlyList<string>? ClientUserIds, string? PricingParam);

internal sealed record AssetView(
    string AdamId, string PricingParam, string ProductType, bool DeviceAssignable, bool Revocable, IReadOnlyList<string> Platforms, AssetCounts Counts)
{
    public static AssetView Of(FakeAsset asset) => new(
        asset.AdamId, asset.PricingParam, asset.ProductType, asset.DeviceAssignable, asset.Revocable, asset.Platforms, asset.Counts);
}

/// <summary>Assets, buying and refunding, products of the store, assignments from outside.</summary>
internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder routes, FakeAppleServer server)
    {
        var group = routes.MapGroup("/locations/{uid}").WithTags("Assets");
        group.MapGet("/assets", (string uid) => server.Location(uid).Assets.Select(AssetView.Of));
        group.MapPut("/assets/{adamId}", (string uid, string adamId, NewAsset body) => AssetView.Of(Add(server.Location(uid), adamId, body)));
        group.MapDelete("/assets/{adamId}", (string uid, string adamId, string? pricingParam) =>
        {
            server.Location(uid).RemoveAsset(adamId, pricingParam ?? AssetKey.Standard);

            return Results.NoContent();
        });
        group.MapPost("/assets/{adamId}/buy", (string uid, string adamId, Amount amount) =>
            Count(server.Location(uid), adamId, amount, (location, pricing) => location.Buy(adamId, amount.Count, pricing)));
        group.MapPost("/assets/{adamId}/refund", (string uid, string adamId, Amount amount) =>
            Count(server.Location(uid), adamId, amount, (location, pricing) => location.Refund(adamId, amount.Count, pricing)));
        group.MapPost("/assets/{adamId}/transfer", (string uid, string adamId, Amount amount) =>
            Count(server.Location(uid), adamId, amount, (location, pricing) =>
                location.Transfer(adamId, amount.Count, server.Location(amount.ToUid ?? ""), pricing)));
        group.MapPost("/assets/{adamId}/miscount", (string uid, string adamId, Amount amount) =>
        {
            var asset = server.Location(uid).Asset(adamId, amount.PricingParam ?? AssetKey.Standard);
            asset.Miscounted = amount.Count;

            return AssetView.Of(asset);
        }).WithSummary("Counts so many more as assigned than are listed; below nothing: fewer.");
        group.MapAssignments(server);
        MapStore(routes.MapGroup("/store").WithTags("Store"), server);
    }

    private static void MapAssignments(this RouteGroupBuilder group, FakeAppleServer server)
    {
        group.MapGet("/assignments", (string uid, string? adamId, int? skip, int? take) => server.Location(uid).Assignments
            .Where(row => adamId is null || row.AdamId == adamId).Skip(skip ?? 0).Take(take ?? 1000));
        group.MapPost("/assets/{adamId}/assign", (string uid, string adamId, Holders body) => new
        {
            Assigned = server.Location(uid).Assign(adamId, body.SerialNumbers, body.ClientUserIds, body.PricingParam ?? AssetKey.Standard),
        });
        group.MapPost("/assets/{adamId}/unassign", (string uid, string adamId, Holders body) => new
        {
            Unassigned = server.Location(uid).Unassign(adamId, body.SerialNumbers, body.ClientUserIds, body.PricingParam ?? AssetKey.Standard),
        });
    }

    private static void MapStore(RouteGroupBuilder group, FakeAppleServer server)
    {
        group.MapGet("/{adamId}", (string adamId) => server.Store.Find(adamId) is { } item ? Results.Ok(item) : Results.NotFound());
        group.MapPut("/{adamId}", (string adamId, StoreItem item) =>
        {
            server.Store.Put(item with { AdamId = adamId });

            return server.Store.Find(adamId);
        });
        group.MapDelete("/{adamId}", (string adamId) =>
        {
            server.Store.Remove(adamId);

            return Results.NoContent();
        });
    }

    private static FakeAsset Add(FakeLocation location, string adamId, NewAsset body) => location.AddAsset(
        adamId,
        body.Total,
        body.Name,
        body.Platforms,
        body.DeviceAssignable,
        body.ProductType ?? "App",
        body.PricingParam ?? AssetKey.Standard,
        body.BundleId,
        body.Revocable,
        body.Retired ?? 0,
        body.Unlimited ?? false);

    private static AssetView Count(FakeLocation location, string adamId, Amount amount, Action<FakeLocation, string> change)
    {
        var pricing = amount.PricingParam ?? AssetKey.Standard;
        change(location, pricing);

        return AssetView.Of(location.Asset(adamId, pricing));
    }
}
