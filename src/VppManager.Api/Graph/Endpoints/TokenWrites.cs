using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Api.Graph.Model;
using VppManager.Api.Graph.Reading;
using VppManager.Api.Graph.Sets;
using VppManager.Api.Graph.Wire;
using VppManager.Api.Licenses;
using VppManager.Api.Sync;
using VppManager.Api.Tokens;
using VppManager.Core;
using TokenAccountType = VppManager.Core.Tokens.TokenAccountType;

namespace VppManager.Api.Graph.Endpoints;

internal static class TokenWrites
{
    public static void MapTokenWrites(this IEndpointRouteBuilder version, GraphModel model)
    {
        var routes = version.MapGroup("/deviceAppManagement/vppTokens").WithTags("Tokens");
        var set = TokensEndpoints.Set(model);

        routes.MapPost("/", (HttpContext http, Caller caller, VppContext context, CreateToken create, GraphReads reads, Repeats repeats) =>
            repeats.CreatedAsync(http, caller, reads, set, "vppTokens", () => CreateAsync(http, caller, context, create, model))).Accepts<VppToken>("application/json")
                .Produces<VppToken>(201).RequirePermission(GraphPermissions.CreateTokens);
        routes.MapPatch("/{key}", (HttpContext http, string key, Caller caller, VppContext context, PatchToken patch, GraphReads reads) =>
            PatchAsync(http, key, caller, context, patch, reads, set)).Accepts<VppToken>("application/json").Produces<VppToken>()
            .RequirePermission(GraphPermissions.UpdateTokens);
        routes.MapDelete("/{key}", DeleteAsync).Produces(204).RequirePermission(GraphPermissions.DeleteTokens);
        routes.MapPost("/{key}/syncLicenses", (HttpContext http, string key, Caller caller, RequestSync sync, GraphReads reads) =>
            SyncAsync(http, key, caller, sync, reads, set)).Produces<VppToken>().RequirePermission(GraphPermissions.UpdateTokens);
        if (!model.IsBeta) return;

        routes.MapPost("/{key}/revokeLicenses", RevokeAsync).Accepts<RevokeLicensesBody>("application/json").Produces(204)
            .RequirePermission(GraphPermissions.UpdateTokens);
        routes.MapPost("/syncLicenseCounts", SyncCountsAsync).Produces(204).RequirePermission(GraphPermissions.UpdateTokens);
    }

    // Whichever version is called, what only beta knows is read too: SDKs of v1.0 send it along as additional data.
    private static async Task<string> CreateAsync(HttpContext http, Caller caller, VppContext context, CreateToken create, GraphModel model)
    {
        var body = await GraphModel.Beta.ReadPatchAsync<VppToken>(http);
        context.Tenant = caller.TenantId;
        return $"{(await create.ExecuteAsync(RequestOf(body, model), http.RequestAborted)).OrFault().Id}";
    }

    /// <summary>v1.0 has no word for the consent; there, whoever creates a token and does not deny it has given it.</summary>
    private static CreateTokenRequest RequestOf(Patch<VppToken> body, GraphModel model) => new()
    {
        Token = body.Value.Token,
        DisplayName = body.Value.DisplayName,
        AppleId = body.Value.AppleId,
        CountryOrRegion = body.Value.CountryOrRegion,
        AccountType = AccountTypeOf(body.Value),
        AutomaticallyUpdateApps = body.Value.AutomaticallyUpdateApps,
        DataSharingConsentGranted = body.Has(nameof(VppToken.DataSharingConsentGranted)) ? body.Value.DataSharingConsentGranted
            : !model.IsBeta,
        ClaimFromExternalMdm = body.Value.ClaimTokenManagementFromExternalMdm,
        RoleScopeTagIds = body.Has(nameof(VppToken.RoleScopeTagIds)) ? body.Value.RoleScopeTagIds : null,
        DeliveryProtocol = ProtocolOf(body),
    };

