namespace VppManager.Core.Licenses;

/// <summary>Holders that wait for exactly the same set of assets.</summary>
/// <param name="Assets">The assets, each once.</param>
/// <param name="Serials">Devices, by serial number, each once.</param>
/// <param name="Users">Users, by client user id, each once.</param>
public sealed record HolderGroup(IReadOnlyList<Guid> Assets, IReadOnlyList<string> Serials, IReadOnlyList<string> Users);

/// <summary>One request to Apple: every asset goes to every holder.</summary>
/// <param name="Assets">At most <see cref="RequestLimits.Assets"/>.</param>
/// <param name="Serials">At most <see cref="RequestLimits.Serials"/>.</param>
/// <param name="Users">At most <see cref="RequestLimits.Users"/>.</param>
public sealed record Rectangle(IReadOnlyList<Guid> Assets, IReadOnlyList<string> Serials, IReadOnlyList<string> Users);

/// <summary>How much one request may carry, as Apple's service config says.</summary>
/// <param name="Assets">Unique assets per request (<c>maxAssets</c>).</param>
/// <param name="Serials">Devices per request (<c>maxSerialNumbers</c>).</param>
/// <param name="Users">Users per request (<c>maxClientUserIds</c>).</param>
public sealed record RequestLimits(int Assets, int Serials, int Users);

/// <summary>
/// Groups what waits to be told to Apple into few requests, without ever licensing a pair nobody asked for.
/// Apple applies every asset of a request to every holder of it, see
/// <see href="https://developer.apple.com/documentation/devicemanagement/associate-assets"/>.
/// </summary>
public static class RequestPlanner
{
    /// <summary>
    /// Plans requests. Two ways are tried, by holders with equal wishes and by assets with equal holders, and the one with fewer requests is taken.
    /// </summary>
    /// <param name="groups">What waits; no holder stands in two groups.</param>
    /// <param name="limits">Apple's limits.</param>
    /// <returns>Rectangles that cover every wanted pair exactly once and no other pair.</returns>
    public static IReadOnlyList<Rectangle> Plan(IReadOnlyList<HolderGroup> groups, RequestLimits limits)
    {
        var byHolder = groups.SelectMany(group => Cut(group, limits)).ToList();
        if (groups.Count < 2) return byHolder;

        var byAsset = Transpose(groups).SelectMany(group => Cut(group, limits)).ToList();
        return byAsset.Count < byHolder.Count ? byAsset : byHolder;
    }

    private static IEnumerable<Rectangle> Cut(HolderGroup group, RequestLimits limits)
    {
        var serials = group.Serials.Chunk(limits.Serials).ToList();
        var users = group.Users.Chunk(limits.Users).ToList();

        foreach (var assets in group.Assets.Chunk(limits.Assets))
            for (var slice = 0; slice < Math.Max(serials.Count, users.Count); slice++)
                yield return new Rectangle(assets, serials.ElementAtOrDefault(slice) ?? [], users.ElementAtOrDefault(slice) ?? []);
    }

    /// <summary>The same pairs, grouped by assets that are wanted by exactly the same groups of holders.</summary>
    private static IEnumerable<HolderGroup> Transpose(IReadOnlyList<HolderGroup> groups) =>
        groups
            .SelectMany((group, index) => group.Assets.Select(asset => (asset, index)))
            .GroupBy(pair => pair.asset, pair => pair.index)
            .GroupBy(wanted => string.Join(',', wanted.Order()))
            .Select(same =>
            {
                var indexes = same.First().ToList();
                return new HolderGroup(
                    [.. same.Select(wanted => wanted.Key)],
                    [.. indexes.SelectMany(index => groups[index].Serials)],
                    [.. indexes.SelectMany(index => groups[index].Users)]);
            });
}
