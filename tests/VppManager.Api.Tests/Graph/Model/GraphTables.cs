namespace VppManager.Api.Tests.Graph.Model;

/// <summary>
/// What Graph's metadata says of the types that this service has, written down by hand. A type, the one it derives from, its properties; "beta" where
/// v1.0 does not have it; "?" where null is allowed; brackets around the kind of a collection; an arrow before what is reached by navigation.
/// Members of enums with their numbers.
/// </summary>
internal static class GraphTables
{
    public const string Text = """
        abstract entity
          id String

        vppToken : entity
          appleDeviceAppDeliveryProtocolType appleDeviceDeliveryProtocol beta
          appleId String?
          automaticallyUpdateApps Boolean
          claimTokenManagementFromExternalMdm Boolean beta
          countryOrRegion String?
          dataSharingConsentGranted Boolean beta
          displayName String? beta
          expirationDateTime DateTimeOffset
          lastModifiedDateTime DateTimeOffset
          lastSyncDateTime DateTimeOffset
          lastSyncStatus vppTokenSyncStatus
          locationName String? beta
          organizationName String?
          roleScopeTagIds [String] beta
          state vppTokenState
          token String?
          tokenActionResults [vppTokenActionResult] beta
          vppTokenAccountType vppTokenAccountType
        enum vppTokenAccountType business 0, education 1
        enum vppTokenState unknown 0, valid 1, expired 2, invalid 3, assignedToExternalMDM 4, duplicateLocationId 5 beta
        enum vppTokenSyncStatus none 0, inProgress 1, completed 2, failed 3
        enum appleDeviceDeliveryProtocol beta default 0, mobileDeviceManagement 1, declarativeDeviceManagement 2, unknownFutureValue 3
        enum actionState none 0, pending 1, canceled 2, active 3, done 4, failed 5, notSupported 6
        enum vppTokenActionFailureReason beta none 0, appleFailure 1, internalError 2, expiredVppToken 3, expiredApplePushNotificationCertificate 4
        vppTokenActionResult beta
          actionName String?
          actionState actionState
          lastUpdatedDateTime DateTimeOffset
          startDateTime DateTimeOffset
        vppTokenRevokeLicensesActionResult : vppTokenActionResult beta
          actionFailureReason vppTokenActionFailureReason
          failedLicensesCount Int32
          totalLicensesCount Int32
        vppTokenLicenseSummary beta
          appleId String?
          availableLicenseCount Int32
          organizationName String?
          usedLicenseCount Int32
          vppTokenId String?
        appleVppTokenTroubleshootingEvent : deviceManagementTroubleshootingEvent beta
          tokenId String?
        deviceManagementTroubleshootingEvent : entity
          correlationId String?
          eventDateTime DateTimeOffset

        abstract mobileApp : entity
          createdDateTime DateTimeOffset
          dependentAppCount Int32 beta
          description String?
          developer String?
          displayName String?
          informationUrl String?
          isAssigned Boolean beta
          isFeatured Boolean
          largeIcon mimeContent?
          lastModifiedDateTime DateTimeOffset
          notes String?
          owner String?
          privacyInformationUrl String?
          publisher String?
          publishingState mobileAppPublishingState
          roleScopeTagIds [String] beta
          supersededAppCount Int32 beta
          supersedingAppCount Int32 beta
          uploadState Int32 beta
          assignments -> [mobileAppAssignment] contained
          categories -> [mobileAppCategory]
          relationships -> [mobileAppRelationship] beta
        mimeContent
          type String?
          value Binary?
        enum mobileAppPublishingState notPublished 0, processing 1, published 2
        iosVppApp : mobileApp
          appStoreUrl String?
          appleDeviceAppDeliveryProtocolType appleDeviceDeliveryProtocol beta
          applicableDeviceType iosDeviceType?
          bundleId String?
          licensingType vppLicensingType?
          releaseDateTime DateTimeOffset?
          revokeLicenseActionResults [iosVppAppRevokeLicensesActionResult] beta
          totalLicenseCount Int32
          usedLicenseCount Int32
          vppTokenAccountType vppTokenAccountType
          vppTokenAppleId String?
          vppTokenDisplayName String? beta
          vppTokenId String? beta
          vppTokenOrganizationName String?
          assignedLicenses -> [iosVppAppAssignedLicense] beta contained
        macOsVppApp : mobileApp beta
          appStoreUrl String?
          appleDeviceAppDeliveryProtocolType appleDeviceDeliveryProtocol
          bundleId String?
          licensingType vppLicensingType?
          releaseDateTime DateTimeOffset?
          revokeLicenseActionResults [macOsVppAppRevokeLicensesActionResult]
          totalLicenseCount Int32
          usedLicenseCount Int32
          vppTokenAccountType vppTokenAccountType
          vppTokenAppleId String?
          vppTokenDisplayName String?
          vppTokenId String?
          vppTokenOrganizationName String?
          assignedLicenses -> [macOsVppAppAssignedLicense] contained
        iosDeviceType
          iPad Boolean
          iPhoneAndIPod Boolean
        vppLicensingType
          supportDeviceLicensing Boolean beta
          supportUserLicensing Boolean beta
          supportsDeviceLicensing Boolean
          supportsUserLicensing Boolean
        iosVppAppRevokeLicensesActionResult beta
          actionFailureReason vppTokenActionFailureReason
          actionName String?
          actionState actionState
          failedLicensesCount Int32
          lastUpdatedDateTime DateTimeOffset
          managedDeviceId String?
          startDateTime DateTimeOffset
          totalLicensesCount Int32
          userId String?
        macOsVppAppRevokeLicensesActionResult beta
          actionFailureReason vppTokenActionFailureReason
          actionName String?
          actionState actionState
          failedLicensesCount Int32
          lastUpdatedDateTime DateTimeOffset
          managedDeviceId String?
          startDateTime DateTimeOffset
          totalLicensesCount Int32
          userId String?
        iosVppAppAssignedLicense : entity beta
          userEmailAddress String?
          userId String?
          userName String?
          userPrincipalName String?
        iosVppAppAssignedUserLicense : iosVppAppAssignedLicense beta
        iosVppAppAssignedDeviceLicense : iosVppAppAssignedLicense beta
          deviceName String?
          managedDeviceId String?
        macOsVppAppAssignedLicense : entity beta
          userEmailAddress String?
          userId String?
          userName String?
          userPrincipalName String?
        mobileAppCategory : entity
          displayName String?
          lastModifiedDateTime DateTimeOffset
        mobileAppAssignment : entity
          intent installIntent
          settings mobileAppAssignmentSettings?
          source deviceAndAppManagementAssignmentSource beta
          sourceId String? beta
          target deviceAndAppManagementAssignmentTarget?
        enum installIntent available 0, required 1, uninstall 2, availableWithoutEnrollment 3
        enum deviceAndAppManagementAssignmentSource beta direct 0, policySets 1
        enum deviceAndAppManagementAssignmentFilterType beta none 0, include 1, exclude 2
        abstract deviceAndAppManagementAssignmentTarget
          deviceAndAppManagementAssignmentFilterId String? beta
          deviceAndAppManagementAssignmentFilterType deviceAndAppManagementAssignmentFilterType beta
        groupAssignmentTarget : deviceAndAppManagementAssignmentTarget
          groupId String?
        exclusionGroupAssignmentTarget : groupAssignmentTarget
        allLicensedUsersAssignmentTarget : deviceAndAppManagementAssignmentTarget
        allDevicesAssignmentTarget : deviceAndAppManagementAssignmentTarget
        configurationManagerCollectionAssignmentTarget : deviceAndAppManagementAssignmentTarget
          collectionId String?
        abstract mobileAppAssignmentSettings
        iosVppAppAssignmentSettings : mobileAppAssignmentSettings
          isRemovable Boolean? beta
          preventAutoAppUpdate Boolean? beta
          preventManagedAppBackup Boolean? beta
          uninstallOnDeviceRemoval Boolean? beta
          useDeviceLicensing Boolean
          vpnConfigurationId String?
        macOsVppAppAssignmentSettings : mobileAppAssignmentSettings beta
          preventAutoAppUpdate Boolean?
          preventManagedAppBackup Boolean?
          uninstallOnDeviceRemoval Boolean?
          useDeviceLicensing Boolean
        iosDdmVppAppAssignmentSettings : mobileAppAssignmentSettings beta
          allowDownloadsOverCellular deviceAppUpdateBehavior
          associatedDomains [String]
          associatedDomainsDirectDownloadAllowed Boolean
          automaticAppUpdates deviceAppUpdateBehavior
          cellularSliceConfigurationId String?
          contentFilterConfigurationId String?
          dnsProxyConfigurationId String?
          preventManagedAppBackup Boolean
          relayConfigurationId String?
          tapToPayScreenLockEnabled Boolean
          useDeviceLicensing Boolean
          version Int32?
          vpnConfigurationId String?
        macOsDdmVppAppAssignmentSettings : mobileAppAssignmentSettings beta
          automaticAppUpdates deviceAppUpdateBehavior
          isIosApp Boolean
          useDeviceLicensing Boolean
          version Int32?

        abstract managedEBook : entity
          createdDateTime DateTimeOffset
          description String?
          displayName String
          informationUrl String?
          largeCover mimeContent?
          lastModifiedDateTime DateTimeOffset
          privacyInformationUrl String?
          publishedDateTime DateTimeOffset
          publisher String?
          assignments -> [managedEBookAssignment] contained
          categories -> [managedEBookCategory] beta
          deviceStates -> [deviceInstallState] contained
          installSummary -> eBookInstallSummary contained
          userStateSummary -> [userInstallStateSummary] contained
        iosVppEBook : managedEBook
          appleId String?
          genres [String]
          language String?
          roleScopeTagIds [String] beta
          seller String?
          totalLicenseCount Int32
          usedLicenseCount Int32
          vppOrganizationName String?
          vppTokenId Guid
        managedEBookCategory : entity beta
          displayName String?
          lastModifiedDateTime DateTimeOffset
        managedEBookAssignment : entity
          installIntent installIntent
          target deviceAndAppManagementAssignmentTarget?
        iosVppEBookAssignment : managedEBookAssignment
        eBookInstallSummary : entity
          failedDeviceCount Int32
          failedUserCount Int32
          installedDeviceCount Int32
          installedUserCount Int32
          notInstalledDeviceCount Int32
          notInstalledUserCount Int32
        deviceInstallState : entity
          deviceId String?
          deviceName String?
          errorCode String?
          installState installState
          lastSyncDateTime DateTimeOffset
          osDescription String?
          osVersion String?
          userName String?
        enum installState notApplicable 0, installed 1, failed 2, notInstalled 3, uninstallFailed 4, unknown 5
        userInstallStateSummary : entity
          failedDeviceCount Int32
          installedDeviceCount Int32
          notInstalledDeviceCount Int32
          userName String?
          deviceStates -> [deviceInstallState] contained

        mobileAppInstallStatus : entity beta
          deviceId String?
          deviceName String?
          displayVersion String?
          errorCode Int32
          installState resultantAppState
          installStateDetail resultantAppStateDetail
          lastSyncDateTime DateTimeOffset
          mobileAppInstallStatusValue resultantAppState
          osDescription String?
          osVersion String?
          userName String?
          userPrincipalName String?
        userAppInstallStatus : entity beta
          failedDeviceCount Int32
          installedDeviceCount Int32
          notInstalledDeviceCount Int32
          userName String?
          userPrincipalName String?
        mobileAppInstallSummary : entity beta
          failedDeviceCount Int32
          failedUserCount Int32
          installedDeviceCount Int32
          installedUserCount Int32
          notApplicableDeviceCount Int32
          notApplicableUserCount Int32
          notInstalledDeviceCount Int32
          notInstalledUserCount Int32
          pendingInstallDeviceCount Int32
          pendingInstallUserCount Int32
        enum resultantAppState beta notApplicable -1, installed 1, failed 2, notInstalled 3, uninstallFailed 4, pendingInstall 5, unknown 99
        enum resultantAppStateDetail beta processorArchitectureNotApplicable -1000, minimumDiskSpaceNotMet -1001, minimumOsVersionNotMet -1002, minimumPhysicalMemoryNotMet -1003, minimumLogicalProcessorCountNotMet -1004, minimumCpuSpeedNotMet -1005, platformNotApplicable -1006, fileSystemRequirementNotMet -1011, registryRequirementNotMet -1012, powerShellScriptRequirementNotMet -1013, supersedingAppsNotApplicable -1016, noAdditionalDetails 0, dependencyFailedToInstall 1, dependencyWithRequirementsNotMet 2, dependencyPendingReboot 3, dependencyWithAutoInstallDisabled 4, supersededAppUninstallFailed 5, supersededAppUninstallPendingReboot 6, removingSupersededApps 7, iosAppStoreUpdateFailedToInstall 1000, vppAppHasUpdateAvailable 1001, userRejectedUpdate 1002, uninstallPendingReboot 1003, supersedingAppsDetected 1004, supersededAppsDetected 1005, seeInstallErrorCode 2000, autoInstallDisabled 3000, managedAppNoLongerPresent 3001, userRejectedInstall 3002, userIsNotLoggedIntoAppStore 3003, untargetedSupersedingAppsDetected 3004, appRemovedBySupersedence 3005, seeUninstallErrorCode 4000, pendingReboot 5000, installingDependencies 5001, contentDownloaded 5002
        enum mobileAppIntent beta available 0, notAvailable 1, requiredInstall 2, requiredUninstall 3, requiredAndAvailableInstall 4, availableInstallWithoutEnrollment 5, exclude 6
        mobileAppTroubleshootingEvent : entity
          applicationId String? beta
          deviceId String? beta
          history [mobileAppTroubleshootingHistoryItem] beta
          managedDeviceIdentifier String? beta
          userId String? beta
          appLogCollectionRequests -> [appLogCollectionRequest] contained
        mobileAppIntentAndState : entity beta
          managedDeviceIdentifier String?
          mobileAppList [mobileAppIntentAndStateDetail]
          userId String?
        deviceManagementExportJob : entity
          expirationDateTime DateTimeOffset
          filter String?
          format deviceManagementReportFileFormat
          localizationType deviceManagementExportJobLocalizationType
          reportName String?
          requestDateTime DateTimeOffset
          search String? beta
          select [String]
          snapshotId String?
          status deviceManagementReportStatus
          url String?
        enum deviceManagementReportStatus unknown 0, notStarted 1, inProgress 2, completed 3, failed 4
        enum deviceManagementExportJobLocalizationType localizedValuesAsAdditionalColumn 0, replaceLocalizableValues 1

        abstract directoryObject : entity
          deletedDateTime DateTimeOffset?
        user : directoryObject
          accountEnabled Boolean?
          assignedLicenses [assignedLicense]
          displayName String?
          givenName String?
          mail String?
          mailNickname String?
          surname String?
          usageLocation String?
          userPrincipalName String?
          userType String?
          managedDevices -> [managedDevice] contained
          manager -> directoryObject
          memberOf -> [directoryObject]
          mobileAppIntentAndStates -> [mobileAppIntentAndState] beta contained
          mobileAppTroubleshootingEvents -> [mobileAppTroubleshootingEvent] beta contained
          ownedDevices -> [directoryObject]
          registeredDevices -> [directoryObject]
          transitiveMemberOf -> [directoryObject]
        group : directoryObject
          createdDateTime DateTimeOffset?
          description String?
          displayName String?
          groupTypes [String]
          mailEnabled Boolean?
          mailNickname String?
          membershipRule String?
          membershipRuleProcessingState String?
          securityEnabled Boolean?
          memberOf -> [directoryObject]
          members -> [directoryObject]
          owners -> [directoryObject]
          transitiveMemberOf -> [directoryObject]
          transitiveMembers -> [directoryObject]
        device : directoryObject
          accountEnabled Boolean?
          deviceId String?
          deviceOwnership String?
          displayName String?
          enrollmentType String?
          isCompliant Boolean?
          isManaged Boolean?
          operatingSystem String?
          operatingSystemVersion String?
          trustType String?
          memberOf -> [directoryObject]
          registeredOwners -> [directoryObject]
          registeredUsers -> [directoryObject]
          transitiveMemberOf -> [directoryObject]
        managedDevice : entity
          usersLoggedOn [loggedOnUser] beta
          lostModeState lostModeState beta
          joinType joinType beta
          enrolledByUserPrincipalName String? beta
          deviceType deviceType beta
          autopilotEnrolled Boolean beta
          azureADDeviceId String?
          azureADRegistered Boolean?
          complianceState complianceState
          deviceActionResults [deviceActionResult]
          deviceEnrollmentType deviceEnrollmentType
          deviceName String?
          deviceRegistrationState deviceRegistrationState
          emailAddress String?
          enrolledDateTime DateTimeOffset
          enrollmentProfileName String?
          imei String?
          isSupervised Boolean
          lastSyncDateTime DateTimeOffset
          managedDeviceName String?
          managedDeviceOwnerType managedDeviceOwnerType
          managementAgent managementAgentType
          managementState managementState
          manufacturer String?
          model String?
          operatingSystem String?
          osVersion String?
          ownerType managedDeviceOwnerType beta
          roleScopeTagIds [String] beta
          serialNumber String?
          udid String?
          userDisplayName String?
          userId String?
          userPrincipalName String?
          users -> [user]
        loggedOnUser beta
          lastLogOnDateTime DateTimeOffset
          userId String?
        enum deviceType beta desktop 0, windowsRT 1, winMO6 2, nokia 3, windowsPhone 4, mac 5, winCE 6, winEmbedded 7, iPhone 8, iPad 9, iPod 10, android 11, iSocConsumer 12, unix 13, macMDM 14, holoLens 15, surfaceHub 16, androidForWork 17, androidEnterprise 18, windows10x 19, androidnGMS 20, chromeOS 21, linux 22, visionOS 23, tvOS 24, blackberry 100, palm 101, unknown 255
        enum joinType beta unknown 0, azureADJoined 1, azureADRegistered 2, hybridAzureADJoined 3
        enum lostModeState beta disabled 0, enabled 1
        enum deviceEnrollmentType unknown 0, userEnrollment 1, deviceEnrollmentManager 2, appleBulkWithUser 3, appleBulkWithoutUser 4, windowsAzureADJoin 5, windowsBulkUserless 6, windowsAutoEnrollment 7, windowsBulkAzureDomainJoin 8, windowsCoManagement 9, windowsAzureADJoinUsingDeviceAuth 10, appleUserEnrollment 11, appleUserEnrollmentWithServiceAccount 12, appleAccountDrivenUserEnrollment 29 beta, unknownFutureValue 1000
        enum managedDeviceOwnerType unknown 0, company 1, personal 2
        enum managementState managed 0, retirePending 1, retireFailed 2, wipePending 3, wipeFailed 4, unhealthy 5, deletePending 6, retireIssued 7, wipeIssued 8, wipeCanceled 9, retireCanceled 10, discovered 11
        deviceActionResult
          actionName String?
          actionState actionState
          lastUpdatedDateTime DateTimeOffset
          startDateTime DateTimeOffset
        revokeAppleVppLicensesActionResult : deviceActionResult beta
          failedLicensesCount Int32
          totalLicensesCount Int32

        roleDefinition : entity
          description String?
          displayName String?
          isBuiltIn Boolean
          isBuiltInRoleDefinition Boolean beta
          permissions [rolePermission] beta
          rolePermissions [rolePermission]
          roleScopeTagIds [String] beta
          roleAssignments -> [roleAssignment] contained
        deviceAndAppManagementRoleDefinition : roleDefinition
        rolePermission
          actions [String] beta
          resourceActions [resourceAction]
        resourceAction
          allowedResourceActions [String]
          notAllowedResourceActions [String]
        roleAssignment : entity
          description String?
          displayName String?
          resourceScopes [String]
          scopeMembers [String] beta
          scopeType roleAssignmentScopeType beta
          roleDefinition -> roleDefinition
        deviceAndAppManagementRoleAssignment : roleAssignment
          members [String]
          roleScopeTagIds [String] beta
          roleScopeTags -> [roleScopeTag] beta
        enum roleAssignmentScopeType beta resourceScope 0, allDevices 1, allLicensedUsers 2, allDevicesAndLicensedUsers 3
        roleScopeTag : entity beta
          description String?
          displayName String?
          isBuiltIn Boolean
          assignments -> [roleScopeTagAutoAssignment] contained
        auditEvent : entity
          activity String?
          activityDateTime DateTimeOffset
          activityOperationType String?
          activityResult String?
          activityType String?
          actor auditActor?
          category String?
          componentName String?
          correlationId Guid
          displayName String?
          resources [auditResource]
        auditActor
          applicationDisplayName String?
          applicationId String?
          auditActorType String?
          ipAddress String?
          remoteTenantId String? beta
          remoteUserId String? beta
          servicePrincipalName String?
          type String? beta
          userId String?
          userPermissions [String]
          userPrincipalName String?
          userRoleScopeTags [roleScopeTagInfo] beta
        auditResource
          auditResourceType String?
          displayName String?
          modifiedProperties [auditProperty]
          resourceId String?
        auditProperty
          displayName String?
          newValue String?
          oldValue String?
        """;

    /// <summary>The names of the properties of a type and of those it derives from, without those of navigation.</summary>
    public static IEnumerable<string> PropertiesOf(string type, bool beta)
    {
        var lines = Text.Split('\n').SkipWhile(line => line.Length == 0 || line[0] == ' ' || NameOf(line) != type).ToList();
        var own = lines.Skip(1).TakeWhile(line => line.StartsWith(' ')).Select(line => line.Trim().Split(' '))
            .Where(words => words[1] != "->" && (beta || words[^1] != "beta")).Select(words => words[0]);
        var head = lines[0].Split(' ');
        var colon = Array.IndexOf(head, ":");
        return colon < 0 ? own : PropertiesOf(head[colon + 1], beta).Concat(own);
    }

    public static string NameOf(string head) => head.Split(' ').First(word => word is not ("abstract" or "enum")).Trim();
}
