using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using VppManager.Api.Data;
using VppManager.Apple;
using VppManager.Apple.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>Tells Apple that this service manages a location (T8). Never within a transaction.</summary>
internal sealed partial class LocationClaim(
    DbContextOptions<VppContext> database, AppleClient apple, IOptions<MdmOptions> mdm, TokenStates states, TimeProvider time, ILogger<LocationClaim> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Claims the location if it is to be claimed. A failure is logged; every sync tries again.</summary>
    public async Task EnsureAsync(Guid tenant, Guid token, ContentToken content, CancellationToken ct)
    {
        await using var context = new VppContext(database) { Tenant = tenant };
        var row = await context.Tokens.AsNoTracking().FirstOrDefaultAsync(t => t.Id == token, ct);
        var location = row?.LocationId is null ? null : await context.Locations.AsNoTracking().FirstOrDefaultAsync(place => place.Id == row.LocationId, ct);
        if (location is null || !TokenStates.MustClaim(row!, location, tenant)) return;

        if (await TryClaimAsync(tenant, token, content, ct) is not { } owner) return;

        await context.Locations.Where(place => place.Id == location.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(place => place.MdmId, owner.Id).SetProperty(place => place.MdmName, owner.Name), ct);
    }

    private async Task<MdmInfo?> TryClaimAsync(Guid tenant, Guid token, ContentToken content, CancellationToken ct)
    {
        var own = mdm.Value.InfoOf(tenant);
        using var patience = new CancellationTokenSource(Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            return (await apple.SetClientConfigAsync(content, new ClientConfigUpdate { MdmInfo = own }, both.Token)).MdmInfo ?? own;
        }
        catch (AppleException refusal)
        {
            Log.NotClaimed(logger, content.PaceKey, tenant, refusal.Message);
            await states.RejectAsync(tenant, token, TokenAnswer.RejectionBy(refusal), ct);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            Log.NotClaimed(logger, content.PaceKey, tenant, "Apple did not answer in time.");
        }
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The location {Location} of tenant {Tenant} could not be claimed: {Reason}")]
        public static partial void NotClaimed(ILogger logger, string location, Guid tenant, string reason);
    }
}
