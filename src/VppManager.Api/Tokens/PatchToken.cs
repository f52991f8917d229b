using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Api.Licenses;
using VppManager.Api.Sync;
using VppManager.Apple.Tokens;
using VppManager.Core;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>What to change of a token. What is left out stays.</summary>
internal sealed record PatchTokenRequest
{
    /// <summary>A new file for the same location: a renewal (T10).</summary>
    public string? Token { get; init; }

    public Change<string> DisplayName { get; init; }
    public Change<string> AppleId { get; init; }
    public Change<string> CountryOrRegion { get; init; }
    public string? DeliveryProtocol { get; init; }
    public TokenAccountType? AccountType { get; init; }
    public bool? AutomaticallyUpdateApps { get; init; }
    public bool? ClaimFromExternalMdm { get; init; }
    public IReadOnlyList<string>? RoleScopeTagIds { get; init; }

    // A record prints its members; one of these is a secret.
    public override string ToString() => $"{nameof(PatchTokenRequest)} {{ {nameof(DisplayName)} = {DisplayName.Value} }}";
}

/// <summary>Changes a token. A renewal or a consent to take control has it checked with Apple anew; id, apps, assignments and licences stay.</summary>
internal sealed class PatchToken(
    VppContext context, TokenSecrets secrets, TokenCheck check, TokenLocation places, TokenStates states, LocationClaim claim, RequestSync sync, TimeProvider time)
{
    public async Task<Outcome<Token>> ExecuteAsync(Guid id, PatchTokenRequest request, CancellationToken ct)
    {
        var found = await context.Tokens.AsNoTracking().FirstOrDefaultAsync(token => token.Id == id, ct);
        if (found is null) return VppError.NotFound("token", id.ToString());

        if (request.RoleScopeTagIds is { Count: > 0 } tags && ScopeTagRules.Fault(tags) is { } refused) return refused;

        VppTokenFile? file = null;
        if (request.Token is not null)
        {
            var read = TokenFile.Read(request.Token);
            if (!read.IsOk) return read.Error;
            file = read.Value;
        }

        var content = await ContentToAskWithAsync(found, request, file, ct);
        var answer = content is null ? null : await check.AskAsync(content, ct);
        var stored = await StoreAsync(id, request, file, answer, ct);
        if (stored.IsOk && content is not null) await FollowUpAsync(stored.Value, content, answer?.Config, ct);
        return stored;
    }

    // Apple is asked when its answer may differ from what is known.
    private async Task<ContentToken?> ContentToAskWithAsync(Token token, PatchTokenRequest request, VppTokenFile? file, CancellationToken ct)
    {
        var takesControl = request.ClaimFromExternalMdm is true && token.State is TokenState.AssignedToExternalMDM;
        if (file is null && !takesControl) return null;

        var uid = await context.Locations.Where(location => location.Id == token.LocationId).Select(location => location.UId).FirstOrDefaultAsync(ct);
        return file is not null ? file.ToContentToken(uid) : secrets.Unprotect(token.ProtectedSecret, uid);
    }

    private async Task<Outcome<Token>> StoreAsync(Guid id, PatchTokenRequest request, VppTokenFile? file, TokenAnswer? answer, CancellationToken ct)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        if (await ScopeTagRules.UnknownAsync(context, request.RoleScopeTagIds ?? [], ct) is { } unknown) return unknown;
        if (await TokenStates.LockTokenAsync(context, id, ct) is not { } token) return VppError.NotFound("token", id.ToString());

        Change(token, request, file);
        if (answer is not null && await places.ApplyAsync(context, token, answer, ct) is { IsOk: false, Error: { } refusal })
        {
            context.Entry(token).State = EntityState.Detached;
            return refusal;
        }

        await ConsentAsync(token, request.ClaimFromExternalMdm, ct);
        await context.SaveChangesAsync(ct);
        if (answer is not null) await WakeRequestsAsync(token, ct);
        await transaction.CommitAsync(ct);
        return token;
    }

    private void Change(Token token, PatchTokenRequest request, VppTokenFile? file)
    {
        token.DisplayName = request.DisplayName.Or(token.DisplayName);
        token.AppleId = request.AppleId.Or(token.AppleId);
        token.CountryOrRegion = request.CountryOrRegion.Or(token.CountryOrRegion);
        token.DeliveryProtocol = request.DeliveryProtocol ?? token.DeliveryProtocol;
        token.AccountType = request.AccountType ?? token.AccountType;
        token.AutomaticallyUpdateApps = request.AutomaticallyUpdateApps ?? token.AutomaticallyUpdateApps;
        token.RoleScopeTagIds = request.RoleScopeTagIds is { Count: > 0 } tags ? [.. tags] : token.RoleScopeTagIds;
        token.ModifiedAt = time.GetUtcNow();
        if (file is null) return;

        token.ProtectedSecret = secrets.Protect(file);
        token.OrganizationName = file.OrganizationName ?? token.OrganizationName;
        token.ExpiresAt = file.ExpiresAt.ToUniversalTime();
        token.ExpiryWarned = null;
    }

    // After what Apple said: a takeover noticed just now does not undo a consent given in full knowledge of it.
    private async Task ConsentAsync(Token token, bool? mayTakeControl, CancellationToken ct)
    {
        if (mayTakeControl is null || mayTakeControl == token.ClaimFromExternalMdm) return;

        token.ClaimFromExternalMdm = mayTakeControl.Value;
        if (token.LocationId is { } id && await TokenStates.LockAsync(context, id, ct) is { } location) await states.DecideAsync(context, location, ct);
    }

    /// <summary>What waited for a usable token is tried at once. What somebody is at work on is left to them: two would send it twice.</summary>
    private Task<int> WakeRequestsAsync(Token token, CancellationToken ct) => context.Database.ExecuteSqlAsync($"""
        with woken as (
            update work set run_at = {time.GetUtcNow()}
            where lane = {WorkQueue.Request} and (leased_until is null or leased_until <= {time.GetUtcNow()}) and key in (
                select id from apple_requests
                where tenant_id = {context.Tenant} and location_id = {token.LocationId} and state in ('queued', 'pending')))
        select pg_notify({Marks.Channel}, {WorkQueue.Request})
        """, ct);

    private async Task FollowUpAsync(Token token, ContentToken content, ClientConfig? seen, CancellationToken ct)
    {
        var tenant = context.Tenant!.Value;
        await claim.EnsureAsync(tenant, token.Id, content, seen, ct);
        if (token.State is TokenState.Valid) await sync.ExecuteAsync(tenant, token.Id, ct);
        await context.Entry(token).ReloadAsync(ct);
    }
}
