using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Api.Tokens.Webhooks;
using VppManager.Core;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>What Graph has no room for: its DELETE answers nothing, ours says what stays behind (T12).</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this WebApplication app)
    {
        app.MapDelete("/vpp/tokens/{id:guid}", DeleteAsync).WithTags("Tokens")
            .RequirePermission("DeviceManagementServiceConfig.ReadWrite.All", "DeviceManagementConfiguration.ReadWrite.All", "DeviceManagementApps.ReadWrite.All")
            .WithSummary("Deletes a token with its apps and assignments, and says how many licences stay with their holders");
        app.MapGet("/vpp/tokens/{id:guid}/claim", ClaimAsync).WithTags("Tokens")
            .RequirePermission(
                "DeviceManagementServiceConfig.Read.All", "DeviceManagementServiceConfig.ReadWrite.All",
                "DeviceManagementConfiguration.Read.All", "DeviceManagementConfiguration.ReadWrite.All")
            .WithSummary("Who manages the token's location at Apple, why the token is in its state, and whether Apple sends notifications");
    }

    private static async Task<Results<Ok<DeletedToken>, ProblemHttpResult>> DeleteAsync(
        Guid id, Caller caller, VppContext context, DeleteToken delete, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var deleted = await delete.ExecuteAsync(id, ct);
        return deleted.IsOk ? TypedResults.Ok(deleted.Value) : Problems.Of(deleted.Error);
    }

    private static async Task<Results<Ok<ClaimView>, ProblemHttpResult>> ClaimAsync(Guid id, Caller caller, VppContext context, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        if (await context.Tokens.AsNoTracking().FirstOrDefaultAsync(one => one.Id == id, ct) is not { } token) return Problems.Of(VppError.NotFound("token", id.ToString()));

        var location = await context.Locations.AsNoTracking().FirstOrDefaultAsync(one => one.Id == token.LocationId, ct);
        var webhook = await context.Webhooks.AsNoTracking().FirstOrDefaultAsync(one => one.LocationId == token.LocationId, ct);
        return TypedResults.Ok(ClaimView.Of(token, location, webhook, caller.TenantId));
    }
}

/// <param name="State">Of the token.</param>
/// <param name="Cause">Why it is not valid; names the owner when another product manages the location.</param>
/// <param name="OwnerId">Who manages the location, as Apple said last; null when nobody does.</param>
/// <param name="Notifications">Null when Apple was never told an address.</param>
internal sealed record ClaimView(
    TokenState State, string? Cause, string? OwnerId, string? OwnerName, bool IsOurs, bool TakesControl, NotificationsView? Notifications)
{
    public static ClaimView Of(Token token, Location? location, Webhook? webhook, Guid tenant) => new(
        token.State,
        token.State is TokenState.AssignedToExternalMDM ? $"{token.StateCause}: {location?.MdmName ?? location?.MdmId}" : token.StateCause,
        location?.MdmId, location?.MdmName, location?.MdmId == MdmOptions.OwnId(tenant), token.ClaimFromExternalMdm,
        webhook is null ? null : new NotificationsView(webhook.Url, webhook.State, webhook.Cause, webhook.ConfirmedAt, webhook.ReceivedAt));
}

/// <param name="Address">Where Apple is to send them.</param>
/// <param name="Cause">Why Apple does not take the address.</param>
internal sealed record NotificationsView(
    string Address, WebhookState State, string? Cause, DateTimeOffset? ConfirmedDateTime, DateTimeOffset? LastReceivedDateTime);
