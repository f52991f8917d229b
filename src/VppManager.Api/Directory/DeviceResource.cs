namespace VppManager.Api.Directory;

/// <summary>A device as the plain endpoints show it.</summary>
internal sealed record DeviceResource(
    Guid Id,
    string SerialNumber,
    Guid AzureAdDeviceId,
    Guid DirectoryObjectId,
    string? DeviceName,
    Guid? UserId,
    string? OperatingSystem,
    string? OsVersion,
    string? Model,
    string? Manufacturer,
    bool IsSupervised,
    bool IsKiosk,
    bool IsAppStoreBlocked,
    string OwnerType,
    string EnrollmentType,
    string ManagementState,
    DateTimeOffset EnrolledAt,
    DateTimeOffset LastSyncAt)
{
    public static DeviceResource Of(Device device) => new(
        device.Id, device.SerialNumber, device.AzureAdDeviceId, device.DirectoryObjectId, device.DeviceName, device.UserId, device.OperatingSystem,
        device.OsVersion, device.Model, device.Manufacturer, device.IsSupervised, device.IsKiosk,
        device.IsAppStoreBlocked, device.OwnerType, device.EnrollmentType, device.ManagementState,
        device.EnrolledAt, device.LastSyncAt);
}
