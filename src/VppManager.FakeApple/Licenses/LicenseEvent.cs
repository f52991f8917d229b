using VppManager.FakeApple.Apps;
using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Licenses;

/// <summary>Targets of one asset.</summary>
internal sealed record AssetWork(AssetKey Key, IReadOnlyList<Target> Targets);

/// <summary>An associate, disassociate or revoke under way.</summary>
internal sealed class LicenseEvent(FakeLocation location, string type, IReadOnlyList<AssetWork> work)
    : EventRun(location, type, work.Sum(part => part.Targets.Count))
{
    public const string Associate = "ASSOCIATE";
    public const string Disassociate = "DISASSOCIATE";
    public const string Revoke = "REVOKE";

    private IEnumerable<AssetWork> Batches =>
        work.SelectMany(part => part.Targets.Chunk(BatchSize).Select(targets => new AssetWork(part.Key, targets)));

    protected override async Task WorkAsync(CancellationToken ct)
    {
        if (Type == Associate && Settings.Exhaustion == ExhaustionPolicy.WholeEvent)
        {
            await WorkAtOnceAsync(ct);

            return;
        }

        foreach (var batch in Batches)
        {
            BatchResult result;
            lock (Location.Gate) result = Note(Apply(batch, Settings.Exhaustion));
            await PauseAsync(Notify(result), ct);
        }
    }

    protected override async Task FailAsync(int number, CancellationToken ct)
    {
        foreach (var batch in Batches)
        {
            BatchResult result;
            lock (Location.Gate) result = Note(BatchResult.AllFailed(batch, number));
            await PauseAsync(Notify(result), ct);
        }
    }

    private async Task WorkAtOnceAsync(CancellationToken ct)
    {
        List<BatchResult> results;
        lock (Location.Gate)
        {
            var batches = Batches.ToList();
            results = work.All(HasRoom)
                ? batches.ConvertAll(batch => Note(Apply(batch, ExhaustionPolicy.PerBatch)))
                : batches.ConvertAll(batch => Note(BatchResult.AllFailed(batch, 9709)));
        }

        foreach (var result in results) await PauseAsync(Notify(result), ct);
    }

    private bool HasRoom(AssetWork part) =>
        Location.Ledger.Find(part.Key) is { } asset && part.Targets.Count(target => !asset.Book.Contains(target)) <= asset.Available;

    private BatchResult Apply(AssetWork batch, ExhaustionPolicy policy)
    {
        var asset = Location.Ledger.Find(batch.Key);
        if (Type == Associate) return Seating.Seat(Location, asset, batch, policy);
        if (asset is not null) Location.Ledger.Unassign(asset, batch.Targets);

        return new BatchResult(batch.Key, batch.Targets, []);
    }

    private BatchResult Note(BatchResult result)
    {
        Complete(result.Done.Count);
        foreach (var (number, targets) in result.Failed)
        {
            Failed(number).Add(result.Key, targets);
            if (number == 9709 && Location.Ledger.Find(result.Key) is { } asset) asset.Refused += targets.Count;
        }

        return result;
    }

    private Task Notify(BatchResult result) => Location.Webhook.PostAsync(result.ToNotifications(Id, Type));
}
