namespace VppManager.FakeApple.Licenses;

/// <summary>What is lost when an asset has too few licences. Apple does not say, so a client has to survive all three.</summary>
public enum ExhaustionPolicy
{
    /// <summary>Up to 100 targets of one asset succeed or fail together.</summary>
    PerBatch,

    /// <summary>Targets are served in order until nothing is left.</summary>
    PerTarget,

    /// <summary>Nothing of the event is done.</summary>
    WholeEvent,
}
