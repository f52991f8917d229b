using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Access.Roles;

namespace VppManager.Api.Data.Mappings;

internal sealed class RoleMapping : IEntityTypeConfiguration<Role>
{
    public void Configure(EntityTypeBuilder<Role> builder)
    {
        builder.ToTable("role_definitions");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(Role.Id));
    }
}

internal sealed class AssignedRoleMapping : IEntityTypeConfiguration<AssignedRole>
{
    public void Configure(EntityTypeBuilder<AssignedRole> builder)
    {
        builder.ToTable("role_assignments");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(AssignedRole.Id));
    }
}

internal sealed class ScopeTagMapping : IEntityTypeConfiguration<ScopeTag>
{
    public void Configure(EntityTypeBuilder<ScopeTag> builder)
    {
        builder.ToTable("role_scope_tags");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(ScopeTag.Number));
        builder.Property(tag => tag.Number).ValueGeneratedNever();
        builder.Property(tag => tag.Assignments).HasColumnType("jsonb");
    }
}
