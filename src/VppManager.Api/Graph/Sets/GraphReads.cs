using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using VppManager.Api.Graph.Errors;
using VppManager.Api.Graph.Views;

namespace VppManager.Api.Graph.Sets;

/// <summary>Read contexts for the tenant of the caller.</summary>
internal sealed class GraphReads(IDbContextFactory<GraphReadContext> contexts)
{
    public const string TenantClaim = "tid";

    public GraphReadContext For(ClaimsPrincipal caller)
    {
        if (!Guid.TryParse(caller.FindFirstValue(TenantClaim), out var tenant))
        {
            throw new GraphFault(StatusCodes.Status403Forbidden, "Forbidden", "The access token names no tenant.");
        }

        var context = contexts.CreateDbContext();
        context.Tenant = tenant;
        return context;
    }
}
