using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access.Roles;
using VppManager.Api.Data;
using VppManager.Api.Hosting;
using VppManager.Api.Licenses;
using VppManager.Core;

namespace VppManager.Api.Access;

/// <summary>Whose rules apply to the caller's tenant where Intune's pages changed.</summary>
internal static class TenantEndpoints
{
    private const string ReadAll = "DeviceManagementServiceConfig.Read.All";
    private const string WriteAll = "DeviceManagementServiceConfig.ReadWrite.All";

    private static readonly Guard Read = Guard.Of(ReadAll, WriteAll).For(ResourceActions.ReadTokens);
    private static readonly Guard Write = Guard.Of(WriteAll).For(ResourceActions.UpdateTokens);

    public static void MapTenant(this WebApplication app)
    {
        var tenant = app.MapGroup("/vpp/tenant").WithTags("Tenant");
        tenant.MapGet("", ReadAsync).RequirePermission(Read).WithSummary("The settings of the tenant");
        tenant.MapPatch("", PatchAsync).RequirePermission(Write)
            .WithSummary("Changes whose rules apply: intune2020 (the default) or intune2026. Licences are looked at again");
    }

    private static async Task<Ok<TenantView>> ReadAsync(Caller caller, VppContext context, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var tenant = await context.Tenants.AsNoTracking().SingleOrDefaultAsync(one => one.Id == caller.TenantId, ct);
        return TypedResults.Ok(new TenantView(caller.TenantId, tenant?.Behavior ?? Behaviors.Intune2020));
    }

    private static async Task<Results<Ok<TenantView>, ProblemHttpResult>> PatchAsync(
        TenantPatch change, Caller caller, VppContext context, TimeProvider time, CancellationToken ct)
    {
        if (change.Behavior is not (Behaviors.Intune2020 or Behaviors.Intune2026))
            return Problems.Of(VppError.InvalidValue("behavior", $"it must be {Behaviors.Intune2020} or {Behaviors.Intune2026}."));

        // The whole tenant is meant: nothing for somebody who may see a part of it.
        if (ScopeTagRules.OfCaller is not null) return Problems.Of(VppError.ScopeTagsNotYours);

        context.Tenant = caller.TenantId;
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        await Tokens.Tenants.EnsureAsync(context, time.GetUtcNow(), ct);
        await context.Tenants.Where(one => one.Id == caller.TenantId).ExecuteUpdateAsync(set => set.SetProperty(one => one.Behavior, change.Behavior), ct);
        var pools = await context.Pools.Select(pool => pool.Id).ToArrayAsync(ct);
        await Marks.PoolsAsync(context, pools, new Cause("behavior", caller.Actor), ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new TenantView(caller.TenantId, change.Behavior));
    }
}

/// <param name="Behavior">Whose rules apply: <c>intune2020</c> or <c>intune2026</c>.</param>
internal sealed record TenantView(Guid Id, string Behavior);

internal sealed record TenantPatch(string? Behavior);
