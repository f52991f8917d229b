namespace VppManager.Api.Tests.Licenses.Kills;

/// <summary>Where an organization's licences are when the service is killed.</summary>
public enum KillStep
{
    Marked,
    SeatsTaken,
    Planned,
    Pending,
    AboutToConfirm,
    Held,

    /// <summary>Apple has the request; the service has not written that down. Last, for it does not stay so for long.</summary>
    AcceptedByApple,
}
