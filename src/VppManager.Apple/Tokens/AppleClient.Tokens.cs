using VppManager.Apple.Tokens;

namespace VppManager.Apple;

public sealed partial class AppleClient
{
    /// <summary>
    /// Reads the description of Apple's service, past the cache. Needs no token.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/service-config"/>.
    /// </summary>
    /// <param name="ct">Gives up.</param>
    /// <returns>Limits, addresses and error texts. For the limits ask <see cref="ServiceConfigCache"/> instead.</returns>
    /// <exception cref="AppleException">Apple does not answer.</exception>
    public Task<ServiceConfig> GetServiceConfigAsync(CancellationToken ct) => service.ReadAsync(once: false, ct);

    /// <summary>
    /// Reads which location a token speaks for and how it is set up. Also the way to find out whether a token works.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/client-config-71glv"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The location; <see cref="AppleAnswer.MdmInfo"/> says who has claimed it, if anybody.</returns>
    /// <exception cref="AppleException">The token is dead, or Apple does not answer.</exception>
    public Task<ClientConfig> GetClientConfigAsync(ContentToken token, CancellationToken ct) =>
        GetAsync(new Query("client/config"), token, AppleJson.Default.ClientConfig, ct);

    /// <summary>
    /// Claims a location and says where to send notifications. Apple sends a test notification <em>during</em> the call, which must be
    /// answered with 2xx for the call to succeed: the receiver has to know the secret before.
    /// See <see href="https://developer.apple.com/documentation/devicemanagement/client-config-4szk1"/>.
    /// </summary>
    /// <param name="token">The location's token.</param>
    /// <param name="update">The whole set-up wanted.</param>
    /// <param name="ct">Gives up.</param>
    /// <returns>The location as it is now.</returns>
    /// <exception cref="AppleException">
    /// <see cref="AppleErrorMeaning.NotificationAddressRefused"/>: nothing was stored. <see cref="AppleErrorMeaning.ReadOnly"/>. Or the
    /// token is dead, or Apple does not answer.
    /// </exception>
    public Task<ClientConfig> SetClientConfigAsync(ContentToken token, ClientConfigUpdate update, CancellationToken ct) =>
        PostAsync("client/config", token, update, AppleJson.Default.ClientConfigUpdate, AppleJson.Default.ClientConfig, ct);
}
