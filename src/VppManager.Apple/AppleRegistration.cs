using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using VppManager.Apple.Apps;

namespace VppManager.Apple;

/// <summary>Registers the client.</summary>
public static class AppleRegistration
{
    /// <summary>
    /// Registers <see cref="AppleClient"/>, <see cref="PageWalk"/> and <see cref="ServiceConfigCache"/>, with options from section
    /// <see cref="AppleOptions.Section"/>. An <see cref="IRequestPace"/> or <see cref="TimeProvider"/> registered before is used; otherwise
    /// requests are paced within this process and the clock is the system's.
    /// </summary>
    /// <param name="services">Where to register.</param>
    /// <param name="configure">Changes options after the configuration was read.</param>
    /// <returns>The HTTP client's builder, to put another handler under it.</returns>
    public static IHttpClientBuilder AddAppleClient(this IServiceCollection services, Action<AppleOptions>? configure = null)
    {
        services.AddOptions<AppleOptions>()
            .BindConfiguration(AppleOptions.Section)
            .Configure(configure ?? (_ => { }))
            .ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AppleOptions>, AppleOptionsCheck>());

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRequestPace, InMemoryRequestPace>();
        services.TryAddSingleton<Lanes>();
        services.TryAddSingleton<AppleTransport>();
        services.TryAddSingleton(provider => new ServiceConfigCache(
            provider.GetRequiredService<AppleTransport>(),
            provider.GetRequiredService<IOptions<AppleOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ServiceConfigCache>>()));
        services.TryAddSingleton(provider => new AppleClient(
            provider.GetRequiredService<AppleTransport>(),
            provider.GetRequiredService<ServiceConfigCache>(),
            provider.GetRequiredService<IOptions<AppleOptions>>(),
            DeveloperKey.From(provider.GetRequiredService<IOptions<AppleOptions>>().Value, provider.GetRequiredService<TimeProvider>())));
        services.TryAddSingleton<PageWalk>();

        return AddHttp(services);
    }

    private static IHttpClientBuilder AddHttp(IServiceCollection services) =>
        services.AddHttpClient(AppleTransport.HttpClientName)
            .ConfigureHttpClient(client =>
            {
                // Each try has its own time-out, which knows the difference between late and cancelled.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = 64 * 1024 * 1024;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                UseCookies = false,
                AllowAutoRedirect = false,
                AutomaticDecompression = System.Net.DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(10),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            // The factory's own logging knows headers and addresses; ours knows what may be said.
            .RemoveAllLoggers();
}
