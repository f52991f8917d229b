using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Directory;
using VppManager.Api.Directory.Mdm;

namespace VppManager.Api.Data.Mappings;

internal sealed class MdmCommandMapping : IEntityTypeConfiguration<MdmCommand>
{
    public void Configure(EntityTypeBuilder<MdmCommand> builder)
    {
        builder.ToTable("mdm_commands");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(MdmCommand.Id));
        builder.Property(command => command.Seq).UseIdentityAlwaysColumn();
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(MdmCommand.DeviceId), nameof(MdmCommand.Seq)).HasFilter("state in ('waiting', 'sent')")
            .HasDatabaseName("ix_mdm_commands_open");
        builder.HasOne<Device>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(MdmCommand.DeviceId)).OnDelete(DeleteBehavior.Cascade);
    }
}
