namespace VppManager.Api.Graph.Wire;

internal enum ComplianceState
{
    Unknown,
    Compliant,
    Noncompliant,
    Conflict,
    Error,
    InGracePeriod = 254,
    ConfigManager = 255,
}

internal enum DeviceEnrollmentType
{
    Unknown,
    UserEnrollment,
    DeviceEnrollmentManager,
    AppleBulkWithUser,
    AppleBulkWithoutUser,
    WindowsAzureADJoin,
    WindowsBulkUserless,
    WindowsAutoEnrollment,
    WindowsBulkAzureDomainJoin,
    WindowsCoManagement,
    WindowsAzureADJoinUsingDeviceAuth,
    AppleUserEnrollment,
    AppleUserEnrollmentWithServiceAccount,
    [Beta] AppleAccountDrivenUserEnrollment = 29,
    UnknownFutureValue = 1000,
}

internal enum DeviceRegistrationState
{
    NotRegistered,
    Registered = 2,
    Revoked,
    KeyConflict,
    ApprovalPending,
    CertificateReset,
    NotRegisteredPendingEnrollment,
    Unknown,
}

[Beta]
internal enum DeviceType
{
    Desktop,
    WindowsRT,
    WinMO6,
    Nokia,
    WindowsPhone,
    Mac,
    WinCE,
    WinEmbedded,
    IPhone,
    IPad,
    IPod,
    Android,
    ISocConsumer,
    Unix,
    MacMDM,
    HoloLens,
    SurfaceHub,
    AndroidForWork,
    AndroidEnterprise,
    Windows10x,
    AndroidnGMS,
    ChromeOS,
    Linux,
    VisionOS,
    TvOS,
    Blackberry = 100,
    Palm,
    Unknown = 255,
}

[Beta]
internal enum JoinType
{
    Unknown,
    AzureADJoined,
    AzureADRegistered,
    HybridAzureADJoined,
}

[Beta]
internal enum LostModeState
{
    Disabled,
    Enabled,
}

internal enum ManagedDeviceOwnerType
{
    Unknown,
    Company,
    Personal,
}

internal enum ManagementAgentType
{
    Eas = 1,
    Mdm = 2,
    EasMdm = 3,
    IntuneClient = 4,
    Unknown = 32,
}

internal enum ManagementState
{
    Managed,
    RetirePending,
    RetireFailed,
    WipePending,
    WipeFailed,
    Unhealthy,
    DeletePending,
    RetireIssued,
    WipeIssued,
    WipeCanceled,
    RetireCanceled,
    Discovered,
}
