using Microsoft.EntityFrameworkCore;
using VppManager.Api.Data;

namespace VppManager.Api.Apps.Categories;

/// <summary>The categories of the tenant, its own and those that every tenant has: the view lists both.</summary>
internal static class KnownCategories
{
    public static Task<bool> IsKnownAsync(VppContext context, Guid id, CancellationToken ct) => context.Database
        .SqlQuery<bool>($"select exists (select from graph_mobile_app_categories where tenant_id = {context.Tenant} and id = {id}) as \"Value\"")
        .SingleAsync(ct);
}
