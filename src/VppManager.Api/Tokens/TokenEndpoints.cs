using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Api.Tokens.Webhooks;
using VppManager.Core;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>What Graph has no room for: why a token is in its state, when it ends, and what its deletion leaves behind (T9, T12, T15).</summary>
internal static class TokenEndpoints
{
    private static readonly Guard Delete = Guard.Of(
        "DeviceManagementServiceConfig.ReadWrite.All", "DeviceManagementConfiguration.ReadWrite.All", "DeviceManagementApps.ReadWrite.All")
        .For(ResourceActions.DeleteTokens);

    private static readonly Guard Read = Guard.Of(
        ["DeviceManagementServiceConfig.Read.All", "DeviceManagementConfiguration.Read.All", "DeviceManagementApps.Read.All", .. Delete.Permissions])
        .For(ResourceActions.ReadTokens);

    public static void MapTokens(this WebApplication app)
    {
        var tokens = app.MapGroup("/vpp/tokens").WithTags("Tokens");
        tokens.MapGet("", ListAsync).RequirePermission(Read).WithSummary("The tokens, with the cause of their states and their ends");
        tokens.MapGet("/warnings", WarningsAsync).RequirePermission(Read).WithSummary("Tokens that end within 60 days or have ended, the most urgent first");
        tokens.MapGet("/{id:guid}", OneAsync).RequirePermission(Read).WithSummary("One token, with the cause of its state and its end");
        tokens.MapDelete("/{id:guid}", DeleteAsync).RequirePermission(Delete)
            .WithSummary("Deletes a token with its apps and assignments, and says how many licences stay with their holders");
        tokens.MapGet("/{id:guid}/claim", ClaimAsync).RequirePermission(Read)
            .WithSummary("Who manages the token's location at Apple, why the token is in its state, and whether Apple sends notifications");
    }

    private static async Task<Ok<List<TokenView>>> ListAsync(Caller caller, VppContext context, TimeProvider time, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var tokens = await context.Tokens.AsNoTracking().OrderBy(token => token.Id).ToListAsync(ct);
        return TypedResults.Ok(tokens.ConvertAll(token => TokenView.Of(token, time.GetUtcNow())));
    }

    private static async Task<Ok<List<ExpiryWarningView>>> WarningsAsync(Caller caller, VppContext context, TimeProvider time, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var now = time.GetUtcNow();
        var soon = now.AddDays(TokenExpiry.Thresholds[0]);
        var tokens = await context.Tokens.AsNoTracking().Where(token => token.ExpiresAt <= soon).OrderBy(token => token.ExpiresAt).ToListAsync(ct);
        return TypedResults.Ok(tokens.Select(token => ExpiryWarningView.Of(token, now)).OfType<ExpiryWarningView>().ToList());
    }

    private static async Task<Results<Ok<TokenView>, ProblemHttpResult>> OneAsync(
        Guid id, Caller caller, VppContext context, TimeProvider time, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        return await context.Tokens.AsNoTracking().FirstOrDefaultAsync(token => token.Id == id, ct) is { } token
            ? TypedResults.Ok(TokenView.Of(token, time.GetUtcNow()))
            : Problems.Of(VppError.NotFound("token", id.ToString()));
    }

    private static async Task<Results<Ok<DeletedToken>, ProblemHttpResult>> DeleteAsync(
        Guid id, Caller caller, VppContext context, DeleteToken delete, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var deleted = await delete.ExecuteAsync(id, caller.Actor, ct);
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
