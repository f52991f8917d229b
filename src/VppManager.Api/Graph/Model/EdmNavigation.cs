using Microsoft.OData.ModelBuilder;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Model;

/// <summary>Where things hang: the two singletons, the directory's entity sets, and what is contained in what.</summary>
internal static class EdmNavigation
{
    public static void Add(ODataConventionModelBuilder builder, bool beta)
    {
        builder.Singleton<DeviceAppManagement>("deviceAppManagement");
        builder.Singleton<DeviceManagement>("deviceManagement");
        builder.EntitySet<DirectoryObject>("directoryObjects");
        builder.EntitySet<User>("users");
        builder.EntitySet<Group>("groups");
        builder.EntitySet<Device>("devices");

        var management = builder.EntityType<DeviceAppManagement>();
        management.ContainsMany(singleton => singleton.VppTokens);
        management.ContainsMany(singleton => singleton.MobileApps);
        management.ContainsMany(singleton => singleton.MobileAppCategories);
        management.ContainsMany(singleton => singleton.ManagedEBooks);
        AddManagement(builder.EntityType<DeviceManagement>());
        AddRoles(builder, beta);
        builder.EntityType<DeviceManagementReports>().ContainsMany(reports => reports.ExportJobs);
        builder.EntityType<MobileAppTroubleshootingEvent>().ContainsMany(one => one.AppLogCollectionRequests);

        builder.EntityType<MobileApp>().Abstract().ContainsMany(app => app.Assignments);
        builder.EntityType<MobileApp>().HasMany(app => app.Categories);
        builder.EntityType<User>().ContainsMany(user => user.ManagedDevices);
        AddBooks(builder);

        if (beta)
        {
            builder.EntityType<IosVppApp>().ContainsMany(app => app.AssignedLicenses);
            builder.EntityType<MacOsVppApp>().ContainsMany(app => app.AssignedLicenses);
            management.ContainsMany(singleton => singleton.ManagedEBookCategories);
            builder.EntityType<User>().ContainsMany(user => user.MobileAppIntentAndStates);
            builder.EntityType<User>().ContainsMany(user => user.MobileAppTroubleshootingEvents);
        }
    }

    private static void AddManagement(EntityTypeConfiguration<DeviceManagement> management)
    {
        management.ContainsMany(singleton => singleton.AuditEvents);
        management.ContainsMany(singleton => singleton.ManagedDevices);
        management.ContainsMany(singleton => singleton.MobileAppTroubleshootingEvents);
        management.ContainsMany(singleton => singleton.TroubleshootingEvents);
        management.ContainsOptional(singleton => singleton.Reports);
    }

    private static void AddRoles(ODataConventionModelBuilder builder, bool beta)
    {
        var management = builder.EntityType<DeviceManagement>();
        management.ContainsMany(singleton => singleton.ResourceOperations);
        management.ContainsMany(singleton => singleton.RoleAssignments);
        management.ContainsMany(singleton => singleton.RoleDefinitions);
        builder.EntityType<RoleDefinition>().ContainsMany(role => role.RoleAssignments);
        builder.EntityType<RoleAssignment>().HasOptional(assignment => assignment.RoleDefinition);
        if (!beta) return;

        management.ContainsMany(singleton => singleton.RoleScopeTags);
        builder.EntityType<RoleScopeTag>().ContainsMany(tag => tag.Assignments);
        builder.EntityType<DeviceAndAppManagementRoleAssignment>().HasMany(assignment => assignment.RoleScopeTags);
    }

    private static void AddBooks(ODataConventionModelBuilder builder)
    {
        var book = builder.EntityType<ManagedEBook>().Abstract();
        book.ContainsMany(one => one.Assignments);
        book.ContainsMany(one => one.DeviceStates);
        book.ContainsMany(one => one.UserStateSummary);
        book.ContainsOptional(one => one.InstallSummary);
        builder.EntityType<UserInstallStateSummary>().ContainsMany(one => one.DeviceStates);
    }
}
