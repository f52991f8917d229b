using VppManager.FakeApple.Transport;

namespace VppManager.FakeApple.Tokens;

/// <summary><c>service/config</c> and <c>client/config</c>.</summary>
internal sealed class ConfigEndpoints(FakeSettings settings)
{
    public AppleAnswer Service(AppleRequest request) => AppleAnswer.Of(new
    {
        ErrorCodes = ErrorTable.All,
        settings.Limits,
        NotificationTypes = Notification.Types.Skip(1),
        Urls = Urls(request.Origin),
    });

    public static Outcome Read(AppleCall call)
    {
        var location = call.Location;
        lock (location.Gate)
        {
            return new ClientConfigBody
            {
                CountryISO2ACode = location.Country,
                DefaultPlatform = location.DefaultPlatform,
                WebsiteURL = location.WebsiteUrl,
                LocationName = location.Name,
                NotificationUrl = location.Config.NotificationUrl,
                NotificationAuthToken = location.Config.NotificationAuthToken,
                SubscribedNotificationTypes = location.Config.NotificationTypes,
                TokenExpirationDate = Wire.Date(call.Token.Expires),
            };
        }
    }

    public async Task<Outcome> WriteAsync(AppleCall call, CancellationToken ct)
    {
        var request = call.Request.Read<ClientConfigRequest>();
        if (request.NotificationAuthToken is { Length: > 0 } secret)
        {
            lock (call.Location.Gate) call.Location.Config.SecretsEver.Add(secret);
        }

        if (ClientConfigRules.Check(request, settings) is { } error) return error;

        if (request.SetsWebhook && !await call.Location.Webhook.TestAsync(request.NotificationUrl!, request.NotificationAuthToken!, ct))
            return new AppleError(9728);

        lock (call.Location.Gate) Merge(request, call.Location.Config);

        return Read(call);
    }

    /// <summary>What is left out stays; an empty text clears.</summary>
    private static void Merge(ClientConfigRequest request, ClientConfig config)
    {
        config.MdmInfo = request.MdmInfo ?? config.MdmInfo;
        config.NotificationTypes = request.NotificationTypes ?? config.NotificationTypes;
        if (request.NotificationUrl is null) return;

        config.NotificationUrl = request.NotificationUrl.Length > 0 ? request.NotificationUrl : null;
        config.NotificationAuthToken = request.NotificationUrl.Length > 0 ? request.NotificationAuthToken : null;
    }

    private static Dictionary<string, string> Urls(string origin) => new()
    {
        ["invitationEmail"] = $"{origin}/WebObjects/MZFinance.woa/wa/associateVPPUserWithITSAccount?inviteCode=%25inviteCode%25&mt=8",
        ["clientConfig"] = $"{origin}/mdm/v2/client/config",
        ["createUsers"] = $"{origin}/mdm/v2/users/create",
        ["updateUsers"] = $"{origin}/mdm/v2/users/update",
        ["retireUsers"] = $"{origin}/mdm/v2/users/retire",
        ["getUsers"] = $"{origin}/mdm/v2/users",
        ["getAssets"] = $"{origin}/mdm/v2/assets",
        ["getAssignments"] = $"{origin}/mdm/v2/assignments",
        ["associateAssets"] = $"{origin}/mdm/v2/assets/associate",
        ["disassociateAssets"] = $"{origin}/mdm/v2/assets/disassociate",
        ["revokeAssets"] = $"{origin}/mdm/v2/assets/revoke",
        ["eventStatus"] = $"{origin}/mdm/v2/status",
        ["contentMetadataLookup"] = $"{origin}/WebObjects/MZStorePlatform.woa/wa/lookup",
    };
}
