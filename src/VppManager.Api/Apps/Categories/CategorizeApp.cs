using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Core;

namespace VppManager.Api.Apps.Categories;

/// <summary>Puts an app into a category or takes it out. Taken out stays out, whatever the App Store says.</summary>
internal sealed class CategorizeApp(VppContext context)
{
    public async Task<Outcome<Done>> ExecuteAsync(Caller caller, Guid app, Guid category, bool isIn, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        if (!await context.Apps.AnyAsync(one => one.Id == app, ct)) return VppError.NotFound("app", app.ToString());
        if (!await KnownCategories.IsKnownAsync(context, category, ct)) return VppError.NotFound("category", category.ToString());

        await context.Database.ExecuteSqlAsync($"""
            insert into app_categories (tenant_id, app_id, category_id, is_in) values ({caller.TenantId}, {app}, {category}, {isIn})
            on conflict (tenant_id, app_id, category_id) do update set is_in = excluded.is_in
            """, ct);
        await transaction.CommitAsync(ct);
        return default(Done);
    }
}
