namespace VppManager.Api.Graph.Wire;

[Beta]
internal class IosVppAppAssignedLicense : Entity
{
    public string? UserEmailAddress { get; set; }
    public string? UserId { get; set; }
    public string? UserName { get; set; }
    public string? UserPrincipalName { get; set; }
}

[Beta]
internal sealed class IosVppAppAssignedUserLicense : IosVppAppAssignedLicense;

[Beta]
internal sealed class IosVppAppAssignedDeviceLicense : IosVppAppAssignedLicense
{
    public string? DeviceName { get; set; }
    public string? ManagedDeviceId { get; set; }
}
