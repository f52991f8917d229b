using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Api.Directory;
using VppManager.Core;

namespace VppManager.Api.Apps.Categories;

/// <summary>Categories that the tenant makes for itself. Those that every tenant has stay as they are.</summary>
internal sealed class EditCategories(VppContext context, TimeProvider time)
{
    public async Task<Outcome<Category>> CreateAsync(Caller caller, string? displayName, CancellationToken ct)
    {
        if (Fault(displayName) is { } fault) return fault;

        context.Tenant = caller.TenantId;
        var now = time.GetUtcNow();
        var category = new Category { Id = Guid.CreateVersion7(now), DisplayName = displayName!, ModifiedAt = now };
        context.Categories.Add(category);
        await context.SaveChangesAsync(ct);
        return category;
    }

    public async Task<Outcome<Done>> RenameAsync(Caller caller, Guid id, string? displayName, CancellationToken ct)
    {
        if (Fault(displayName) is { } fault) return fault;

        context.Tenant = caller.TenantId;
        var now = time.GetUtcNow();
        var renamed = await context.Categories.Where(one => one.Id == id)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.DisplayName, displayName!).SetProperty(one => one.ModifiedAt, now), ct);
        return renamed == 1 ? default(Done) : await WhyNotAsync(id, ct);
    }

    public async Task<Outcome<Done>> DeleteAsync(Caller caller, Guid id, CancellationToken ct)
    {
        context.Tenant = caller.TenantId;
        await using var transaction = await context.Database.BeginTransactionAsync(ct);
        if (await context.Categories.Where(one => one.Id == id).ExecuteDeleteAsync(ct) == 0) return await WhyNotAsync(id, ct);

        await context.CategoriesOfApps.Where(one => one.CategoryId == id).ExecuteDeleteAsync(ct);
        await transaction.CommitAsync(ct);
        return default(Done);
    }

    private static VppError? Fault(string? displayName) => ValueRules.NotBlank(ValueRules.Name, "displayName", displayName);

    private async Task<VppError> WhyNotAsync(Guid id, CancellationToken ct) =>
        await KnownCategories.IsKnownAsync(context, id, ct) ? VppError.BuiltInCategory : VppError.NotFound("category", id.ToString());
}
