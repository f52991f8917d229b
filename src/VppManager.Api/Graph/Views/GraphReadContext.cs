using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

/// <summary>Graph's own types, mapped on SQL views. Reads only.</summary>
internal sealed class GraphReadContext(DbContextOptions<GraphReadContext> options) : TenantDbContext(options)
{
    public IQueryable<VppToken> VppTokens => Set<VppToken>();

    public IQueryable<MobileApp> MobileApps => Set<MobileApp>();

    public IQueryable<IosVppApp> IosVppApps => Set<IosVppApp>();

    public IQueryable<MacOsVppApp> MacOsVppApps => Set<MacOsVppApp>();

    public IQueryable<MobileAppCategory> Categories => Set<MobileAppCategory>();

    public IQueryable<AppCategory> AppCategories => Set<AppCategory>();

    public IQueryable<MobileAppAssignment> Assignments => Set<MobileAppAssignment>();

    public IQueryable<IosVppAppAssignedLicense> IosLicenses => Set<IosVppAppAssignedLicense>();

    public IQueryable<MacOsVppAppAssignedLicense> MacOsLicenses => Set<MacOsVppAppAssignedLicense>();

    public IQueryable<AppPool> AppPools => Set<AppPool>();

    public IQueryable<ManagedEBook> Books => Set<ManagedEBook>();

    public IQueryable<ManagedEBookAssignment> BookAssignments => Set<ManagedEBookAssignment>();

    public IQueryable<DeviceInstallState> BookDeviceStates => Set<DeviceInstallState>();

    public IQueryable<UserInstallStateSummary> BookUserStates => Set<UserInstallStateSummary>();

    public IQueryable<EBookInstallSummary> BookSummaries => Set<EBookInstallSummary>();

    public IQueryable<MobileAppInstallStatus> InstallStatuses => Set<MobileAppInstallStatus>();

    public IQueryable<UserAppInstallStatus> UserInstallStatuses => Set<UserAppInstallStatus>();

    public IQueryable<MobileAppInstallSummary> InstallSummaries => Set<MobileAppInstallSummary>();

    public IQueryable<MobileAppTroubleshootingEvent> AppTroubles => Set<MobileAppTroubleshootingEvent>();

    public IQueryable<MobileAppIntentAndState> AppIntents => Set<MobileAppIntentAndState>();

    public IQueryable<DeviceManagementTroubleshootingEvent> Troubles => Set<DeviceManagementTroubleshootingEvent>();

    public IQueryable<DeviceManagementExportJob> ExportJobs => Set<DeviceManagementExportJob>();

    public IQueryable<AuditEvent> AuditEvents => Set<AuditEvent>();

    public IQueryable<RoleDefinition> RoleDefinitions => Set<RoleDefinition>();

    public IQueryable<RoleAssignment> RoleAssignments => Set<RoleAssignment>();

    public IQueryable<RoleScopeTag> RoleScopeTags => Set<RoleScopeTag>();

    public IQueryable<RoleScopeTagAutoAssignment> RoleScopeTagAssignments => Set<RoleScopeTagAutoAssignment>();

    public IQueryable<ResourceOperation> ResourceOperations => Set<ResourceOperation>();

    public IQueryable<AppImage> AppImages => Set<AppImage>();

    public IQueryable<DirectoryObject> DirectoryObjects => Set<DirectoryObject>();

    public IQueryable<User> Users => Set<User>();

    public IQueryable<Group> Groups => Set<Group>();

    public IQueryable<Device> Devices => Set<Device>();

    public IQueryable<GroupMember> GroupMembers => Set<GroupMember>();

    public IQueryable<ManagedDevice> ManagedDevices => Set<ManagedDevice>();

    /// <summary>PostgreSQL's starts_with: what of all that knows how a text begins is trusted behind its walls, so that an index may answer it.</summary>
    public static bool BeginsWith(string text, string prefix) => throw new NotSupportedException($"{text} and {prefix} are the database's to compare.");

    /// <summary>The members of a group and of the groups in it.</summary>
    public IQueryable<MemberId> TransitiveMembers(string groupId) => FromExpression(() => TransitiveMembers(groupId));

    /// <summary>The groups that something is in, and the groups that those are in.</summary>
    public IQueryable<MemberId> TransitiveGroups(string memberId) => FromExpression(() => TransitiveGroups(memberId));

    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw ReadOnly();

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) =>
        throw ReadOnly();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var type in typeof(Entity).Assembly.GetTypes().Where(type => type.IsEnum && type.Namespace == typeof(Entity).Namespace))
        {
            configurationBuilder.Properties(type).HaveConversion(typeof(GraphEnumText<>).MakeGenericType(type));
        }
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        IgnoreAllButEntities(modelBuilder);
        TokenMapping.Map(modelBuilder);
        AppMapping.Map(modelBuilder);
        AssignmentMapping.Map(modelBuilder);
        LicenseMapping.Map(modelBuilder);
        BookMapping.Map(modelBuilder);
        ReportMapping.Map(modelBuilder);
        DirectoryMapping.Map(modelBuilder);
        RoleMapping.Map(modelBuilder);
        modelBuilder.HasDbFunction(typeof(GraphReadContext).GetMethod(nameof(BeginsWith))!).HasName("starts_with").IsBuiltIn();
        FilterByTenant(modelBuilder);
        NameColumns(modelBuilder);
    }

    private static InvalidOperationException ReadOnly() => new("This context only reads.");

    // Values are columns, if anything: none of them is a row.
    private static void IgnoreAllButEntities(ModelBuilder modelBuilder)
    {
        var values = typeof(Entity).Assembly.GetTypes().Where(type =>
            type.Namespace == typeof(Entity).Namespace && type.IsClass && !type.IsSubclassOf(typeof(Entity))
                && !type.IsSubclassOf(typeof(Attribute)));

        foreach (var type in values.Append(typeof(ManagedApp)))
        {
            modelBuilder.Ignore(type);
        }
    }

    // Also makes the types that share a view share its columns.
    private static void NameColumns(ModelBuilder modelBuilder)
    {
        foreach (var type in modelBuilder.Model.GetEntityTypes())
        {
            foreach (var property in type.GetDeclaredProperties())
            {
                property.SetColumnName(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
            }
        }
    }
}
