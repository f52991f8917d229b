using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Reports;

namespace VppManager.Api.Data.Mappings;

internal sealed class ExportJobMapping : IEntityTypeConfiguration<ExportJob>
{
    public void Configure(EntityTypeBuilder<ExportJob> builder)
    {
        builder.ToTable("export_jobs");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(ExportJob.Id));
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(ExportJob.ExpiresAt)).HasDatabaseName("ix_export_jobs_expires_at");
    }
}
