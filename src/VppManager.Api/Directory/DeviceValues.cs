using VppManager.Core;

namespace VppManager.Api.Directory;

/// <summary>What a request says of a device. In snake_case its properties are the columns of the table.</summary>
internal record DeviceValues
{
    public Change<string> SerialNumber { get; init; }
    public Change<Guid?> AzureAdDeviceId { get; init; }
    public Change<Guid?> DirectoryObjectId { get; init; }
    public Change<string> DeviceName { get; init; }
    public Change<Guid?> UserId { get; init; }

    /// <summary>Another way to name the user.</summary>
    public Change<string> UserPrincipalName { get; init; }

    public Change<string> OperatingSystem { get; init; }
    public Change<string> OsVersion { get; init; }
    public Change<string> Model { get; init; }
    public Change<string> Manufacturer { get; init; }
    public Change<bool?> IsSupervised { get; init; }
    public Change<bool?> IsKiosk { get; init; }
    public Change<bool?> IsAppStoreBlocked { get; init; }
    public Change<string> OwnerType { get; init; }
    public Change<string> EnrollmentType { get; init; }

    /// <param name="at">Put in front of the property's name, to say where in a long request it stands.</param>
    public virtual VppError? Fault(string at = "") =>
        ValueRules.Word(ValueRules.Name, $"{at}serialNumber", SerialNumber)
        ?? ValueRules.NotNull($"{at}azureAdDeviceId", AzureAdDeviceId)
        ?? ValueRules.NotNull($"{at}directoryObjectId", DirectoryObjectId)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}deviceName", DeviceName)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}userPrincipalName", UserPrincipalName)
        ?? (UserId.IsSet && UserPrincipalName.IsSet ? VppError.InvalidValue($"{at}userPrincipalName", "the user is named by userId already.") : null)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}operatingSystem", OperatingSystem)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}osVersion", OsVersion)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}model", Model)
        ?? ValueRules.AtMost(ValueRules.Name, $"{at}manufacturer", Manufacturer)
        ?? ValueRules.NotNull($"{at}isSupervised", IsSupervised)
        ?? ValueRules.NotNull($"{at}isKiosk", IsKiosk)
        ?? ValueRules.NotNull($"{at}isAppStoreBlocked", IsAppStoreBlocked)
        ?? ValueRules.OneOf(DeviceWords.OwnerTypes, $"{at}ownerType", OwnerType)
        ?? ValueRules.OneOf(DeviceWords.EnrollmentTypes, $"{at}enrollmentType", EnrollmentType);

    /// <param name="user">The user as found; what names it is not read again.</param>
    public void ApplyTo(Device device, Guid? user)
    {
        device.AzureAdDeviceId = AzureAdDeviceId.Or(device.AzureAdDeviceId)!.Value;
        device.DirectoryObjectId = DirectoryObjectId.Or(device.DirectoryObjectId)!.Value;
        device.DeviceName = DeviceName.Or(device.DeviceName);
        device.UserId = user;
        device.OperatingSystem = OperatingSystem.Or(device.OperatingSystem);
        device.OsVersion = OsVersion.Or(device.OsVersion);
        device.Model = Model.Or(device.Model);
        device.Manufacturer = Manufacturer.Or(device.Manufacturer);
        device.IsSupervised = IsSupervised.Or(device.IsSupervised)!.Value;
        device.IsKiosk = IsKiosk.Or(device.IsKiosk)!.Value;
        device.IsAppStoreBlocked = IsAppStoreBlocked.Or(device.IsAppStoreBlocked)!.Value;
        device.OwnerType = OwnerType.Or(device.OwnerType)!;
        device.EnrollmentType = EnrollmentType.Or(device.EnrollmentType)!;
    }
}
