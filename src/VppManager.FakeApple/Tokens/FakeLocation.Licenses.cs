using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Licenses;
using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Tokens;

/// <summary>One row of <c>assignments</c>: a device's serial number or a client user id holds an asset.</summary>
public sealed record FakeAssignment(string AdamId, string PricingParam, string? SerialNumber, string? ClientUserId);

public sealed partial class FakeLocation
{
    public IReadOnlyList<FakeAsset> Assets
    {
        get { lock (Gate) return [.. Ledger.Assets]; }
    }

    /// <summary>A copy of all assignments.</summary>
    public IReadOnlyList<FakeAssignment> Assignments
    {
        get { lock (Gate) return [.. Ledger.Assets.SelectMany(Rows)]; }
    }

    /// <summary>Puts an asset into the location and, unless it is there already, its product into the store.</summary>
    public FakeAsset AddAsset(
        string adamId,
        int total,
        string? name = null,
        IReadOnlyList<string>? platforms = null,
        bool? deviceAssignable = null,
        string productType = "App",
        string pricingParam = AssetKey.Standard,
        string? bundleId = null,
        bool? revocable = null,
        int retired = 0,
        bool unlimited = false)
    {
        var isApp = productType == "App";
        var asset = new FakeAsset(this, new AssetKey(adamId, pricingParam))
        {
            ProductType = productType,
            DeviceAssignable = deviceAssignable ?? isApp,
            Revocable = revocable ?? isApp,
            Unlimited = unlimited,
            Platforms = platforms ?? ["iOS"],
            Total = unlimited ? int.MaxValue : total,
            Retired = retired,
        };
        lock (Gate) Ledger.Add(asset);
        Server.Store.AddDefault(asset, name, bundleId);

        return asset;
    }

    /// <summary>The location owns the asset no more: it goes, with all its assignments. It can be added again.</summary>
    /// <exception cref="KeyNotFoundException">The location does not own it.</exception>
    public void RemoveAsset(string adamId, string pricingParam = AssetKey.Standard)
    {
        var asset = Asset(adamId, pricingParam);
        lock (Gate)
        {
            Ledger.Unassign(asset, [.. Enumerable.Range(0, asset.Book.Count).Select(place => asset.Book[place].Target)]);
            Ledger.Remove(asset);
        }

        AnnounceTotal(asset, asset.Unlimited ? 0 : -asset.Total);
    }

    /// <exception cref="KeyNotFoundException">The location does not own it.</exception>
    public FakeAsset Asset(string adamId, string pricingParam = AssetKey.Standard)
    {
        lock (Gate)
            return Ledger.Find(new AssetKey(adamId, pricingParam)) ?? throw new KeyNotFoundException($"{Uid} does not own {adamId} {pricingParam}.");
    }

    public void Buy(string adamId, int count, string pricingParam = AssetKey.Standard)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var asset = Asset(adamId, pricingParam);
        lock (Gate) ChangeTotal(asset, count);
        AnnounceTotal(asset, count);
    }

    /// <summary>Takes licences away: unassigned ones first, then those of the last rows.</summary>
    public void Refund(string adamId, int count, string pricingParam = AssetKey.Standard)
    {
        var asset = Asset(adamId, pricingParam);
        lock (Gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, asset.Total);
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            var taken = count - asset.Available;
            if (taken > 0) Ledger.Unassign(asset, [.. Enumerable.Range(asset.Assigned - taken, taken).Select(place => asset.Book[place].Target)]);
            asset.Retired += count;
            ChangeTotal(asset, -count);
        }

        AnnounceTotal(asset, -count);
    }

    /// <summary>Moves unassigned licences to another location, which must own the asset too.</summary>
    public void Transfer(string adamId, int count, FakeLocation to, string pricingParam = AssetKey.Standard)
    {
        ArgumentNullException.ThrowIfNull(to);
        var (from, there) = (Asset(adamId, pricingParam), to.Asset(adamId, pricingParam));
        lock (Gate)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(count, from.Available);
            ArgumentOutOfRangeException.ThrowIfNegative(count);
            ChangeTotal(from, -count);
        }

        lock (to.Gate) to.ChangeTotal(there, count);
        AnnounceTotal(from, -count);
        to.AnnounceTotal(there, count);
    }

    /// <summary>Assigns from outside, as another device management or the portal would. Says how many were new.</summary>
    /// <exception cref="InvalidOperationException">There are not enough licences.</exception>
    public int Assign(
        string adamId,
        IEnumerable<string>? serialNumbers = null,
        IEnumerable<string>? clientUserIds = null,
        string pricingParam = AssetKey.Standard)
    {
        var asset = Asset(adamId, pricingParam);
        BatchResult result;
        lock (Gate)
        {
            var missing = Targets(serialNumbers, clientUserIds).Where(target => !asset.Book.Contains(target)).ToList();
            if (missing.Count > asset.Available) throw new InvalidOperationException($"{adamId} has {asset.Available} licences left, not {missing.Count}.");

            result = new BatchResult(asset.Key, Ledger.Assign(asset, missing), []);
        }

        Announce(result, LicenseEvent.Associate);

        return result.Done.Count;
    }

    /// <summary>Takes assignments away from outside. Says how many there were.</summary>
    public int Unassign(
        string adamId,
        IEnumerable<string>? serialNumbers = null,
        IEnumerable<string>? clientUserIds = null,
        string pricingParam = AssetKey.Standard)
    {
        var asset = Asset(adamId, pricingParam);
        BatchResult result;
        lock (Gate) result = new BatchResult(asset.Key, Ledger.Unassign(asset, Targets(serialNumbers, clientUserIds)), []);
        Announce(result, LicenseEvent.Disassociate);

        return result.Done.Count;
    }

    private static IEnumerable<FakeAssignment> Rows(FakeAsset asset)
    {
        for (var place = 0; place < asset.Book.Count; place++)
        {
            var target = asset.Book[place].Target;
            yield return new(asset.AdamId, asset.PricingParam, target.IsDevice ? target.Id : null, target.IsDevice ? null : target.Id);
        }
    }

    private List<Target> Targets(IEnumerable<string>? serialNumbers, IEnumerable<string>? clientUserIds) =>
        [.. (serialNumbers ?? []).Select(Ledger.Targets.Device).Concat((clientUserIds ?? []).Select(Ledger.Targets.User)).Distinct()];

    /// <summary>Called with the gate held.</summary>
    private void ChangeTotal(FakeAsset asset, int delta)
    {
        asset.Total += delta;
        asset.Witness();
        Ledger.AssetVersions.Bump();
    }

    private void AnnounceTotal(FakeAsset asset, int delta) =>
        _ = Webhook.PostAsync([Notification.Of(Notification.AssetCount, new AssetCountBody(asset.AdamId, asset.PricingParam, delta))]);

    private void Announce(BatchResult result, string type)
    {
        var eventId = Guid.NewGuid().ToString();
        var batches = result.Done.Chunk(EventRun.BatchSize).Select(done => result with { Done = done });
        _ = Webhook.PostAsync(batches.SelectMany(batch => batch.ToNotifications(eventId, type)));
    }
}

internal sealed record AssetCountBody(string AdamId, string PricingParam, int CountDelta);
