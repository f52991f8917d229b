using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Access.Roles;
using VppManager.Api.Apps;
using VppManager.Api.Apps.Categories;
using VppManager.Api.Assignments;
using VppManager.Api.Directory;
using VppManager.Api.Directory.Mdm;
using VppManager.Api.Licenses;
using VppManager.Api.Licenses.Notifications;
using VppManager.Api.Portal;
using VppManager.Api.Reports;
using VppManager.Api.Sync;
using VppManager.Api.Tokens;
using VppManager.Api.Tokens.Webhooks;
using VppManager.Core.Apps;
using VppManager.Core.Assignments;
using VppManager.Core.Licenses;
using VppManager.Core.Tokens;

namespace VppManager.Api.Data;

/// <summary>The tables, for one tenant.</summary>
internal sealed class VppContext(DbContextOptions<VppContext> options) : TenantDbContext(options)
{
    public DbSet<Tenant> Tenants => Set<Tenant>();
    public DbSet<Location> Locations => Set<Location>();
    public DbSet<Token> Tokens => Set<Token>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<Pool> Pools => Set<Pool>();
    public DbSet<App> Apps => Set<App>();
    public DbSet<DirectoryUser> Users => Set<DirectoryUser>();
    public DbSet<Group> Groups => Set<Group>();
    public DbSet<GroupMember> GroupMembers => Set<GroupMember>();
    public DbSet<Device> Devices => Set<Device>();
    public DbSet<Assignment> Assignments => Set<Assignment>();
    public DbSet<FormerAssignment> FormerAssignments => Set<FormerAssignment>();
    public DbSet<License> Licenses => Set<License>();
    public DbSet<LicenseDevice> LicenseDevices => Set<LicenseDevice>();
    public DbSet<PortalInstall> PortalInstalls => Set<PortalInstall>();
    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();
    public DbSet<AppleUser> AppleUsers => Set<AppleUser>();
    public DbSet<AppleRequest> AppleRequests => Set<AppleRequest>();
    public DbSet<SyncRun> SyncRuns => Set<SyncRun>();
    public DbSet<ReadPosition> ReadPositions => Set<ReadPosition>();
    public DbSet<AuditEvent> AuditEvents => Set<AuditEvent>();

    public DbSet<Role> Roles => Set<Role>();

    public DbSet<AssignedRole> AssignedRoles => Set<AssignedRole>();

    public DbSet<ScopeTag> ScopeTags => Set<ScopeTag>();

    public DbSet<AppIcon> AppIcons => Set<AppIcon>();

    public DbSet<DeviceApp> DeviceApps => Set<DeviceApp>();

    public DbSet<Category> Categories => Set<Category>();

    public DbSet<CategoryOfApp> CategoriesOfApps => Set<CategoryOfApp>();

    public DbSet<RemoteAction> RemoteActions => Set<RemoteAction>();

    public DbSet<ExportJob> ExportJobs => Set<ExportJob>();

    public DbSet<CreatedByRequest> CreatedByRequests => Set<CreatedByRequest>();

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        void AsText<T>() where T : struct, Enum => conventions.Properties<T>().HaveConversion<EnumText<T>>();

        AsText<TokenState>();
        AsText<TokenSyncStatus>();
        AsText<TokenAccountType>();
        AsText<AppKind>();
        AsText<MemberKind>();
        AsText<TargetKind>();
        AsText<Intent>();
        AsText<LicenseType>();
        AsText<HolderKind>();
        AsText<LicenseState>();
        AsText<AppleAccount>();
        AsText<AppleUserStatus>();
        AsText<AppleRequestKind>();
        AsText<AppleRequestState>();
        AsText<SyncOutcome>();
        AsText<WebhookState>();
        AsText<SyncKind>();
        AsText<AppleList>();
        AsText<DeviceAppState>();
        AsText<DeviceActionKind>();
        AsText<MdmCommandKind>();
        AsText<MdmCommandState>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasSequence<long>(Arrivals.Sequence).HasMin(1);
        modelBuilder.Entity<Tenant>(tenant =>
        {
            tenant.ToTable("tenants");
            tenant.HasKey(t => t.Id);
            tenant.Property(t => t.TellsDevices).HasDefaultValue(false);
        });
        foreach (var type in (Type[])[typeof(Location), typeof(Token), typeof(Webhook), typeof(Notification), typeof(Pool), typeof(App), typeof(DirectoryUser), typeof(Group),
            typeof(GroupMember), typeof(Device), typeof(Assignment), typeof(FormerAssignment), typeof(License), typeof(LicenseDevice), typeof(PortalInstall), typeof(LedgerEntry), typeof(AppleUser), typeof(AppleRequest),
            typeof(SyncRun), typeof(ReadPosition), typeof(AuditEvent), typeof(AppIcon), typeof(DeviceApp), typeof(Category), typeof(CategoryOfApp), typeof(RemoteAction),
            typeof(ExportJob), typeof(CreatedByRequest), typeof(MdmCommand), typeof(Role), typeof(AssignedRole), typeof(ScopeTag)])
            modelBuilder.Entity(type);
        FilterByTenant(modelBuilder, typeof(Tenant));
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(VppContext).Assembly);
    }
}

/// <summary>One sequence for everything that can make a holder entitled, so that "first come" has one meaning (L5).</summary>
internal static class Arrivals
{
    public const string Sequence = "arrivals";
    public const string Next = "nextval('arrivals')";
}
