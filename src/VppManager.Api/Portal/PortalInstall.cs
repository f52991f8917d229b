namespace VppManager.Api.Portal;

/// <summary>A user asked for an available app on one of their devices (A3, D5). It stands until the app is taken off the assignment or the device.</summary>
internal sealed class PortalInstall
{
    public Guid AppId { get; init; }
    public Guid DeviceId { get; init; }
    public Guid UserId { get; init; }

    /// <summary>When it was asked for, among all arrivals of the service (L5).</summary>
    public long Seq { get; init; }

    public DateTimeOffset AskedAt { get; set; }

    /// <summary>When the user deleted the app from the device: it keeps its licence (L17), and is not installed again until asked for again.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>When the user last asked for the newer version; null when never.</summary>
    public DateTimeOffset? UpdateAskedAt { get; set; }
}
