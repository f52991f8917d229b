using Microsoft.AspNetCore.Http.HttpResults;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Hosting;

namespace VppManager.Api.Tokens;

/// <summary>What Graph has no room for: its DELETE answers nothing, ours says what stays behind (T12).</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this WebApplication app) =>
        app.MapDelete("/vpp/tokens/{id:guid}", DeleteAsync).WithTags("Tokens")
            .RequirePermission("DeviceManagementServiceConfig.ReadWrite.All", "DeviceManagementConfiguration.ReadWrite.All", "DeviceManagementApps.ReadWrite.All")
            .WithSummary("Deletes a token with its apps and assignments, and says how many licences stay with their holders");

    private static async Task<Results<Ok<DeletedToken>, ProblemHttpResult>> DeleteAsync(
        Guid id, Caller caller, VppContext context, DeleteToken delete, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        var deleted = await delete.ExecuteAsync(id, ct);
        return deleted.IsOk ? TypedResults.Ok(deleted.Value) : Problems.Of(deleted.Error);
    }
}
