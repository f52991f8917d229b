using Microsoft.EntityFrameworkCore;
using VppManager.Api.Access;
using VppManager.Api.Data;
using VppManager.Core.Assignments;

namespace VppManager.Api.Assignments;

/// <summary>By the later rules an assignment that is taken away leaves the licences where they are; so it is remembered whom it named.</summary>
internal static class FormerAssignments
{
    /// <param name="removed">What was there and is not any more.</param>
    /// <param name="wanted">What is there now: whoever is named again needs no remembering.</param>
    public static async Task RememberAsync(
        VppContext context, Guid app, IReadOnlyList<Assignment> removed, IReadOnlyList<AssignmentRequest> wanted, DateTimeOffset now, CancellationToken ct)
    {
        var present = await context.FormerAssignments.Where(one => one.AppId == app).ToListAsync(ct);
        context.FormerAssignments.RemoveRange(present.Where(one => wanted.Any(named => IsOf(named.Wanted, one.Target, one.GroupId))));
        if (await IsOf2026Async(context, ct))
            context.FormerAssignments.AddRange(removed
                .Where(one => !one.Excluded && one.Intent is Intent.Required or Intent.Available)
                .Where(one => !wanted.Any(named => IsOf(named.Wanted, one.Target, one.GroupId)))
                .Where(one => !present.Exists(old => old.Target == one.Target && old.GroupId == one.GroupId))
                .Select(one => new FormerAssignment
                {
                    Id = Guid.CreateVersion7(now),
                    AppId = app,
                    Target = one.Target,
                    GroupId = one.GroupId,
                    LicenseType = one.LicenseType,
                    RemovedAt = now,
                }));
        await context.SaveChangesAsync(ct);
    }

    private static Task<bool> IsOf2026Async(VppContext context, CancellationToken ct) =>
        context.Tenants.AnyAsync(tenant => tenant.Id == context.Tenant && tenant.Behavior == Behaviors.Intune2026, ct);

    private static bool IsOf(WantedAssignment wanted, TargetKind target, Guid? group) =>
        !wanted.Excluded && wanted.Target == target && wanted.GroupId == group;
}
