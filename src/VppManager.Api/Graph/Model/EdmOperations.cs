using Microsoft.OData.ModelBuilder;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Model;

/// <summary>The actions and functions of each version.</summary>
internal static class EdmOperations
{
    private const string BindingParameter = "bindingParameter";

    public static void Add(ODataConventionModelBuilder builder, bool beta)
    {
        builder.EntityType<VppToken>().Action("syncLicenses").ReturnsEntityViaEntitySetPath<VppToken>(BindingParameter);
        builder.EntityType<MobileApp>().Action("assign").CollectionParameter<MobileAppAssignment>("mobileAppAssignments").Required();

        builder.EntityType<ManagedEBook>().Action("assign").CollectionParameter<ManagedEBookAssignment>("managedEBookAssignments")
            .Required();

        EdmReports.Add(builder, beta);

        var device = builder.EntityType<ManagedDevice>();
        device.Action("syncDevice");
        device.Action("retire");
        device.Action("wipe");

        builder.EntityType<DeviceManagement>().Function("getEffectivePermissions").ReturnsCollection<RolePermission>()
            .Parameter<string>("scope").Optional();

        if (beta)
        {
            AddTags(builder.EntityType<RoleScopeTag>());
            AddTokens(builder.EntityType<VppToken>());
            AddRevokes(builder.EntityType<IosVppApp>());
            AddRevokes(builder.EntityType<MacOsVppApp>());
            device.Action("revokeAppleVppLicenses");
        }
    }

    private static void AddTokens(EntityTypeConfiguration<VppToken> token)
    {
        var revoke = token.Action("revokeLicenses");
        revoke.Parameter<bool>("notifyManagedDevices").Required();
        revoke.Parameter<bool?>("revokeUntrackedLicenses").Optional();

        token.Collection.Action("syncLicenseCounts");

        var licenses = token.Collection.Function("getLicensesForApp").ReturnsCollection<VppTokenLicenseSummary>();
        licenses.Parameter<string>("bundleId").Required();
    }

    private static void AddTags(EntityTypeConfiguration<RoleScopeTag> tag)
    {
        tag.Action("assign").ReturnsCollectionViaEntitySetPath<RoleScopeTagAutoAssignment>(BindingParameter + "/assignments")
            .CollectionParameter<RoleScopeTagAutoAssignment>("assignments").Required();
        tag.Collection.Action("getRoleScopeTagsById").ReturnsCollectionViaEntitySetPath<RoleScopeTag>(BindingParameter)
            .CollectionParameter<string>("roleScopeTagIds").Required();
        tag.Collection.Function("hasCustomRoleScopeTag").Returns<bool>();
    }

    private static void AddRevokes<TApp>(EntityTypeConfiguration<TApp> app) where TApp : MobileApp
    {
        app.Action("revokeAllLicenses").Parameter<bool>("notifyManagedDevices").Required();

        var device = app.Action("revokeDeviceLicense");
        device.Parameter<string>("managedDeviceId").Required();
        device.Parameter<bool>("notifyManagedDevices").Required();

        var user = app.Action("revokeUserLicense");
        user.Parameter<string>("userId").Required();
        user.Parameter<bool>("notifyManagedDevices").Required();
    }
}
