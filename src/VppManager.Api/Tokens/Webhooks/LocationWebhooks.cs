using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VppManager.Api.Data;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Tokens.Webhooks;

/// <summary>An address and a secret that are to be handed to Apple.</summary>
internal sealed record WebhookOffer(string Url, string Secret)
{
    public byte[] Hash => WebhookSecret.HashOf(Secret);

    public override string ToString() => $"{nameof(WebhookOffer)} {{ {nameof(Url)} = {Url} }}";
}

/// <summary>
/// What Apple knows of our address at a location, and what it is to know. A secret is committed before Apple hears of it: Apple tries the address
/// while it is being told, and any instance may get that first message.
/// </summary>
internal sealed class LocationWebhooks(DbContextOptions<VppContext> database, IOptions<PublicOptions> options, TimeProvider time)
{
    // Longer than a claim may take; after that its process must have died.
    private static readonly TimeSpan OfferTime = TimeSpan.FromMinutes(1);

    /// <summary>The complete set of what Apple is to tell.</summary>
    public static readonly IReadOnlyList<string> Types =
        [NotificationType.AssetManagement, NotificationType.AssetCount, NotificationType.UserManagement, NotificationType.UserAssociated];

    /// <summary>Whether this service can be reached by Apple at all.</summary>
    public bool IsPublic => options.Value.IsSet;

    /// <summary>Makes a new secret, if what Apple says of the location is not what it is to be.</summary>
    /// <param name="seen">What Apple has just said of the location; null when everything is to be written anyhow.</param>
    /// <returns>What to hand over; null when all is in place, when somebody is at it already, and when this service has no public address.</returns>
    public async Task<WebhookOffer?> OfferAsync(Guid tenant, Guid location, ClientConfig? seen, CancellationToken ct)
    {
        if (!options.Value.IsSet) return null;

        var url = options.Value.NotificationAddress(tenant, location);
        await using var context = new VppContext(database) { Tenant = tenant };
        var known = await context.Webhooks.AsNoTracking().FirstOrDefaultAsync(hook => hook.LocationId == location, ct);
        if (known is not null && seen is not null && await IsInPlaceAsync(context, known, url, seen, ct)) return null;

        var offer = new WebhookOffer(url, WebhookSecret.New());
        return await TryOfferAsync(context, location, offer, ct) ? offer : null;
    }

    /// <summary>Apple has taken the offer. The secret before stays good for what is under way.</summary>
    public async Task ConfirmAsync(Guid tenant, Guid location, WebhookOffer offer, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        await ConfirmAsync(context, location, offer.Url, offer.Hash, ct);
    }

    /// <summary>Apple has not taken the offer, and keeps what it had.</summary>
    public async Task RefuseAsync(Guid tenant, Guid location, string cause, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        await context.Database.ExecuteSqlAsync($"""
            update webhooks set offered_secret_hash = null, offered_at = null, state = 'refused', cause = {cause}
            where tenant_id = {tenant} and location_id = {location}
            """, ct);
    }

    /// <summary>Whether Apple has taken the offer is not known: its secret stays good, and the next look at the location says more.</summary>
    public async Task LeaveAsync(Guid tenant, Guid location, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        await context.Database.ExecuteSqlAsync($"update webhooks set offered_at = null where tenant_id = {tenant} and location_id = {location}", ct);
    }

    private async Task<bool> IsInPlaceAsync(VppContext context, Webhook known, string url, ClientConfig seen, CancellationToken ct)
    {
        if (seen.NotificationUrl != url || known.Url != url || Types.Except(seen.SubscribedNotificationTypes).Any()) return false;
        if (seen.NotificationAuthToken is null) return known.SecretHash is not null;

        var hash = WebhookSecret.HashOf(seen.NotificationAuthToken);
        if (known.SecretHash is not null && CryptographicOperations.FixedTimeEquals(hash, known.SecretHash)) return true;
        if (known.OfferedSecretHash is null || !CryptographicOperations.FixedTimeEquals(hash, known.OfferedSecretHash)) return false;

        // An offer whose answer was lost: Apple has taken it.
        await ConfirmAsync(context, known.LocationId, url, hash, ct);
        return true;
    }

    private async Task<bool> TryOfferAsync(VppContext context, Guid location, WebhookOffer offer, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        return await context.Database.ExecuteSqlAsync($"""
            insert into webhooks as w (tenant_id, location_id, url, state, offered_secret_hash, offered_at)
            values ({context.Tenant}, {location}, {offer.Url}, 'offered', {offer.Hash}, {now})
            on conflict (tenant_id, location_id) do update
            set offered_secret_hash = excluded.offered_secret_hash, offered_at = excluded.offered_at
            where w.offered_at is null or w.offered_at < {now - OfferTime}
            """, ct) > 0;
    }

    private Task<int> ConfirmAsync(VppContext context, Guid location, string url, byte[] hash, CancellationToken ct) => context.Database.ExecuteSqlAsync($"""
        update webhooks
        set url = {url}, previous_secret_hash = secret_hash, secret_hash = {hash}, offered_secret_hash = null, offered_at = null,
            state = 'working', cause = null, confirmed_at = {time.GetUtcNow()}
        where tenant_id = {context.Tenant} and location_id = {location}
        """, ct);
}
