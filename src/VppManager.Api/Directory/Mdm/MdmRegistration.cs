using VppManager.Api.Hosting;

namespace VppManager.Api.Directory.Mdm;

internal static class MdmRegistration
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>MDM servers to tell of devices, and NanoMDM's side of devices. Nothing but what the settings name is ever called.</summary>
    public static void AddMdm(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<NanoMdmOptions>(NanoMdmOptions.Section);
        services.AddSettings<DeviceWebhookOptions>(DeviceWebhookOptions.Section);
        foreach (var name in (string[])[NanoMdmClient.HttpClientName, DeviceWebhookClient.HttpClientName])
            services.AddHttpClient(name, client => client.Timeout = Patience).ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        services.AddSingleton<NanoMdmClient>().AddSingleton<DeviceWebhookClient>().AddSingleton<DeviceNews>().AddSingleton<MdmCommands>();
        services.AddScoped<NanoMdmEvents>();
        services.AddHostedService<DeviceTelling>();
    }
}
