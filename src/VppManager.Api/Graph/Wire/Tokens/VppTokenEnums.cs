namespace VppManager.Api.Graph.Wire;

internal enum VppTokenAccountType
{
    Business,
    Education,
}

internal enum VppTokenState
{
    Unknown,
    Valid,
    Expired,
    Invalid,
    AssignedToExternalMDM,
    [Beta] DuplicateLocationId,
}

internal enum VppTokenSyncStatus
{
    None,
    InProgress,
    Completed,
    Failed,
}

[Beta]
internal enum AppleDeviceDeliveryProtocol
{
    Default,
    MobileDeviceManagement,
    DeclarativeDeviceManagement,
    UnknownFutureValue,
}
