using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Apps;
using VppManager.Api.Directory;
using VppManager.Api.Portal;

namespace VppManager.Api.Data.Mappings;

internal sealed class PortalInstallMapping : IEntityTypeConfiguration<PortalInstall>
{
    public void Configure(EntityTypeBuilder<PortalInstall> builder)
    {
        builder.ToTable("portal_installs");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(PortalInstall.AppId), nameof(PortalInstall.DeviceId));
        builder.Property(install => install.Seq).HasDefaultValueSql(Arrivals.Next);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(PortalInstall.DeviceId)).HasDatabaseName("ix_portal_installs_device");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(PortalInstall.UserId)).HasDatabaseName("ix_portal_installs_user");
        builder.HasOne<App>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(PortalInstall.AppId)).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Device>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(PortalInstall.DeviceId)).OnDelete(DeleteBehavior.Cascade);
    }
}
