using VppManager.Core.Assignments;

namespace VppManager.Core.Tests.Assignments;

/// <summary>Every cell of the table of conflicts (A6).</summary>
public sealed class IntentRulesTests
{
    [Theory]
    [Trait("Rule", "A6")]
    // Letters: user Required, Available, Uninstall; device required, uninstall (small).
    [InlineData("", false, EffectiveIntent.None, false)]
    [InlineData("R", false, EffectiveIntent.Required, false)]
    [InlineData("A", false, EffectiveIntent.Available, true)]
    [InlineData("U", false, EffectiveIntent.Uninstall, false)]
    [InlineData("r", false, EffectiveIntent.Required, false)]
    [InlineData("u", false, EffectiveIntent.Uninstall, false)]
    [InlineData("RA", false, EffectiveIntent.Required, true)]
    [InlineData("RU", false, EffectiveIntent.Required, false)]
    [InlineData("AU", false, EffectiveIntent.Uninstall, false)]
    [InlineData("AU", true, EffectiveIntent.Uninstall, false)]
    [InlineData("RAU", false, EffectiveIntent.Required, true)]
    [InlineData("Ru", false, EffectiveIntent.Required, false)]
    [InlineData("Au", false, EffectiveIntent.Uninstall, true)]
    [InlineData("Au", true, EffectiveIntent.Available, true)]
    [InlineData("ru", false, EffectiveIntent.Required, false)]
    [InlineData("Ur", false, EffectiveIntent.Required, false)]
    [InlineData("Ar", false, EffectiveIntent.Required, true)]
    [InlineData("Uu", false, EffectiveIntent.Uninstall, false)]
    [InlineData("AUu", true, EffectiveIntent.Uninstall, false)]
    public void Resolve_Addressed_AsTheTableSays(string addressed, bool isAsked, EffectiveIntent intent, bool isOffered)
    {
        var addressing = new Addressing(
            addressed.Contains('R', StringComparison.Ordinal), addressed.Contains('A', StringComparison.Ordinal), addressed.Contains('U', StringComparison.Ordinal),
            addressed.Contains('r', StringComparison.Ordinal), addressed.Contains('u', StringComparison.Ordinal));

        Assert.Equal(new IntentOnDevice(intent, isOffered), IntentRules.Resolve(addressing, isAsked));
    }
}
