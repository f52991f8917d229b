namespace VppManager.Api.Access;

internal sealed class Tenant
{
    public Guid Id { get; init; }
    public required string Name { get; set; }

    /// <summary>Whose rules apply where Intune's pages changed: <c>intune2020</c> or <c>intune2026</c>.</summary>
    public string Behavior { get; set; } = Behaviors.Intune2020;

    /// <summary>Whether somebody is to be told when a device has something to do. Written at start, from the settings.</summary>
    public bool TellsDevices { get; set; }

    public DateTimeOffset? SuspendedAt { get; set; }
    public DateTimeOffset CreatedAt { get; init; }
}
