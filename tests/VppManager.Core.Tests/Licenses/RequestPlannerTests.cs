using CsCheck;
using VppManager.Core.Licenses;

namespace VppManager.Core.Tests.Licenses;

/// <summary>The planner against a model that knows pairs only.</summary>
public sealed class RequestPlannerTests
{
    private const int Universe = 7;
    private static readonly RequestLimits Apples = new(25, 1000, 1000);

    private static readonly Gen<RequestLimits> AnyLimits =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4], Gen.Int[1, 4], (assets, serials, users) => new RequestLimits(assets, serials, users));

    private static readonly Gen<HolderGroup[]> AnyGroups =
        Gen.Select(Gen.Int[1, (1 << Universe) - 1], Gen.Int[0, 9], Gen.Int[0, 9]).Array[0, 12]
            .Select(shapes => shapes.Select((shape, index) => Group(shape.Item1, $"{index:D2}", shape.Item2, shape.Item3)).ToArray());

    [Fact]
    public void Plan_AnyShape_EveryWantedPairExactlyOnceAndNoOther() =>
        Gen.Select(AnyGroups, AnyLimits).Sample((groups, limits) =>
        {
            var planned = RequestPlanner.Plan(groups, limits).SelectMany(Pairs).ToList();
            return planned.Order().SequenceEqual(groups.SelectMany(Pairs).Order());
        });

    [Fact]
    public void Plan_AnyShape_NoRectangleIsEmptyOrOverALimit() =>
        Gen.Select(AnyGroups, AnyLimits).Sample((groups, limits) => RequestPlanner.Plan(groups, limits).All(one =>
            one.Assets.Count > 0 && one.Assets.Count <= limits.Assets
            && one.Serials.Count + one.Users.Count > 0 && one.Serials.Count <= limits.Serials && one.Users.Count <= limits.Users));

    [Fact]
    public void Plan_AnyShape_NeverMoreRequestsThanCuttingEachGroupByItself() =>
        Gen.Select(AnyGroups, AnyLimits).Sample((groups, limits) => RequestPlanner.Plan(groups, limits).Count <= groups.Sum(group => Naive(group, limits)));

    [Fact]
    public void Plan_SameInputTwice_SamePlan() =>
        Gen.Select(AnyGroups, AnyLimits).Sample((groups, limits) =>
            Text(RequestPlanner.Plan(groups, limits)) == Text(RequestPlanner.Plan([.. groups], limits)));

    [Fact]
    public void Plan_20AppsFor10000DevicesOfOneScope_TenRequests()
    {
        var plan = RequestPlanner.Plan([Group((1 << 20) - 1, "", 10_000, 0)], Apples);

        Assert.Equal(10, plan.Count);
        Assert.All(plan, one => Assert.Equal((20, 1000, 0), (one.Assets.Count, one.Serials.Count, one.Users.Count)));
    }

    [Fact]
    public void Plan_DevicesAndUsersOfOneScope_ShareTheirRequests() =>
        Assert.Equal(3, RequestPlanner.Plan([Group(1, "", 3_000, 2_001)], Apples).Count);

    [Fact]
    public void Plan_EveryMixtureOfThreeApps_OneRequestForEachApp()
    {
        var groups = Enumerable.Range(1, 7).Select(mask => Group(mask, $"{mask}", 5, 0)).ToList();

        var plan = RequestPlanner.Plan(groups, Apples);

        Assert.Equal(3, plan.Count);
        Assert.All(plan, one => Assert.Equal((1, 20), (one.Assets.Count, one.Serials.Count)));
    }

    [Fact]
    public void Plan_EachDeviceLacksAnotherApp_AsFewRequestsAsThereAreApps()
    {
        var groups = Enumerable.Range(0, 100).Select(n => Group((1 << 5) - 1 - (1 << (n % 5)), $"{n}", 1, 0)).ToList();

        Assert.Equal(5, RequestPlanner.Plan(groups, Apples).Count);
    }

    [Fact]
    public void Plan_GroupsWithNothingInCommon_OneRequestForEachGroup()
    {
        var groups = Enumerable.Range(0, 4).Select(n => Group(0b11111 << (n * 5), $"{n}", 10, 0)).ToList();

        Assert.Equal(4, RequestPlanner.Plan(groups, Apples).Count);
    }

    [Fact]
    public void Plan_NothingWaits_NoRequest() => Assert.Empty(RequestPlanner.Plan([], Apples));

    private static HolderGroup Group(int assets, string name, int serials, int users) => new(
        [.. Enumerable.Range(0, 31).Where(bit => (assets & (1 << bit)) != 0).Select(Asset)],
        [.. Enumerable.Range(0, serials).Select(n => $"SN{name}-{n:D5}")],
        [.. Enumerable.Range(0, users).Select(n => $"user{name}-{n:D5}")]);

    private static Guid Asset(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static IEnumerable<(Guid, string)> Pairs(HolderGroup group) => Pairs(group.Assets, group.Serials, group.Users);

    private static IEnumerable<(Guid, string)> Pairs(Rectangle one) => Pairs(one.Assets, one.Serials, one.Users);

    private static IEnumerable<(Guid, string)> Pairs(IEnumerable<Guid> assets, IEnumerable<string> serials, IEnumerable<string> users)
    {
        var holders = serials.Concat(users).ToList();
        return assets.SelectMany(asset => holders.Select(holder => (asset, holder)));
    }

    private static int Naive(HolderGroup group, RequestLimits limits) =>
        Parts(group.Assets.Count, limits.Assets) * Math.Max(Parts(group.Serials.Count, limits.Serials), Parts(group.Users.Count, limits.Users));

    private static int Parts(int all, int most) => (all + most - 1) / most;

    private static string Text(IEnumerable<Rectangle> plan) =>
        string.Join('\n', plan.Select(one => $"{string.Join(',', one.Assets)}|{string.Join(',', one.Serials)}|{string.Join(',', one.Users)}"));
}
