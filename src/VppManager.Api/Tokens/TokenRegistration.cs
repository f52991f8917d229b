using Microsoft.Extensions.Options;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Api.Tokens.Webhooks;
using VppManager.Apple;

namespace VppManager.Api.Tokens;

internal static class TokenRegistration
{
    /// <summary>The operations on tokens, and the client of Apple's service, paced for all instances together.</summary>
    public static void AddTokens(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<MdmOptions>(MdmOptions.Section);
        services.AddSingleton<IRequestPace, RequestPace>();
        services.AddAppleClient();
        services.CheckSettings<AppleOptions>(AppleOptions.Section);

        services.AddSingleton<TokenSecrets>();
        services.AddSingleton<TokenCheck>();
        services.AddSingleton<TokenStates>();
        services.AddSingleton<TokenLocation>();
        services.AddSingleton<LocationTokens>();
        services.AddSingleton<LocationClaim>();
        services.AddSettings<PublicOptions>(PublicOptions.Section);
        services.AddSingleton<IValidateOptions<PublicOptions>, PublicOptionsCheck>();
        services.AddSingleton<LocationWebhooks>();
        services.AddScoped<WebhookInbox>();
        services.AddSettings<TokenOptions>(TokenOptions.Section);
        services.AddSingleton<ExpiryWatch>();
        services.AddHostedService(provider => provider.GetRequiredService<ExpiryWatch>());
        services.AddScoped<CreateToken>();
        services.AddScoped<PatchToken>();
        services.AddScoped<DeleteToken>();
        services.AddScoped<TokenDeletion>();
    }
}
