namespace VppManager.Api.Graph.Wire;

[Beta]
internal enum ResultantAppState
{
    NotApplicable = -1,
    Installed = 1,
    Failed = 2,
    NotInstalled = 3,
    UninstallFailed = 4,
    PendingInstall = 5,
    Unknown = 99,
}

[Beta]
internal enum ResultantAppStateDetail
{
    ProcessorArchitectureNotApplicable = -1000,
    MinimumDiskSpaceNotMet = -1001,
    MinimumOsVersionNotMet = -1002,
    MinimumPhysicalMemoryNotMet = -1003,
    MinimumLogicalProcessorCountNotMet = -1004,
    MinimumCpuSpeedNotMet = -1005,
    PlatformNotApplicable = -1006,
    FileSystemRequirementNotMet = -1011,
    RegistryRequirementNotMet = -1012,
    PowerShellScriptRequirementNotMet = -1013,
    SupersedingAppsNotApplicable = -1016,
    NoAdditionalDetails = 0,
    DependencyFailedToInstall = 1,
    DependencyWithRequirementsNotMet = 2,
    DependencyPendingReboot = 3,
    DependencyWithAutoInstallDisabled = 4,
    SupersededAppUninstallFailed = 5,
    SupersededAppUninstallPendingReboot = 6,
    RemovingSupersededApps = 7,
    IosAppStoreUpdateFailedToInstall = 1000,
    VppAppHasUpdateAvailable = 1001,
    UserRejectedUpdate = 1002,
    UninstallPendingReboot = 1003,
    SupersedingAppsDetected = 1004,
    SupersededAppsDetected = 1005,
    SeeInstallErrorCode = 2000,
    AutoInstallDisabled = 3000,
    ManagedAppNoLongerPresent = 3001,
    UserRejectedInstall = 3002,
    UserIsNotLoggedIntoAppStore = 3003,
    UntargetedSupersedingAppsDetected = 3004,
    AppRemovedBySupersedence = 3005,
    SeeUninstallErrorCode = 4000,
    PendingReboot = 5000,
    InstallingDependencies = 5001,
    ContentDownloaded = 5002,
}
