namespace VppManager.Api.Licenses;

/// <summary>
/// An action that somebody asked for and that takes its time: licences taken back, a device told to synchronise. How far it is follows from
/// the licences that carry its id, or from the next check-in of the device.
/// </summary>
internal sealed class RemoteAction
{
    public Guid Id { get; init; }

    /// <summary>As Graph calls it: revokeDeviceLicense, syncDevice.</summary>
    public required string Name { get; init; }

    public Guid? TokenId { get; init; }
    public Guid? AppId { get; init; }
    public Guid? DeviceId { get; init; }
    public Guid? UserId { get; init; }

    /// <summary>How many licences it takes back.</summary>
    public int Licenses { get; init; }

    public string? Actor { get; init; }
    public DateTimeOffset StartedAt { get; init; }

    public static RemoteAction On(Guid device, string name, string actor, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Name = name, DeviceId = device, Actor = actor, StartedAt = now };
}
