namespace VppManager.Api.Graph.Wire;

internal sealed class ManagedDevice : Entity
{
    public string? AzureADDeviceId { get; set; }
    [Beta] public bool AutopilotEnrolled { get; set; }
    public bool? AzureADRegistered { get; set; }
    public ComplianceState ComplianceState { get; set; }
    public List<DeviceActionResult> DeviceActionResults { get; set; } = [];
    public DeviceEnrollmentType DeviceEnrollmentType { get; set; }
    public string? DeviceName { get; set; }
    public DeviceRegistrationState DeviceRegistrationState { get; set; }
    [Beta] public DeviceType DeviceType { get; set; }
    public string? EmailAddress { get; set; }
    [Beta] public string? EnrolledByUserPrincipalName { get; set; }
    public DateTimeOffset EnrolledDateTime { get; set; }
    public string? EnrollmentProfileName { get; set; }
    public string? Imei { get; set; }
    public bool IsSupervised { get; set; }
    [Beta] public JoinType JoinType { get; set; }
    public DateTimeOffset LastSyncDateTime { get; set; }
    [Beta] public LostModeState LostModeState { get; set; }
    public string? ManagedDeviceName { get; set; }
    public ManagedDeviceOwnerType ManagedDeviceOwnerType { get; set; }
    public ManagementAgentType ManagementAgent { get; set; }
    public ManagementState ManagementState { get; set; }
    public string? Manufacturer { get; set; }
    public string? Model { get; set; }
    public string? OperatingSystem { get; set; }
    public string? OsVersion { get; set; }
    [Beta] public ManagedDeviceOwnerType OwnerType { get; set; }
    [Beta] public List<string> RoleScopeTagIds { get; set; } = [];
    public string? SerialNumber { get; set; }
    public string? Udid { get; set; }
    public string? UserDisplayName { get; set; }
    public string? UserId { get; set; }
    public string? UserPrincipalName { get; set; }

    [NoColumn] public List<User> Users { get; set; } = [];
    [Beta] public List<LoggedOnUser> UsersLoggedOn { get; set; } = [];
}

[Beta]
internal sealed class LoggedOnUser
{
    public DateTimeOffset LastLogOnDateTime { get; set; }
    public string? UserId { get; set; }
}
