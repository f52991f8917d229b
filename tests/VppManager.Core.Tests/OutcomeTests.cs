namespace VppManager.Core.Tests;

public sealed class OutcomeTests
{
    [Fact]
    public void FromValue_IsOk_CarriesTheValueAlone()
    {
        Outcome<string> outcome = "done";

        Assert.True(outcome.IsOk);
        Assert.Equal("done", outcome.Value);
        Assert.Null(outcome.Error);
    }

    [Fact]
    public void FromError_IsNotOk_CarriesTheErrorAlone()
    {
        Outcome<string> outcome = VppError.ConsentNotGranted;

        Assert.False(outcome.IsOk);
        Assert.Null(outcome.Value);
        Assert.Equal(VppError.ConsentNotGranted, outcome.Error);
    }

    [Fact]
    public void Of_AnInterface_IsOk() => Assert.Equal([1, 2], Outcome.Of<IReadOnlyList<int>>([1, 2]).Value);
}
