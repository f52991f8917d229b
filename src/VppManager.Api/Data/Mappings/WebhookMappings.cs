using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using VppManager.Api.Licenses.Notifications;
using VppManager.Api.Tokens;
using VppManager.Api.Tokens.Webhooks;

namespace VppManager.Api.Data.Mappings;

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhooks");
        builder.HasKey(TenantDbContext.TenantColumn, nameof(Webhook.LocationId));
        builder.HasOne<Location>().WithOne().HasForeignKey<Webhook>(TenantDbContext.TenantColumn, nameof(Webhook.LocationId)).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class NotificationMapping : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        const string Tenant = TenantDbContext.TenantColumn;

        builder.ToTable("notifications");
        builder.HasKey(Tenant, nameof(Notification.Id));
        builder.HasIndex(Tenant, nameof(Notification.LocationId), nameof(Notification.NotificationId)).IsUnique().HasDatabaseName("ux_notifications_notification_id");
        builder.HasIndex(Tenant, nameof(Notification.LocationId), nameof(Notification.WorkedOffAt)).HasDatabaseName("ix_notifications_worked_off");
        builder.HasOne<Location>().WithMany().HasForeignKey(Tenant, nameof(Notification.LocationId)).OnDelete(DeleteBehavior.Cascade);
    }
}