    private static async Task PatchAsync(
        HttpContext http, string key, Caller caller, VppContext context, PatchToken patch, GraphReads reads, GraphSet<VppToken> set)
    {
        var body = await GraphModel.Beta.ReadPatchAsync<VppToken>(http);

        // A consent once given cannot be taken back from a token that goes on talking with Apple (T2).
        if (body.Has(nameof(VppToken.DataSharingConsentGranted)) && !body.Value.DataSharingConsentGranted) throw Refusals.FaultOf(VppError.ConsentNotGranted);

        context.Tenant = caller.TenantId;
        var token = (await patch.ExecuteAsync(Refusals.Key(key), ChangesOf(body), http.RequestAborted)).OrFault();
        await set.WrittenAsync(http, reads, token.Id.ToString(), StatusCodes.Status200OK);
    }

    private static PatchTokenRequest ChangesOf(Patch<VppToken> body) => new()
    {
        Token = body.Value.Token,
        DisplayName = Given(body, nameof(VppToken.DisplayName), body.Value.DisplayName),
        AppleId = Given(body, nameof(VppToken.AppleId), body.Value.AppleId),
        CountryOrRegion = Given(body, nameof(VppToken.CountryOrRegion), body.Value.CountryOrRegion),
        DeliveryProtocol = ProtocolOf(body),
        AccountType = body.Has(nameof(VppToken.VppTokenAccountType)) ? AccountTypeOf(body.Value) : null,
        AutomaticallyUpdateApps = body.Has(nameof(VppToken.AutomaticallyUpdateApps)) ? body.Value.AutomaticallyUpdateApps : null,
        ClaimFromExternalMdm = body.Has(nameof(VppToken.ClaimTokenManagementFromExternalMdm))
            ? body.Value.ClaimTokenManagementFromExternalMdm
            : null,
        RoleScopeTagIds = body.Has(nameof(VppToken.RoleScopeTagIds)) ? AppForms.TagsOf(body.Value.RoleScopeTagIds) : null,
    };

    private static Change<string> Given(Patch<VppToken> body, string property, string? value) => body.Has(property) ? value
        : default(Change<string>);

    private static string? ProtocolOf(Patch<VppToken> body) =>
        body.Has(nameof(VppToken.AppleDeviceAppDeliveryProtocolType)) ? AppForms.WordOf(body.Value.AppleDeviceAppDeliveryProtocolType)
            : null;

    private static async Task<IResult> DeleteAsync(HttpContext http, string key, Caller caller, VppContext context, DeleteToken delete)
    {
        context.Tenant = caller.TenantId;
        (await delete.ExecuteAsync(Refusals.Key(key), caller.Actor, http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }

    private static async Task SyncAsync(HttpContext http, string key, Caller caller, RequestSync sync, GraphReads reads,
        GraphSet<VppToken> set)
    {
        (await sync.ExecuteAsync(caller.TenantId, Refusals.Key(key), http.RequestAborted)).OrFault();
        await set.WrittenAsync(http, reads, key, StatusCodes.Status200OK);
    }

    private static async Task<IResult> SyncCountsAsync(HttpContext http, Caller caller, RequestSyncOfAll sync)
    {
        (await sync.ExecuteAsync(caller.TenantId, http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, string key, Caller caller, RevokeLicenses revoke)
    {
        var body = await GraphModel.Beta.ReadOrEmptyAsync<RevokeLicensesBody>(http);
        var scope = new RevokeScope(Token: Refusals.Key(key), Untracked: body.RevokeUntrackedLicenses ?? false);
        (await revoke.ExecuteAsync(caller.TenantId, caller.Actor, scope, http.RequestAborted)).OrFault();
        return TypedResults.NoContent();
    }

    private static TokenAccountType AccountTypeOf(VppToken token) =>
        token.VppTokenAccountType is VppTokenAccountType.Education ? TokenAccountType.Education : TokenAccountType.Business;
}
