using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Api.Sync;
using VppManager.Apple.Tokens;
using VppManager.Core;
using VppManager.Core.Tokens;

namespace VppManager.Api.Tokens;

/// <summary>A token as an administrator hands it in. What is left out comes from Apple.</summary>
internal sealed record CreateTokenRequest
{
    /// <summary>The text of the <c>.vpptoken</c> file.</summary>
    public string? Token { get; init; }

    public string? DisplayName { get; init; }
    public string? AppleId { get; init; }
    public string? CountryOrRegion { get; init; }
    public TokenAccountType AccountType { get; init; }
    public bool AutomaticallyUpdateApps { get; init; }
    public bool DataSharingConsentGranted { get; init; }
    public bool ClaimFromExternalMdm { get; init; }
    public IReadOnlyList<string>? RoleScopeTagIds { get; init; }
    public string? DeliveryProtocol { get; init; }

    // A record prints its members; one of these is a secret.
    public override string ToString() => $"{nameof(CreateTokenRequest)} {{ {nameof(DisplayName)} = {DisplayName} }}";
}

/// <summary>Takes a token in (T1 to T8): checked with Apple first, stored whatever Apple says, claimed and synchronised after that.</summary>
internal sealed class CreateToken(
    VppContext context, TokenSecrets secrets, TokenCheck check, TokenLocation places, LocationClaim claim, RequestSync sync, TimeProvider time)
{
    public const int MostTokens = 3_000;

    public async Task<Outcome<Token>> ExecuteAsync(CreateTokenRequest request, CancellationToken ct)
    {
        if (!request.DataSharingConsentGranted) return VppError.ConsentNotGranted;

        if (ScopeTagRules.Fault(TagsOf(request)) is { } tags) return tags;

        var file = TokenFile.Read(request.Token);
        if (!file.IsOk) return file.Error;
        if (await context.Tokens.CountAsync(ct) >= MostTokens) return VppError.TooManyTokens(MostTokens);

        var answer = await check.AskAsync(file.Value.ToContentToken(), ct);
        var stored = await StoreAsync(request, file.Value, answer, ct);
        if (!stored.IsOk) return stored.Error;

        await FollowUpAsync(stored.Value, file.Value.ToContentToken(answer.Config?.UId), answer.Config, ct);
        return stored;
    }

    private async Task<Outcome<Token>> StoreAsync(CreateTokenRequest request, VppTokenFile file, TokenAnswer answer, CancellationToken ct)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await Tenants.EnsureAsync(context, time.GetUtcNow(), ct);
        if (await ScopeTagRules.UnknownAsync(context, TagsOf(request), ct) is { } unknown) return unknown;
        if (await context.Tokens.CountAsync(ct) >= MostTokens) return VppError.TooManyTokens(MostTokens);

        var token = New(request, file);
        context.Tokens.Add(token);
        var placed = await places.ApplyAsync(context, token, answer, ct);
        if (!placed.IsOk)
        {
            context.Entry(token).State = EntityState.Detached;
            return placed.Error;
        }

        await transaction.CommitAsync(ct);
        return token;
    }

    private async Task FollowUpAsync(Token token, ContentToken content, ClientConfig? seen, CancellationToken ct)
    {
        var tenant = context.Tenant!.Value;
        await claim.EnsureAsync(tenant, token.Id, content, seen, ct);
        if (token.State is not TokenState.Valid) return;

        await sync.ExecuteAsync(tenant, token.Id, ct);
        await context.Entry(token).ReloadAsync(ct);
    }

    // Whoever is bound to tags sees what they have made.
    private static string[] TagsOf(CreateTokenRequest request) =>
        request.RoleScopeTagIds is { Count: > 0 } tags ? [.. tags] : [.. ScopeTagRules.OfCaller ?? [ScopeTag.Default]];

    private Token New(CreateTokenRequest request, VppTokenFile file) => new()
    {
        Id = Guid.CreateVersion7(),
        DisplayName = request.DisplayName,
        OrganizationName = file.OrganizationName,
        AppleId = request.AppleId,
        CountryOrRegion = string.IsNullOrWhiteSpace(request.CountryOrRegion) ? null : request.CountryOrRegion,
        AccountType = request.AccountType,
        AutomaticallyUpdateApps = request.AutomaticallyUpdateApps,
        DataSharingConsentGranted = request.DataSharingConsentGranted,
        ClaimFromExternalMdm = request.ClaimFromExternalMdm,
        RoleScopeTagIds = TagsOf(request),
        DeliveryProtocol = request.DeliveryProtocol ?? "default",
        ProtectedSecret = secrets.Protect(file),
        ExpiresAt = file.ExpiresAt.ToUniversalTime(),
        CreatedAt = time.GetUtcNow(),
        ModifiedAt = time.GetUtcNow(),
    };
}
