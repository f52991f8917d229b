using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Wire;

namespace VppManager.Api.Graph.Views;

/// <summary>Install states, troubleshooting and the audit log.</summary>
internal static class ReportMapping
{
    public const string AppId = nameof(AppId);
    public const string OfUser = nameof(OfUser);

    public static void Map(ModelBuilder model)
    {
        MapStates(model);

        var trouble = model.View<MobileAppTroubleshootingEvent>("graph_app_troubleshooting")
            .Guids(row => row.ApplicationId, row => row.DeviceId, row => row.ManagedDeviceIdentifier, row => row.UserId);
        trouble.Property(row => row.History).HasJson();
        model.Ignore<AppLogCollectionRequest>();

        var intents = model.View<MobileAppIntentAndState>("graph_app_intents")
            .Guids(row => row.Id, row => row.ManagedDeviceIdentifier, row => row.UserId);
        intents.Property(row => row.MobileAppList).HasJson();

        model.View<DeviceManagementTroubleshootingEvent>("graph_troubleshooting_events").Guids(row => row.Id)
            .HasDiscriminator<string>("Kind").HasValue<AppleVppTokenTroubleshootingEvent>("appleVppToken")
                .HasValue<DeviceManagementTroubleshootingEvent>("other");

        var audit = model.View<AuditEvent>("graph_audit_events").Guids(row => row.Id);
        audit.Property(row => row.Actor).HasJson();
        audit.Property(row => row.Resources).HasJson();

        model.View<DeviceManagementExportJob>("graph_export_jobs").Property(job => job.GoodUntil);
        model.Ignore<DeviceManagementReports>();
    }

    private static void MapStates(ModelBuilder model)
    {
        var device = model.View<MobileAppInstallStatus>("graph_device_statuses").Guids(row => row.DeviceId);
        device.Property<string>(AppId).HasConversion<GuidText>();

        model.View<UserAppInstallStatus>("graph_user_statuses").Property<string>(AppId).HasConversion<GuidText>();
        model.View<MobileAppInstallSummary>("graph_app_install_summary").Guids(row => row.Id);
    }
}
