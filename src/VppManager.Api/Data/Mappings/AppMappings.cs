using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Apps;
using VppManager.Api.Apps.Categories;
using VppManager.Api.Assignments;
using VppManager.Api.Tokens;

namespace VppManager.Api.Data.Mappings;

internal sealed class PoolMapping : IEntityTypeConfiguration<Pool>
{
    public const string OnePerAsset = "ux_pools_asset";

    public void Configure(EntityTypeBuilder<Pool> builder)
    {
        builder.ToTable("pools", table => table.HasCheckConstraint("ck_pools_taken", "taken >= 0"));
        builder.HasKey(TenantDbContext.TenantColumn, nameof(Pool.Id));
        builder.Property(pool => pool.AppleDifference).HasDefaultValue(0);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Pool.LocationId), nameof(Pool.AdamId), nameof(Pool.PricingParam))
            .IsUnique().HasDatabaseName(OnePerAsset);
        builder.HasOne<Location>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(Pool.LocationId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AppMapping : IEntityTypeConfiguration<App>
{
    public const string OnePerTokenPoolAndKind = "ux_apps_token_pool_kind";

    public void Configure(EntityTypeBuilder<App> builder)
    {
        builder.ToTable("apps");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(App.Id));
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(App.TokenId), nameof(App.PoolId), nameof(App.Kind))
            .IsUnique().HasDatabaseName(OnePerTokenPoolAndKind);
        builder.Property(app => app.ScopeTags).HasDefaultValueSql("'{0}'").ValueGeneratedOnAddOrUpdate();
        builder.Property(app => app.Edited).HasDefaultValueSql("'{}'");
        builder.Property(app => app.DeviceFamilies).HasDefaultValueSql("'{}'");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(App.PoolId)).HasDatabaseName("ix_apps_pool");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(App.DisplayName), nameof(App.Id)).HasDatabaseName("ix_apps_display_name");
        builder.HasIndex([TenantDbContext.TenantColumn, nameof(App.DisplayName)], "ix_apps_display_name_prefix").HasDatabaseName("ix_apps_display_name_prefix").HasOperators("uuid_ops", "text_pattern_ops");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(App.BundleId)).HasDatabaseName("ix_apps_bundle_id");
        builder.Property(app => app.DeliveryProtocol).HasDefaultValue("default");
        builder.HasOne<Token>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(App.TokenId)).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Pool>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(App.PoolId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AssignmentMapping : IEntityTypeConfiguration<Assignment>
{
    public void Configure(EntityTypeBuilder<Assignment> builder)
    {
        builder.ToTable("assignments");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(Assignment.Id));
        builder.Property(assignment => assignment.Settings).HasColumnType("jsonb");
        builder.Property(assignment => assignment.Seq).HasDefaultValueSql(Arrivals.Next);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Assignment.AppId)).HasDatabaseName("ix_assignments_app");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Assignment.GroupId)).HasDatabaseName("ix_assignments_group");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Assignment.Target)).HasFilter("target <> 'group'").HasDatabaseName("ix_assignments_everybody");
        builder.HasOne<App>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(Assignment.AppId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class FormerAssignmentMapping : IEntityTypeConfiguration<FormerAssignment>
{
    public void Configure(EntityTypeBuilder<FormerAssignment> builder)
    {
        builder.ToTable("former_assignments");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(FormerAssignment.Id));
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(FormerAssignment.AppId)).HasDatabaseName("ix_former_assignments_app");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(FormerAssignment.GroupId)).HasDatabaseName("ix_former_assignments_group");
        builder.HasOne<App>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(FormerAssignment.AppId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AppIconMapping : IEntityTypeConfiguration<AppIcon>
{
    public void Configure(EntityTypeBuilder<AppIcon> builder)
    {
        builder.ToTable("app_icons");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(AppIcon.AppId));
        builder.HasOne<App>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(AppIcon.AppId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class DeviceAppMapping : IEntityTypeConfiguration<DeviceApp>
{
    public void Configure(EntityTypeBuilder<DeviceApp> builder)
    {
        builder.ToTable("device_apps");
        builder.Property(app => app.IsManaged).HasDefaultValue(true);
        builder.HasKey(TenantDbContext.TenantColumn, nameof(DeviceApp.DeviceId), nameof(DeviceApp.AppId));
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(DeviceApp.AppId), nameof(DeviceApp.State)).HasDatabaseName("ix_device_apps_app");
        builder.HasOne<App>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(DeviceApp.AppId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class CategoryMapping : IEntityTypeConfiguration<Category>
{
    public void Configure(EntityTypeBuilder<Category> builder)
    {
        builder.ToTable("categories");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(Category.Id));
    }
}

internal sealed class CategoryOfAppMapping : IEntityTypeConfiguration<CategoryOfApp>
{
    public void Configure(EntityTypeBuilder<CategoryOfApp> builder)
    {
        builder.ToTable("app_categories");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(CategoryOfApp.AppId), nameof(CategoryOfApp.CategoryId));
        builder.HasOne<App>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(CategoryOfApp.AppId)).OnDelete(DeleteBehavior.Cascade);
    }
}
