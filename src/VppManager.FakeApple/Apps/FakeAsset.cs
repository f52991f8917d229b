using VppManager.FakeApple.Licenses;
using VppManager.FakeApple.Tokens;

namespace VppManager.FakeApple.Apps;

/// <summary>Counts of an asset at one moment.</summary>
/// <param name="MostAssigned">Most licences assigned at any moment.</param>
/// <param name="TotalAtMost">The total at that moment.</param>
/// <param name="EverOversold">True if more were ever assigned than owned.</param>
/// <param name="Refused">Pairs turned away with 9709.</param>
public sealed record AssetCounts(
    int Total, int Assigned, int Available, int Retired, int MostAssigned, int TotalAtMost, bool EverOversold, long Refused);

/// <summary>Licences of one (adamId, pricingParam) in one location. Guarded by the location's gate.</summary>
public sealed class FakeAsset
{
    private int _mostAssigned;
    private int _totalAtMost;
    private bool _everOversold;

    internal FakeAsset(FakeLocation location, AssetKey key) => (Location, Key) = (location, key);

    public FakeLocation Location { get; }

    public string AdamId => Key.AdamId;

    public string PricingParam => Key.PricingParam;

    public required string ProductType { get; init; }

    public required bool DeviceAssignable { get; init; }

    public required bool Revocable { get; init; }

    public required bool Unlimited { get; init; }

    public required IReadOnlyList<string> Platforms { get; init; }

    /// <summary>How many more Apple counts as assigned than it lists; below nothing: fewer.</summary>
    public int Miscounted { get; set; }

    public AssetCounts Counts
    {
        get
        {
            lock (Location.Gate)
                return new(Total, Assigned, Available, Retired, _mostAssigned, _totalAtMost, _everOversold, Refused);
        }
    }

    internal AssetKey Key { get; }

    internal AssignmentBook Book { get; } = new();

    internal int Total { get; set; }

    internal int Retired { get; set; }

    internal long Refused { get; set; }

    internal int Assigned => Book.Count;

    internal int Available => Total - Assigned;

    internal void Witness()
    {
        _everOversold |= Assigned > Total;
        if (Assigned <= _mostAssigned) return;

        (_mostAssigned, _totalAtMost) = (Assigned, Total);
    }
}
