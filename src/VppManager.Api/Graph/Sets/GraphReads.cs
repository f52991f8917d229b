using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Graph.Views;

namespace VppManager.Api.Graph.Sets;

/// <summary>Read contexts for the tenant of the caller.</summary>
internal sealed class GraphReads(IDbContextFactory<GraphReadContext> contexts)
{
    public GraphReadContext For(HttpContext http)
    {
        var context = contexts.CreateDbContext();
        context.Tenant = http.Caller().TenantId;
        return context;
    }
}
