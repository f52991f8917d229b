using VppManager.Core.Licenses;
using static VppManager.Core.Licenses.LicenseState;

namespace VppManager.Core.Tests.Licenses;

/// <summary>The life of a licence, step by step.</summary>
public sealed class LicenseStateTests
{
    /// <summary>Rows: from; columns in the order of the enum: waiting, assigning, held, releasing, released, failed.</summary>
    private static readonly Dictionary<string, LicenseState[]> Steps = new()
    {
        ["new"] = [Waiting, Assigning, Held],
        [nameof(Waiting)] = [Assigning, Held, Released, Failed],
        [nameof(Assigning)] = [Waiting, Held, Releasing, Released, Failed],
        [nameof(Held)] = [Waiting, Releasing, Released],
        [nameof(Releasing)] = [Waiting, Held, Released],
        [nameof(Released)] = [Waiting, Assigning, Held],
        [nameof(Failed)] = [Waiting, Assigning, Held, Released],
    };

    [Fact]
    [Trait("Rule", "L23")]
    public void Allows_EveryPairOfStates_ExactlyTheStepsOfTheTable()
    {
        foreach (var from in Enum.GetValues<LicenseState>().Select(state => (LicenseState?)state).Prepend(null))
            Assert.Equal(Steps[from?.ToString() ?? "new"], Enum.GetValues<LicenseState>().Where(to => from.Allows(to)));
    }

    [Fact]
    [Trait("Rule", "L4")]
    public void TakesSeat_EveryState_FromTheTakingToTheConfirmedRelease() =>
        Assert.Equal([Assigning, Held, Releasing], Enum.GetValues<LicenseState>().Where(state => state.TakesSeat()));
}
