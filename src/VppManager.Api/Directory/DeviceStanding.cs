namespace VppManager.Api.Directory;

/// <summary>What of a device decides about licences: its own, and those of its user.</summary>
internal readonly record struct DeviceStanding(Guid? UserId, string? OperatingSystem, string EnrollmentType, string ManagementState, string? Model)
{
    public static DeviceStanding Of(Device device) =>
        new(device.UserId, device.OperatingSystem, device.EnrollmentType, device.ManagementState, device.Model);

    /// <summary>Who must be looked at again now that the device stands as it does: itself, and the users it had and has.</summary>
    public List<Guid> TouchedBy(Device device) => this == Of(device) ? [] : With(device.Id, UserId, device.UserId);

    public static List<Guid> With(Guid device, params ReadOnlySpan<Guid?> users)
    {
        List<Guid> touched = [device];
        foreach (var user in users)
        {
            if (user is { } id && !touched.Contains(id)) touched.Add(id);
        }

        return touched;
    }
}
