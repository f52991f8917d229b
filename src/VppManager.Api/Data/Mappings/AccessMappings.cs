using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Access;

namespace VppManager.Api.Data.Mappings;

internal sealed class AuditMapping : IEntityTypeConfiguration<AuditEvent>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("audit_events");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(AuditEvent.Id));
        builder.Property(audit => audit.ActorPermissions).HasDefaultValueSql("'{}'");
        builder.Property(audit => audit.ActorScopeTags).HasDefaultValueSql("'{}'");
        builder.Property(audit => audit.Changes).HasColumnType("jsonb");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(AuditEvent.At)).HasDatabaseName("ix_audit_events_at");
    }
}

internal sealed class CreatedByRequestMapping : IEntityTypeConfiguration<CreatedByRequest>
{
    public void Configure(EntityTypeBuilder<CreatedByRequest> builder)
    {
        builder.ToTable("created_by_request");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(CreatedByRequest.RequestId), nameof(CreatedByRequest.Collection));
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(CreatedByRequest.At)).HasDatabaseName("ix_created_by_request_at");
    }
}
