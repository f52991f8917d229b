namespace VppManager.Apple.Tests.Fake.Apps;

public sealed class AssetTests : FakeTest
{
    [Fact, Trait("Fake", "10.18")]
    public async Task Book_InTwoQualities_IsTwoRows()
    {
        North.AddAsset("500", 4, productType: "Book");
        North.AddAsset("500", 2, productType: "Book", pricingParam: "PLUS");
        var rows = (await Get("assets?adamId=500")).Rows("assets");

        Assert.Equal(["STDQ", "PLUS"], rows.Select(row => row.GetProperty("pricingParam").GetString()!));
        Assert.All(rows, row => Assert.False(row.GetProperty("revocable").GetBoolean() || row.GetProperty("deviceAssignable").GetBoolean()));
    }

    [Fact, Trait("Fake", "10.19"), Trait("Fake", "10.40")]
    public async Task Counts_BoughtRefundedAssigned_AddUp()
    {
        North.AddAsset("1", 10, retired: 3);
        North.Buy("1", 5);
        North.Assign("1", Serials(4));
        North.Refund("1", 12);
        var row = (await Get("assets")).Rows("assets")[0];

        Assert.Equal((3, 3, 0, 15), (Count("totalCount"), Count("assignedCount"), Count("availableCount"), Count("retiredCount")));
        Assert.Equal((4, 15, false), (North.Asset("1").Counts.MostAssigned, North.Asset("1").Counts.TotalAtMost, North.Asset("1").Counts.EverOversold));

        int Count(string name) => row.GetProperty(name).GetInt32();
    }

    [Fact, Trait("Fake", "10.19")]
    public async Task Unlimited_AskedThreeWays_ShowsInItsPlace()
    {
        North.AddAsset("1", 10);
        North.AddAsset("2", 0, unlimited: true);
        var (folded, only, without) = (await Get("assets"), await Get("assets?unlimited=true"), await Get("assets?unlimited=false"));

        Assert.Equal(int.MaxValue, folded.Rows("assets")[1].GetProperty("totalCount").GetInt32());
        Assert.Equal(int.MaxValue, folded.Rows("assets")[1].GetProperty("availableCount").GetInt32());
        Assert.False(Assert.Single(only.Rows("unlimitedAssets")).TryGetProperty("totalCount", out _));
        Assert.Equal("1", Assert.Single(without.Rows("assets")).GetProperty("adamId").GetString());
    }

    [Theory, Trait("Fake", "10.20")]
    [InlineData("adamId=1", 1)]
    [InlineData("adamId=999", 0)]
    [InlineData("productType=Book", 1)]
    [InlineData("pricingParam=PLUS", 1)]
    [InlineData("revocable=true", 2)]
    [InlineData("deviceAssignable=false", 2)]
    [InlineData("minAvailableCount=3", 2)]
    [InlineData("maxAvailableCount=2", 1)]
    [InlineData("minAssignedCount=1", 1)]
    [InlineData("maxAssignedCount=0", 2)]
    [InlineData("pageSize=1", 3)]
    public async Task Assets_Filtered_ShowOnlyMatches(string query, int expected)
    {
        North.AddAsset("1", 3);
        North.Assign("1", ["SN"]);
        North.AddAsset("2", 5, deviceAssignable: false);
        North.AddAsset("3", 9, productType: "Book", pricingParam: "PLUS");

        Assert.Equal(expected, (await Get($"assets?{query}")).Rows("assets").Count);
    }

    [Theory, Trait("Fake", "10.20")]
    [InlineData("", 4)]
    [InlineData("adamId=1", 3)]
    [InlineData("adamId=9", 0)]
    [InlineData("serialNumber=SN1", 2)]
    [InlineData("clientUserId=u1", 1)]
    [InlineData("clientUserId=SN1", 0)]
    [InlineData("adamId=2&serialNumber=SN1", 1)]
    [InlineData("pricingParam=PLUS", 0)]
    public async Task Assignments_Filtered_ShowOnlyMatches(string query, int expected)
    {
        North.AddUsers("u1");
        North.AddAsset("1", 5);
        North.AddAsset("2", 5);
        North.Assign("1", ["SN1", "SN2"], ["u1"]);
        North.Assign("2", ["SN1"]);

        Assert.Equal(expected, (await Get($"assignments?{query}")).Rows("assignments").Count);
    }

    [Fact, Trait("Fake", "10.20")]
    public async Task Assignments_WithUserState_ShowStatusAndHash()
    {
        North.AddUsers("u1", "u2");
        North.AcceptInvitation("u1", "kim@example.net");
        North.AddAsset("1", 5);
        North.Assign("1", clientUserIds: ["u1", "u2"]);
        var rows = (await Get("assignments?includeUserState=true")).Rows("assignments");

        Assert.Equal(["Associated", "Registered"], rows.Select(row => row.GetProperty("userStatus").GetString()!));
        Assert.True(rows[0].TryGetProperty("idHash", out _));
        Assert.False((await Get("assignments")).Rows("assignments")[0].TryGetProperty("userStatus", out _));
    }
}
