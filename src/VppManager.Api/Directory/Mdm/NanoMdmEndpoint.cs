using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using VppManager.Api.Access;
using VppManager.Api.Tokens.Webhooks;

namespace VppManager.Api.Directory.Mdm;

/// <summary>Where NanoMDM's webhook comes in. Without its password it shows nothing, not even whether there is one.</summary>
internal static partial class NanoMdmEndpoint
{
    private const long MostBytes = 16 * 1024 * 1024;
    private const string User = "nanomdm";

    public static void MapNanoMdm(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/mdm/nanomdm/{tenant:guid}/webhook", ReceiveAsync).AllowAnonymous().NotAudited("What an MDM server reports is no change by a person.").ExcludeFromDescription()
            .WithMetadata(new RequestSizeLimitAttribute(MostBytes));

    private static async Task<IResult> ReceiveAsync(
        Guid tenant, HttpRequest request, IOptions<NanoMdmOptions> options, TenantStandings standings, NanoMdmEvents events, ILogger<NanoMdmEvents> logger, CancellationToken ct)
    {
        var known = options.Value.Tenant == tenant && options.Value.WebhookSecret is { } secret ? WebhookSecret.HashOf(secret) : null;
        if (!WebhookSecret.IsOneOf(PasswordOf(request) ?? "", [known]) || known is null) return Results.Unauthorized();
        if ((await standings.OfAsync(tenant, ct)).IsSuspended) return Results.StatusCode(StatusCodes.Status403Forbidden);

        try
        {
            using var json = await JsonDocument.ParseAsync(request.Body, cancellationToken: ct);
            await events.TakeAsync(tenant, NanoMdmMessage.Read(json.RootElement), ct);
            return Results.Ok();
        }
        catch (Exception broken) when (broken is JsonException or FormatException)
        {
            Log.Unreadable(logger, broken.Message);
            return Results.BadRequest();
        }
    }

    private static string? PasswordOf(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header) || header is not { Scheme: "Basic", Parameter: { } coded }) return null;

        Span<byte> bytes = stackalloc byte[512];
        return Convert.TryFromBase64String(coded, bytes, out var length) && Encoding.UTF8.GetString(bytes[..length]).Split(':', 2) is [User, var password] ? password : null;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A message of NanoMDM was refused: {Why}")]
        public static partial void Unreadable(ILogger logger, string why);
    }
}
