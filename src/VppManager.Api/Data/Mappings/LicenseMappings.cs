using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Apps;
using VppManager.Api.Directory;
using VppManager.Api.Licenses;
using VppManager.Api.Tokens;

namespace VppManager.Api.Data.Mappings;

internal sealed class LicenseMapping : IEntityTypeConfiguration<License>
{
    public const string OnePerHolder = "ux_licenses_holder";

    public void Configure(EntityTypeBuilder<License> builder)
    {
        const string Tenant = TenantDbContext.TenantColumn;

        builder.ToTable("licenses");
        builder.HasKey(Tenant, nameof(License.Id));
        builder.HasIndex(Tenant, nameof(License.PoolId), nameof(License.HolderKind), nameof(License.Holder)).IsUnique().HasDatabaseName(OnePerHolder);
        builder.HasIndex(Tenant, nameof(License.PoolId), nameof(License.Place)).HasFilter("state = 'waiting'").HasDatabaseName("ix_licenses_waiting");
        builder.HasIndex(Tenant, nameof(License.PoolId), nameof(License.State)).HasFilter("state in ('assigning', 'releasing') and request_id is null")
            .HasDatabaseName("ix_licenses_to_send");
        builder.HasIndex(Tenant, nameof(License.RequestId)).HasFilter("request_id is not null").HasDatabaseName("ix_licenses_request");
        builder.HasIndex(Tenant, nameof(License.PoolId), nameof(License.Reason)).HasFilter("state = 'held' and not wanted and reason is not null")
            .HasDatabaseName("ix_licenses_not_taken_back");
        builder.HasIndex(Tenant, nameof(License.DeviceId)).HasFilter("device_id is not null").HasDatabaseName("ix_licenses_device");
        builder.HasIndex(Tenant, nameof(License.UserId)).HasFilter("user_id is not null").HasDatabaseName("ix_licenses_user");
        // Graph's pages of an app's licences, and nothing else: "is true" keeps the planner from taking it for looking up one holder (decision 20).
        builder.HasIndex(Tenant, nameof(License.PoolId), nameof(License.Id)).HasFilter("(state in ('assigning', 'held', 'releasing')) is true")
            .HasDatabaseName("ix_licenses_pages");
        builder.HasIndex(Tenant, nameof(License.ActionId), nameof(License.ChangedAt)).HasFilter("action_id is not null").HasDatabaseName("ix_licenses_action");
        builder.HasIndex(Tenant, nameof(License.ActionId), nameof(License.State)).HasFilter("action_id is not null and not wanted")
            .HasDatabaseName("ix_licenses_action_open");
        builder.HasOne<Pool>().WithMany().HasForeignKey(Tenant, nameof(License.PoolId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LicenseDeviceMapping : IEntityTypeConfiguration<LicenseDevice>
{
    public void Configure(EntityTypeBuilder<LicenseDevice> builder)
    {
        builder.ToTable("license_devices");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(LicenseDevice.LicenseId), nameof(LicenseDevice.DeviceId));
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(LicenseDevice.DeviceId)).HasDatabaseName("ix_license_devices_device");
        builder.HasOne<License>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(LicenseDevice.LicenseId)).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Device>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(LicenseDevice.DeviceId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class LedgerMapping : IEntityTypeConfiguration<LedgerEntry>
{
    public void Configure(EntityTypeBuilder<LedgerEntry> builder)
    {
        builder.ToTable("license_ledger");
        // One index serves both: it is read by licence, and written a million rows at a time.
        builder.HasKey(TenantDbContext.TenantColumn, nameof(LedgerEntry.LicenseId), nameof(LedgerEntry.Id));
        builder.Property(entry => entry.Id).UseIdentityAlwaysColumn();
    }
}

internal sealed class AppleUserMapping : IEntityTypeConfiguration<AppleUser>
{
    public const string OnePerUserAndAccount = "ux_apple_users_user_account";

    public void Configure(EntityTypeBuilder<AppleUser> builder)
    {
        builder.ToTable("apple_users");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(AppleUser.Id));
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(AppleUser.LocationId), nameof(AppleUser.UserId), nameof(AppleUser.Account))
            .IsUnique().HasFilter("retire_asked_at is null").HasDatabaseName(OnePerUserAndAccount);
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(AppleUser.UserId)).HasFilter("user_id is not null").HasDatabaseName("ix_apple_users_user");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(AppleUser.LocationId), nameof(AppleUser.Status), nameof(AppleUser.Id))
            .HasDatabaseName("ix_apple_users_status");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(AppleUser.LocationId), nameof(AppleUser.RetireAskedAt))
            .HasFilter("retire_asked_at is not null and status <> 'retired'").HasDatabaseName("ix_apple_users_retire");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(AppleUser.LocationId), nameof(AppleUser.ClientUserId))
            .IsUnique().HasDatabaseName("ux_apple_users_client_user_id");
        builder.HasOne<Location>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(AppleUser.LocationId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class AppleRequestMapping : IEntityTypeConfiguration<AppleRequest>
{
    public void Configure(EntityTypeBuilder<AppleRequest> builder)
    {
        builder.ToTable("apple_requests");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(AppleRequest.Id));
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(AppleRequest.LocationId), nameof(AppleRequest.State)).HasDatabaseName("ix_apple_requests_location");
        builder.HasIndex(TenantDbContext.TenantColumn, nameof(AppleRequest.EventId)).HasFilter("event_id is not null").HasDatabaseName("ix_apple_requests_event");
        builder.HasOne<Location>().WithMany().HasForeignKey(TenantDbContext.TenantColumn, nameof(AppleRequest.LocationId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class RemoteActionMapping : IEntityTypeConfiguration<RemoteAction>
{
    public void Configure(EntityTypeBuilder<RemoteAction> builder)
    {
        const string Tenant = TenantDbContext.TenantColumn;
        builder.ToTable("remote_actions");
        builder.HasKey(Tenant, nameof(RemoteAction.Id));
        builder.HasIndex(Tenant, nameof(RemoteAction.TokenId)).HasFilter("token_id is not null").HasDatabaseName("ix_remote_actions_token");
        builder.HasIndex(Tenant, nameof(RemoteAction.AppId)).HasFilter("app_id is not null").HasDatabaseName("ix_remote_actions_app");
        builder.HasIndex(Tenant, nameof(RemoteAction.DeviceId)).HasFilter("device_id is not null").HasDatabaseName("ix_remote_actions_device");
        builder.HasOne<Token>().WithMany().HasForeignKey(Tenant, nameof(RemoteAction.TokenId)).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<App>().WithMany().HasForeignKey(Tenant, nameof(RemoteAction.AppId)).OnDelete(DeleteBehavior.Cascade);
    }
}
