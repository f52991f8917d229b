using System.Globalization;
using Npgsql;
using Quartz;
using VppManager.Api.Apps;
using VppManager.Api.Hosting;

namespace VppManager.Api.Sync;

internal static class SyncRegistration
{
    private const int MostAtOnce = 20;

    /// <summary>Syncs, by schedule and on demand, shared among all instances by a clustered Quartz in the service's own database.</summary>
    public static void AddSync(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<SyncOptions>(SyncOptions.Section);
        services.AddSingleton<Staging>();
        services.AddSingleton<SyncDifferences>();
        services.AddSingleton<SyncReading>();
        services.AddSingleton<LegacyReading>();
        services.AddSingleton<SyncMerge>();
        services.AddSettings<MetadataOptions>(MetadataOptions.Section);
        services.AddSingleton<MetadataRefresh>();
        services.AddSingleton<TokenSync>();
        services.AddSingleton<SyncSchedule>();
        services.AddSingleton<RequestSync>();
        services.AddSingleton<RequestSyncOfAll>();

        services.AddQuartz(quartz => ConfigureQuartz(quartz, NoticeLostInstanceAfter(builder.Configuration)));
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<SyncScheduleStart>();
    }

    /// <summary>Quartz is set up before options can be asked for; what is wrong with this one is told with all others.</summary>
    private static TimeSpan NoticeLostInstanceAfter(ConfigurationManager configuration) =>
        TimeSpan.TryParse(configuration[$"{SyncOptions.Section}:{nameof(SyncOptions.NoticeLostInstanceAfter)}"], CultureInfo.InvariantCulture, out var given) && given > TimeSpan.Zero
            ? given
            : new SyncOptions().NoticeLostInstanceAfter;

    private static void ConfigureQuartz(IQuartzBuilder quartz, TimeSpan noticed)
    {
        quartz.ConfigureScheduler(scheduler =>
        {
            scheduler.InstanceName = "vpp";
            scheduler.ShutdownJobInterruption = ShutdownJobInterruption.Always;
        });
        quartz.UseDefaultThreadPool(MostAtOnce);
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(from => from.DataSourceFactory = services => services.GetRequiredService<NpgsqlDataSource>());
            store.UseSystemTextJsonSerializer();
            store.ConfigureStore(options =>
            {
                options.TablePrefix = "quartz.qrtz_";
                options.StoreJobDataAsStrings = true;
                options.MisfireThreshold = TimeSpan.FromMinutes(1);
                options.RecoverFiringsCancelledByShutdown = true;
            });
            store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (noticed, noticed));
        });
    }
}
