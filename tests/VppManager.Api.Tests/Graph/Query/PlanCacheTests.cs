using VppManager.Api.Graph.Query;

namespace VppManager.Api.Tests.Graph.Query;

public sealed class PlanCacheTests
{
    [Fact]
    public void Get_SameTextTwice_MakesOnce()
    {
        var cache = new PlanCache();
        var first = cache.Get("$filter", "a eq 1", () => new object());

        Assert.Same(first, cache.Get("$filter", "a eq 1", () => new object()));
        Assert.NotSame(first, cache.Get("$orderby", "a eq 1", () => new object()));
    }

    [Fact]
    public void Get_MoreTextsThanItHolds_StaysBounded()
    {
        var cache = new PlanCache();

        for (var text = 0; text < PlanCache.Capacity * 3; text++)
        {
            cache.Get("$filter", $"a eq {text}", () => new object());
            Assert.InRange(cache.Count, 1, PlanCache.Capacity);
        }
    }

    [Fact]
    public void Get_VeryLongText_IsNotKept()
    {
        var cache = new PlanCache();

        cache.Get("$filter", new string('x', 10_000), () => new object());

        Assert.Equal(0, cache.Count);
    }
}
