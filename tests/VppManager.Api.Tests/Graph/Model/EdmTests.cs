using Microsoft.OData.Edm;
using VppManager.Api.Graph.Model;

namespace VppManager.Api.Tests.Graph.Model;

public sealed class EdmTests
{
    private static readonly string[] BetaTypes =
    [
        "macOsVppApp", "macOsVppAppAssignmentSettings", "iosDdmVppAppAssignmentSettings", "macOsDdmVppAppAssignmentSettings",
        "iosVppAppAssignedLicense", "iosVppAppAssignedDeviceLicense", "iosVppAppAssignedUserLicense", "macOsVppAppAssignedLicense",
        "vppTokenActionResult", "vppTokenRevokeLicensesActionResult", "vppTokenLicenseSummary", "iosVppAppRevokeLicensesActionResult",
    ];

    private static readonly string[] TypesOfBoth =
    [
        "entity", "vppToken", "mobileApp", "iosVppApp", "vppLicensingType", "iosDeviceType", "mimeContent", "mobileAppCategory",
        "mobileAppAssignment", "deviceAndAppManagementAssignmentTarget", "groupAssignmentTarget", "exclusionGroupAssignmentTarget",
        "allLicensedUsersAssignmentTarget", "allDevicesAssignmentTarget", "configurationManagerCollectionAssignmentTarget",
        "mobileAppAssignmentSettings", "iosVppAppAssignmentSettings", "directoryObject", "user", "group", "device", "managedDevice",
        "vppTokenState", "vppTokenSyncStatus", "vppTokenAccountType", "installIntent", "deviceEnrollmentType",
    ];

    [Fact]
    public void Types_OfBothVersions_AreInBoth()
    {
        foreach (var model in GraphModel.Versions)
        {
            Assert.All(TypesOfBoth, name => Assert.NotNull(Find(model, name)));
        }
    }

    [Fact]
    public void Types_OfBetaAlone_AreNotInV1()
    {
        Assert.All(BetaTypes, name => Assert.NotNull(Find(GraphModel.Beta, name)));
        Assert.All(BetaTypes, name => Assert.Null(Find(GraphModel.V1, name)));
    }

    [Theory]
    [InlineData("vppToken", "appleId,automaticallyUpdateApps,countryOrRegion,expirationDateTime,id,lastModifiedDateTime,lastSyncDateTime,lastSyncStatus,organizationName,state,token,vppTokenAccountType")]
    [InlineData("iosVppApp", "appStoreUrl,applicableDeviceType,bundleId,createdDateTime,description,developer,displayName,id,informationUrl,isFeatured,largeIcon,lastModifiedDateTime,licensingType,notes,owner,privacyInformationUrl,publisher,publishingState,releaseDateTime,totalLicenseCount,usedLicenseCount,vppTokenAccountType,vppTokenAppleId,vppTokenOrganizationName")]
    [InlineData("iosVppAppAssignmentSettings", "useDeviceLicensing,vpnConfigurationId")]
    [InlineData("groupAssignmentTarget", "groupId")]
    [InlineData("mobileAppAssignment", "id,intent,settings,target")]
    [InlineData("vppLicensingType", "supportsDeviceLicensing,supportsUserLicensing")]
    public void Properties_InV1_AreThoseOfItsMetadata(string type, string names) =>
        Assert.Equal(names.Split(','), PropertiesOf(GraphModel.V1, type));

    [Theory]
    [InlineData("vppToken", "appleDeviceAppDeliveryProtocolType,claimTokenManagementFromExternalMdm,dataSharingConsentGranted,displayName,locationName,roleScopeTagIds,tokenActionResults")]
    [InlineData("iosVppApp", "appleDeviceAppDeliveryProtocolType,dependentAppCount,isAssigned,revokeLicenseActionResults,roleScopeTagIds,supersededAppCount,supersedingAppCount,uploadState,vppTokenDisplayName,vppTokenId")]
    [InlineData("iosVppAppAssignmentSettings", "isRemovable,preventAutoAppUpdate,preventManagedAppBackup,uninstallOnDeviceRemoval")]
    [InlineData("groupAssignmentTarget", "deviceAndAppManagementAssignmentFilterId,deviceAndAppManagementAssignmentFilterType")]
    [InlineData("mobileAppAssignment", "source,sourceId")]
    [InlineData("vppLicensingType", "supportDeviceLicensing,supportUserLicensing")]
    public void Properties_OfBetaAlone_AreMoreThanThoseOfV1(string type, string names) =>
        Assert.Equal(names.Split(','), PropertiesOf(GraphModel.Beta, type).Except(PropertiesOf(GraphModel.V1, type)));

    [Theory]
    [InlineData("v1.0", "vppTokenState", "unknown,valid,expired,invalid,assignedToExternalMDM")]
    [InlineData("beta", "vppTokenState", "unknown,valid,expired,invalid,assignedToExternalMDM,duplicateLocationId")]
    [InlineData("v1.0", "installIntent", "available,required,uninstall,availableWithoutEnrollment")]
    [InlineData("beta", "vppTokenActionFailureReason", "none,appleFailure,internalError,expiredVppToken,expiredApplePushNotificationCertificate")]
    public void Enums_InAVersion_HaveItsMembers(string version, string type, string members)
    {
        var model = GraphModel.Versions.Single(one => one.Version == version);

        Assert.Equal(members.Split(','), ((IEdmEnumType)Find(model, type)!).Members.Select(member => member.Name));
    }

    [Theory]
    [InlineData("v1.0", "assign,getAuditActivityTypes,getAuditCategories,getEffectivePermissions,retire,retrieveDeviceAppInstallationStatusReport,syncDevice,syncLicenses,wipe")]
    [InlineData("beta", "assign,getAppStatusOverviewReport,getAppsInstallSummaryReport,getAuditActivityTypes,getAuditCategories,getEffectivePermissions,getFailedMobileAppsReport,getFailedMobileAppsSummaryReport,getLicensesForApp,getRelatedAppsStatusReport,getRoleScopeTagsById,getUserInstallStatusReport,hasCustomRoleScopeTag,retire,retrieveDeviceAppInstallationStatusReport,revokeAllLicenses,revokeAppleVppLicenses,revokeDeviceLicense,revokeLicenses,revokeUserLicense,syncDevice,syncLicenseCounts,syncLicenses,wipe")]
    public void Operations_InAVersion_AreItsOwn(string version, string names)
    {
        var model = GraphModel.Versions.Single(one => one.Version == version);
        var operations = model.Edm.SchemaElements.OfType<IEdmOperation>().Select(operation => operation.Name).Distinct().Order(StringComparer.Ordinal);

        Assert.Equal(names.Split(','), operations);
    }

    [Fact]
    public void Container_InBothVersions_HasTheSingletonsAndTheDirectory()
    {
        string[] expected = ["deviceAppManagement", "deviceManagement", "devices", "directoryObjects", "groups", "users"];

        Assert.All(GraphModel.Versions, model =>
            Assert.Equal(expected, model.Edm.EntityContainer.Elements.Select(element => element.Name).Order(StringComparer.Ordinal)));
    }

    private static IEdmSchemaType? Find(GraphModel model, string name) => model.Edm.FindDeclaredType("microsoft.graph." + name);

    private static IEnumerable<string> PropertiesOf(GraphModel model, string type) =>
        ((IEdmStructuredType)Find(model, type)!).StructuralProperties().Select(property => property.Name).Order(StringComparer.Ordinal);
}
