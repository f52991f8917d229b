using System.Globalization;

namespace VppManager.FakeApple.Sync;

/// <summary>The versions of one endpoint of one location: a rising number, shown as a time-based UUID.</summary>
/// <remarks>The number sits in the UUID's node and the line's tag in its clock sequence, so no table of given-out ids is needed.</remarks>
internal sealed class VersionLine(int tag, FakeClock clock)
{
    private static readonly DateTimeOffset Gregorian = new(1582, 10, 15, 0, 0, 0, TimeSpan.Zero);

    private readonly int _sequence = 0x8000 | (tag & 0x3FFF);

    public long Current { get; private set; } = 1;

    /// <summary>Changes at or before this number can no longer be told.</summary>
    public long Oldest { get; set; }

    public string Id { get; private set; } = Format(1, 0x8000 | (tag & 0x3FFF), clock.GetUtcNow());

    public long Bump()
    {
        Current++;
        Id = Format(Current, _sequence, clock.GetUtcNow());

        return Current;
    }

    public bool TryRead(string? id, out long version)
    {
        version = 0;
        if (!Guid.TryParseExact(id, "D", out _) || id![14] != '1') return false;
        if (int.Parse(id.AsSpan(19, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) != _sequence) return false;

        version = long.Parse(id.AsSpan(24), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

        return version <= Current && version >= Oldest;
    }

    private static string Format(long number, int sequence, DateTimeOffset now)
    {
        var ticks = (now - Gregorian).Ticks;

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{ticks & 0xFFFFFFFF:x8}-{(ticks >> 32) & 0xFFFF:x4}-1{(ticks >> 48) & 0xFFF:x3}-{sequence:x4}-{number:x12}");
    }
}
