using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Sync;
using VppManager.Api.Tokens;

namespace VppManager.Api.Data.Mappings;

internal sealed class LocationMapping : IEntityTypeConfiguration<Location>
{
    public const string OneTenantPerLocation = "ux_locations_uid";

    public void Configure(EntityTypeBuilder<Location> builder)
    {
        builder.ToTable("locations");
        builder.Property(location => location.IsLegacy).HasDefaultValue(false);
        builder.HasKey(TenantDbContext.TenantColumn, nameof(Location.Id));
        builder.Property(location => location.UId).HasColumnName("uid");
        builder.HasIndex(location => location.UId).IsUnique().HasDatabaseName(OneTenantPerLocation);
    }
}

internal sealed class TokenMapping : IEntityTypeConfiguration<Token>
{
    public void Configure(EntityTypeBuilder<Token> builder)
    {
        builder.ToTable("tokens");
        builder.Property(token => token.DeliveryProtocol).HasDefaultValue("default");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(Token.Id));
        builder.Property<uint>("Version").IsRowVersion();
        builder.Property(token => token.IsLegacy).HasDefaultValue(false);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(Token.LocationId)).HasDatabaseName("ix_tokens_location");
        builder.HasOne<Location>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(Token.LocationId))
            .OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ReadPositionMapping : IEntityTypeConfiguration<ReadPosition>
{
    public void Configure(EntityTypeBuilder<ReadPosition> builder)
    {
        builder.ToTable("read_positions");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(ReadPosition.LocationId), nameof(ReadPosition.List));
        builder.HasOne<Location>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(ReadPosition.LocationId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class SyncRunMapping : IEntityTypeConfiguration<SyncRun>
{
    public void Configure(EntityTypeBuilder<SyncRun> builder)
    {
        builder.ToTable("sync_runs");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(SyncRun.Id));
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(SyncRun.TokenId), nameof(SyncRun.StartedAt)).HasDatabaseName("ix_sync_runs_token");
        builder.HasOne<Token>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(SyncRun.TokenId)).OnDelete(DeleteBehavior.Cascade);
    }
}
