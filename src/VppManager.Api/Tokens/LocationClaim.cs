using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VppManager.Api.Data;
using VppManager.Api.Tokens.Webhooks;
using VppManager.Apple;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>Tells Apple that this service manages a location, and where it takes notifications (T8). Never within a transaction.</summary>
internal sealed partial class LocationClaim(
    DbContextOptions<VppContext> database, AppleClient apple, IOptions<MdmOptions> mdm, LocationWebhooks webhooks, TokenStates states, TimeProvider time,
    ILogger<LocationClaim> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Writes what Apple is to know and does not, if the location is ours to claim. A failure is logged; every sync tries again.</summary>
    /// <param name="seen">What Apple has just said of the location; null when it has not been asked.</param>
    public async Task EnsureAsync(Guid tenant, Guid token, ContentToken content, ClientConfig? seen, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        var row = await context.Tokens.AsNoTracking().FirstOrDefaultAsync(t => t.Id == token, ct);
        var location = row?.LocationId is null ? null : await context.Locations.AsNoTracking().FirstOrDefaultAsync(place => place.Id == row.LocationId, ct);
        if (location is null || !TokenStates.MayLicense(row!)) return;

        // Apple does not say that it keeps what is left out: whoever claims writes all of it.
        var mustClaim = TokenStates.MustClaim(row!, location, tenant);
        if (!mustClaim && seen is null) return;

        var offer = await webhooks.OfferAsync(tenant, location.Id, mustClaim ? null : seen, ct);
        if (offer is null && (webhooks.IsPublic || !mustClaim)) return;

        if (await WriteAsync(new Attempt(tenant, token, location.Id, content), offer, mustClaim, ct) is not { } owner) return;

        await context.Locations.Where(place => place.Id == location.Id)
            .ExecuteUpdateAsync(set => set
                .SetProperty(place => place.MdmId, owner.Id).SetProperty(place => place.MdmName, owner.Name).SetProperty(place => place.OwnerSeenAt, time.GetUtcNow()), ct);
    }

    private sealed record Attempt(Guid Tenant, Guid Token, Guid Location, ContentToken Content);

    /// <summary>The owner that Apple names afterwards; null when nothing was written.</summary>
    private async Task<MdmInfo?> WriteAsync(Attempt attempt, WebhookOffer? offer, bool mustClaim, CancellationToken ct)
    {
        try
        {
            var owner = await SendAsync(attempt, offer, ct);
            if (offer is not null) await webhooks.ConfirmAsync(attempt.Tenant, attempt.Location, offer, ct);
            return owner;
        }
        catch (AppleException refusal) when (offer is not null && refusal.Meaning is AppleErrorMeaning.NotificationAddressRefused)
        {
            Log.AddressRefused(logger, attempt.Content.PaceKey, attempt.Tenant, offer.Url, refusal.Message);
            await webhooks.RefuseAsync(attempt.Tenant, attempt.Location, refusal.Message, ct);
            return mustClaim ? await WriteAsync(attempt, null, mustClaim, ct) : null;
        }
        catch (AppleException refusal)
        {
            Log.NotClaimed(logger, attempt.Content.PaceKey, attempt.Tenant, refusal.Message);
            if (offer is not null) await webhooks.LeaveAsync(attempt.Tenant, attempt.Location, ct);
            await states.RejectAsync(attempt.Tenant, attempt.Token, attempt.Content, TokenAnswer.RejectionBy(refusal), ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Log.NotClaimed(logger, attempt.Content.PaceKey, attempt.Tenant, "Apple did not answer in time.");
            if (offer is not null) await webhooks.LeaveAsync(attempt.Tenant, attempt.Location, ct);
        }
        return null;
    }

    private async Task<MdmInfo> SendAsync(Attempt attempt, WebhookOffer? offer, CancellationToken ct)
    {
        var own = mdm.Value.InfoOf(attempt.Tenant);
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        var update = new ClientConfigUpdate
        {
            MdmInfo = own,
            NotificationUrl = offer?.Url,
            NotificationAuthToken = offer?.Secret,
            NotificationTypes = offer is null ? null : LocationWebhooks.Types,
        };
        return (await apple.SetClientConfigAsync(attempt.Content, update, both.Token)).MdmInfo ?? own;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The location {Location} of tenant {Tenant} could not be claimed: {Reason}")]
        public static partial void NotClaimed(ILogger logger, string location, Guid tenant, string reason);

        [LoggerMessage(2, LogLevel.Warning,
            "Apple does not take the notification address {Address} of location {Location} of tenant {Tenant}; its events are polled: {Reason}")]
        public static partial void AddressRefused(ILogger logger, string location, Guid tenant, string address, string reason);
    }
}
