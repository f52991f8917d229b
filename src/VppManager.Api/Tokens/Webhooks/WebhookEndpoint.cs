using System.Text.Json;
using VppManager.Api.Access;
using VppManager.Api.Hosting;
using VppManager.Apple;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Tokens.Webhooks;

/// <summary>
/// Where Apple posts notifications. It shows nothing to whoever has not the location's secret, not even whether there is such a location; otherwise a
/// notification is stored and answered at once.
/// </summary>
internal static partial class WebhookEndpoint
{
    public const string Root = "/apple/notifications";

    /// <summary>Apple's largest holds a hundred rows: some ten thousand bytes.</summary>
    private const int MostBytes = 256 * 1024;

    private const int LongestId = 200;

    public static void MapWebhooks(this IEndpointRouteBuilder app) =>
        app.MapPost(Root + "/{tenant:guid}/{location:guid}", ReceiveAsync).AllowAnonymous().NotAudited("What Apple reports is no change by a person.").ExcludeFromDescription();

    private static async Task<IResult> ReceiveAsync(
        Guid tenant, Guid location, HttpRequest request, WebhookInbox inbox, ILogger<WebhookInbox> logger, CancellationToken ct)
    {
        if (BearerHeader.Of(request) is not { } secret) return Refused(logger, location, "no bearer", StatusCodes.Status401Unauthorized);

        var keys = await inbox.KeysAsync(tenant, location, ct);
        if (!WebhookSecret.IsOneOf(secret, keys?.SecretHashes ?? [null, null, null]) || keys is null)
            return Refused(logger, location, "a bearer that is not the location's", StatusCodes.Status401Unauthorized);

        if (await BodyAsync(request, ct) is not { } body) return Refused(logger, location, "too long", StatusCodes.Status413PayloadTooLarge);
        if (!TryRead(body, out var notification)) return Refused(logger, location, "not a notification", StatusCodes.Status400BadRequest);

        var isTest = notification.NotificationType == NotificationType.Test;
        if (notification.UId != keys.UId && !(isTest && notification.UId is null))
            return Refused(logger, location, "of another location", StatusCodes.Status400BadRequest);

        var isNew = isTest || await inbox.AddAsync(tenant, location, notification, body, ct);
        WebhookTelemetry.Received(notification.NotificationType, isNew ? "received" : "duplicate");
        return Results.Ok();
    }

    private static IResult Refused(ILogger logger, Guid location, string why, int status)
    {
        WebhookTelemetry.Received(null, "refused");
        Log.Refused(logger, location, why);
        return Results.StatusCode(status);
    }

    /// <summary>Null when it is longer than any that Apple sends.</summary>
    private static async Task<byte[]?> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MostBytes) return null;

        using var body = new MemoryStream();
        var part = new byte[16 * 1024];
        while (await request.Body.ReadAsync(part, ct) is > 0 and var read)
        {
            if (body.Length + read > MostBytes) return null;
            body.Write(part, 0, read);
        }
        return body.ToArray();
    }

    private static bool TryRead(byte[] body, out AppleNotification notification)
    {
        notification = null!;
        try
        {
            // PostgreSQL has no place for U+0000 in a text, and Apple no use for it.
            if (body.AsSpan().IndexOf("\\u0000"u8) >= 0) return false;

            notification = AppleNotification.Parse(body);
            return notification.NotificationId.Length <= LongestId && notification.NotificationType.Length <= LongestId;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A notification for location {Location} was refused: {Why}")]
        public static partial void Refused(ILogger logger, Guid location, string why);
    }
}
