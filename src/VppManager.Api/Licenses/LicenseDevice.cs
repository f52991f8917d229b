namespace VppManager.Api.Licenses;

/// <summary>One of the up to five devices that a user's licence is good for (L2).</summary>
internal sealed class LicenseDevice
{
    public Guid LicenseId { get; init; }
    public Guid DeviceId { get; init; }
    public DateTimeOffset Since { get; init; }
}
