using VppManager.Api.Assignments;
using VppManager.Api.Hosting;
using VppManager.Api.Licenses.Notifications;
using VppManager.Api.Licenses.Previews;

namespace VppManager.Api.Licenses;

internal static class LicensingRegistration
{
    public static void AddLicensing(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<LicensingOptions>(LicensingOptions.Section);
        services.AddSingleton<WorkQueue>();
        services.AddSingleton<WorkSignal>();
        services.AddHostedService(provider => provider.GetRequiredService<WorkSignal>());
        services.AddHostedService<LicensingWorker>();
        services.AddScoped<Settling>();
        services.AddScoped<RequestPlanning>();
        services.AddSingleton<RequestLane>();
        services.AddScoped<RequestWork>();
        services.AddScoped<RequestSending>();
        services.AddScoped<EventFollowing>();
        services.AddScoped<RequestRefusals>();
        services.AddScoped<FailedRequests>();
        services.AddScoped<AssetReading>();
        services.AddScoped<NotificationWork>();
        services.AddScoped<LocationLook>();
        services.AddScoped<RevokeLicenses>();
        services.AddScoped<AssignAgain>();
        services.AddScoped<AssignApp>().AddScoped<KioskWarnings>();
        services.AddScoped<LicensingProgress>();
        services.AddScoped<LicenseReading>();
        services.AddScoped<Preview>();
    }
}
