using System.Diagnostics.Metrics;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Tokens.Webhooks;

/// <summary>Counts notifications by type and by what became of them. Names no tenant and no location.</summary>
internal static class WebhookTelemetry
{
    private static readonly Meter Meter = new("VppManager.Webhooks");

    private static readonly Counter<long> Notifications =
        Meter.CreateCounter<long>("vpp.notifications", "{notification}", "Notifications of Apple's, by type and outcome");

    /// <param name="type">Null when nothing was read of it.</param>
    public static void Received(string? type, string outcome) =>
        Notifications.Add(1, new KeyValuePair<string, object?>("type", Known(type)), new KeyValuePair<string, object?>("outcome", outcome));

    // Apple, or whoever has the secret, must not be able to make up series without end.
    private static string Known(string? type) => type switch
    {
        null => "none",
        NotificationType.Test or NotificationType.AssetManagement or NotificationType.AssetCount
            or NotificationType.UserManagement or NotificationType.UserAssociated => type,
        _ => "other",
    };
}
